import type {EntryRow} from '../../session/state.ts';
import {entryFacts} from './entry-facts.ts';

/** Columns of the list of entries, in the order of the screen; 0: not shown. The last is the one that ticks. */
export type EntryColumns = {
	readonly namespace: number;
	readonly title: number;
	readonly note: number;
	/** Letter of the cause, and where there is room its sentence. */
	readonly cause: number;
	readonly since: number;
};

type ColumnInput = {
	readonly width: number;
	/** Some rows share a cause's letter. */
	readonly hasCauses: boolean;
};

/** Cursor, status and a blank. */
const leadWidth = 3;
export const columnGap = 2;
/** Behind the note, for what changed a moment ago. */
export const markWidth = 3;
const widestNamespace = 14;
const leastTitle = 12;
const leastCause = 18;
const widestNote = 17;
const sinceWidth = 4;

/** Widths for all rows, so that they stand below each other. A namespace that all have is no news. */
export function entryColumns(rows: readonly EntryRow[], input: ColumnInput): EntryColumns {
	const {width, hasCauses} = input;
	const widest = entryFacts(rows);
	const mostNamespace = Math.min(widestNamespace, Math.max(6, Math.floor(width * 0.25)));
	const namespace = widest.namespacesDiffer ? Math.min(mostNamespace, widest.namespace) : 0;
	const note = Math.min(widestNote, Math.max(4, widest.note));
	const since = widest.hasSince && width >= 40 ? sinceWidth : 0;
	const letter = hasCauses && width >= 30 ? 1 : 0;
	const natural = Math.max(leastTitle, widest.title);
	const room =
		width - leadWidth - taken(namespace) - columnGap - note - markWidth - taken(since) - Number(since > 0);
	const narrow = Math.min(natural, Math.floor(width * 0.4));
	return hasCauses && room - narrow >= leastCause
		? {namespace, title: narrow, note, cause: room - narrow, since}
		: {namespace, title: Math.max(1, Math.min(natural, room - letter)), note, cause: letter, since};
}

function taken(width: number): number {
	return width === 0 ? 0 : width + columnGap;
}
