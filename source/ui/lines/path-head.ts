import {sinceOf} from '../../view/entries/entry-note.ts';
import {lineWidth} from '../../view/text/fit.ts';
import {span, type Line} from '../../view/text/line.ts';
import type {Section} from '../../view/pane-lines.ts';
import {verdictNotes} from '../../view/path-title.ts';
import {stillReading} from '../../view/still-reading.ts';
import {truncateMiddle, widthOf} from '../../view/text/width.ts';
import {requestWords, sourceWords} from '../../view/text/words.ts';
import type {Model} from '../model.ts';

/** Corners, blanks and a stretch of rule around title and note. */
const frame = 7;

/** The title of a path: its verdict, where it begins if that was chosen, since when it is so, and what was seen. */
export function pathHead(model: Model, width: number): Required<Pick<Section, 'title' | 'note'>> {
	const {path, glyphs} = model;
	const title = titleOf(model);
	const beside = [
		path && stillReading(path)
			? span(`${glyphs.pending} `, 'dim')
			: span(path ? `${glyphs.status[path.verdict]} ` : '', path?.verdict),
		span(fromText(model), 'dim'),
	] as const;
	const taken = lineWidth(beside) + frame;
	const notes = notesOf(model);
	const note = notes.find((line) => lineWidth(line) + widthOf(title) + taken <= width) ?? notes.at(-1) ?? [];
	const room = Math.max(8, width - lineWidth(note) - taken);
	return {
		title: [beside[0], span(truncateMiddle(title, room, glyphs.ellipsis), undefined, true), beside[1]],
		note,
	};
}

function entryOf({ui, rows, cursor}: Model): Model['rows'][number] | undefined {
	return ui.opened ? undefined : rows[cursor];
}

/** Since when the path is what it is: as its entry has it, or as it was seen since it was opened. */
export function sinceHere(model: Model): number | undefined {
	const {session, wanted, selected, pathIndex, path} = model;
	const entry = entryOf(model) ?? session.entries.find(({target}) => target === wanted?.target);
	// The entry may still be of the picture before, or have its verdict from another path.
	const isOfPath = entry?.verdict !== undefined && entry.verdict === path?.verdict;
	return (isOfPath ? sinceOf(entry) : undefined) ?? selected?.since?.[pathIndex]?.at;
}

/** When an object that the path was decided from changed last; undefined where none did. */
export function changedAtHere({selected}: Pick<Model, 'selected'>): number | undefined {
	return selected?.objectChanges?.[0]?.at;
}

function titleOf(model: Model): string {
	return model.path?.title ?? entryOf(model)?.title ?? model.wanted?.target ?? 'Path';
}

function notesOf(model: Model): readonly Line[] {
	const {path, now, session, glyphs} = model;
	const since = sinceHere(model);
	const changedAt = changedAtHere(model);
	return path ? verdictNotes(path, {now, since, changedAt, turns: session.probeTurns, glyphs}) : [];
}

/** Nothing where a request begins as it does by itself. */
function fromText({path, trace, session}: Model): string {
	const source = path?.from ?? trace?.from;
	const isUsual = !source || source.kind === 'external' || (source.kind === 'node' && !source.name);
	const made = trace?.target.kind === 'url' ? requestWords(session.traceOptions.request) : [];
	const parts = [isUsual ? '' : `from ${sourceWords(source)}`, ...made].filter(Boolean);
	return parts.map((part) => `  ${part}`).join('');
}
