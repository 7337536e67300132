import {exactly, spread} from './fit.ts';
import type {Glyphs} from './glyphs.ts';
import {span, type Line, type Span, type Tone} from './line.ts';
import type {EntryRow} from '../session/state.ts';
import {widthOf} from './width.ts';
import {shortSymptoms} from './words.ts';

/** How long a change stays marked, in milliseconds. */
export const changeMarked = 8000;

export type EntryLineOptions = {
	readonly width: number;
	readonly selected: boolean;
	/** The list has the keys. */
	readonly focused: boolean;
	readonly showNamespace: boolean;
	/** Columns of the widest title, for the table form of wide lists. */
	readonly titleWidth: number;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly glyphs: Glyphs;
};

const noteWidth = 10;
const leastCause = 16;

/** The title as listed: with the namespace where several are. */
function entryTitle(row: EntryRow, showNamespace: boolean): string {
	return showNamespace ? `${row.namespace}  ${row.title}` : row.title;
}

/** One entry: status, title, what the client gets; in a wide list also why. */
export function entryLine(row: EntryRow, options: EntryLineOptions): Line {
	const {glyphs, width} = options;
	const tone: Tone = row.verdict ?? 'dim';
	const lead = [
		cursorSpan(options),
		span(`${row.verdict ? glyphs.status[row.verdict] : glyphs.pending} `, tone),
	];
	const title = titleSpans(row, options);
	const mark = isFresh(row, options.now) ? span(` ${glyphs.changed}`, 'accent') : span('  ');
	const note = span(noteOf(row), row.verdict === 'ok' ? 'dim' : tone);
	const causeRoom = width - 3 - options.titleWidth - 2 - noteWidth - 2 - 2;
	if (causeRoom < leastCause) {
		return spread([...lead, ...title], [span(' '), note, mark], width, glyphs.ellipsis);
	}

	const left = exactly([...lead, ...title], 3 + options.titleWidth + 2, glyphs.ellipsis);
	const middle = [...exactly([note], noteWidth, glyphs.ellipsis), mark];
	return exactly([...left, ...middle, span('  '), span(row.cause ?? '', 'dim')], width, glyphs.ellipsis);
}

/** The cursor of a list; another sign where the list does not have the keys, which must be told apart without colour. */
export function cursorSpan({
	selected,
	focused,
	glyphs,
}: Pick<EntryLineOptions, 'selected' | 'focused' | 'glyphs'>): Span {
	if (!selected) {
		return span(' ');
	}

	return focused ? span(glyphs.select, 'accent', true) : span(glyphs.selectElsewhere, 'dim');
}

function titleSpans(row: EntryRow, options: EntryLineOptions): Span[] {
	const title = span(row.title, undefined, options.selected);
	return options.showNamespace ? [span(`${row.namespace}  `, 'dim'), title] : [title];
}

function isFresh(row: EntryRow, now: number): boolean {
	return row.changed !== undefined && now - row.changed.at < changeMarked;
}

/** What stands beside the title, in at most ten columns: the symptom, the ready endpoints, or the status in a word. */
export function noteOf(row: EntryRow): string {
	if (row.verdict === undefined) {
		return '';
	}

	if (row.verdict === 'broken' && row.symptom) {
		return shortSymptoms[row.symptom];
	}

	if (row.verdict === 'unknown') {
		return row.forbidden ? 'forbidden' : 'unknown';
	}

	return row.ready && row.verdict !== 'broken' ? `${row.ready.ready}/${row.ready.total}` : row.verdict;
}

/** The width that titles ask for, at most a good third of a list. */
export function titleWidthOf(rows: readonly EntryRow[], showNamespace: boolean, width: number): number {
	const widest = Math.max(8, ...rows.map((row) => widthOf(entryTitle(row, showNamespace))));
	return Math.min(widest, Math.max(24, Math.floor(width * 0.45)));
}
