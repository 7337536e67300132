import type {EntryRow} from '../../session/state.ts';
import {calmAge} from '../text/age.ts';
import {causeInOneRow, type Cause} from '../causes.ts';
import {columnGap, markWidth, type EntryColumns} from './entry-columns.ts';
import {flapsOf, noteOf, sinceOf} from './entry-note.ts';
import {exactly} from '../text/fit.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {span, type Line, type Span} from '../text/line.ts';
import {markedSpans} from '../text/match.ts';
import {padTo, truncate, truncateMiddle, widthOf} from '../text/width.ts';

/** How long a change stays marked, in milliseconds. */
export const changeMarked = 8000;

type EntryLineOptions = {
	readonly width: number;
	readonly columns: EntryColumns;
	readonly selected: boolean;
	/** The list has the keys. */
	readonly focused: boolean;
	/** Of the row's root cause. */
	readonly cause?: Cause;
	/** The row above has the same: its sentence stands there. */
	readonly saysCause: boolean;
	readonly pinned?: boolean;
	/** What the filter looks for. */
	readonly match?: RegExp;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly glyphs: Glyphs;
};

/** One entry: status, namespace where they differ, title, what the client gets, why, since when. */
export function entryLine(row: EntryRow, options: EntryLineOptions): Line {
	const {glyphs, width, columns, match, selected} = options;
	const namespace = truncateMiddle(row.namespace, columns.namespace, glyphs.ellipsis);
	const title = truncateMiddle(row.title, columns.title, glyphs.ellipsis);
	const line = [
		...leadSpans(row, options),
		...cell(markedSpans(namespace, match, {tone: 'dim'}), columns.namespace, glyphs.ellipsis),
		...cell(
			markedSpans(title, match, {tone: row.ignored ? 'dim' : undefined, bold: selected}),
			columns.title,
			glyphs.ellipsis,
		),
		...noteSpans(row, options),
		...exactly(causeSpans(options), columns.cause, glyphs.ellipsis),
		...sinceSpans(row, options),
	];
	return exactly(line, width, glyphs.ellipsis);
}

function leadSpans(row: EntryRow, options: EntryLineOptions): Line {
	const {glyphs, pinned: isPinned} = options;
	const status = row.verdict;
	return [
		cursorSpan(options),
		span(status ? glyphs.status[status] : glyphs.pending, row.ignored ? 'dim' : (status ?? 'dim')),
		isPinned ? span(glyphs.pinned, 'accent') : span(' '),
	];
}

function noteSpans(row: EntryRow, {glyphs, columns, match, now}: EntryLineOptions): Line {
	const flaps = flapsOf(row, now);
	const status = row.verdict;
	const note = noteOf(row);
	const isMarked = flaps === undefined && isFresh(row, now);
	// A row that flaps is not marked: the columns of the mark are its own.
	const width = columns.note + (flaps === undefined ? 0 : markWidth - 1);
	const room = width - widthOf(note);
	return [
		...exactly(
			[
				...markedSpans(note, match, {tone: status === 'ok' || row.ignored ? 'dim' : (status ?? 'dim')}),
				span(flaps === undefined ? '' : flapsText(`${glyphs.times}${flaps}`, room), 'degraded'),
			],
			width,
			glyphs.ellipsis,
		),
		span(isMarked ? ` ${glyphs.changed} ` : ' '.repeat(columns.note + markWidth - width), 'accent'),
	];
}

function cell(line: Line, width: number, ellipsis: string): Line {
	return width === 0 ? [] : [...exactly(line, width, ellipsis), span(' '.repeat(columnGap))];
}

/** The head of the list. */
export function entryHead(columns: EntryColumns, width: number, ellipsis: string): Line {
	const text = [
		'   ',
		headCell('NAMESPACE', columns.namespace),
		headCell('ENTRY', columns.title),
		padTo('SEES', columns.note + markWidth),
		padTo(columns.cause >= 5 ? 'CAUSE' : '', columns.cause),
		columns.since === 0 ? '' : `${padTo('SINCE', columns.since + columnGap, 'right')} `,
	].join('');
	return exactly([span(text, 'dim')], width, ellipsis);
}

function headCell(text: string, width: number): string {
	return width === 0 ? '' : padTo(width < widthOf(text) ? '' : text, width + columnGap);
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

function causeSpans({cause, saysCause, columns, match, glyphs}: EntryLineOptions): Line {
	if (!cause) {
		return [];
	}

	const letter = span(cause.letter, cause.verdict, true);
	const room = columns.cause - 2;
	return columns.cause > 2 && saysCause
		? [
				letter,
				span(' '),
				...markedSpans(truncate(causeInOneRow(cause, room), room, glyphs.ellipsis), match, {tone: 'dim'}),
			]
		: [letter];
}

function sinceSpans(row: EntryRow, {columns, now}: EntryLineOptions): Line {
	const since = sinceOf(row);
	return columns.since === 0 || since === undefined
		? []
		: [span(`${padTo(calmAge(now - since), columns.since + columnGap, 'right')} `, 'dim')];
}

function isFresh(row: EntryRow, now: number): boolean {
	return row.changed !== undefined && now - row.changed.at < changeMarked;
}

/** Beside what the row is now; where there is no room the word goes first, then how often. */
function flapsText(times: string, room: number): string {
	return [` flaps ${times}`, ` ${times}`].find((text) => widthOf(text) <= room) ?? '';
}
