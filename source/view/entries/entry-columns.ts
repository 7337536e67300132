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
const leastTitle = 12;
const leastCause = 18;
/** `refused flaps ×14`; in a narrow pane `refused flaps ×4` with the columns of the mark, beside namespaces `refused ×4`. */
const widestNote = {wide: 17, narrow: 14, besideNamespaces: 11};
const narrowPane = 60;
const letterWidth = 1;
const sinceWidth = 4;
/** Titles are cut in the middle: so much says which entry it is. */
const readableTitle = 18;
const widestTitle = 34;

/** What gives way so that titles can be read: first the namespace is cut, then the time goes. */
const fits = [
	{namespace: 14, since: sinceWidth},
	{namespace: 10, since: sinceWidth},
	{namespace: 10, since: 0},
	{namespace: 8, since: 0},
] as const;

/** Widths for all rows, so that they stand below each other. A namespace that all have is no news. */
export function entryColumns(rows: readonly EntryRow[], input: ColumnInput): EntryColumns {
	const {width, hasCauses} = input;
	const letter = hasCauses && width >= 30 ? letterWidth : 0;
	const natural = Math.max(leastTitle, entryFacts(rows).title);
	const possible = fits.map((fit) => fixedColumns(rows, width, fit));
	const columns =
		possible.find(({room}) => room - letter >= Math.min(natural, readableTitle)) ?? possible.at(-1)!;
	const {room, ...fixed} = columns;
	const narrow = Math.min(natural, Math.floor(width * 0.4));
	return hasCauses && room - narrow >= leastCause
		? {...fixed, title: narrow, cause: room - narrow}
		: {...fixed, title: Math.max(1, Math.min(natural, room - letter)), cause: letter};
}

type Fixed = Pick<EntryColumns, 'namespace' | 'note' | 'since'> & {
	/** What they leave. */
	readonly room: number;
};

function fixedColumns(rows: readonly EntryRow[], width: number, most: (typeof fits)[number]): Fixed {
	const widest = entryFacts(rows);
	const mostNamespace = Math.min(most.namespace, Math.max(6, Math.floor(width * 0.25)));
	const widestHere = Math.max(widest.namespace, 'NAMESPACE'.length);
	const namespace = widest.namespacesDiffer ? Math.min(mostNamespace, widestHere) : 0;
	const mostNote = mostNoteOf(width, namespace);
	const note = Math.min(mostNote, Math.max(4, widest.note));
	const since = widest.hasSince && width >= 40 ? most.since : 0;
	const room =
		width - leadWidth - taken(namespace) - columnGap - note - markWidth - taken(since) - Number(since > 0);
	return {namespace, note, since, room};
}

function mostNoteOf(width: number, namespace: number): number {
	if (width >= narrowPane) {
		return widestNote.wide;
	}

	return namespace > 0 ? widestNote.besideNamespaces : widestNote.narrow;
}

/** Columns that a list asks for, without the sentences of its causes. */
export function entriesWidth(rows: readonly EntryRow[]): number {
	const {title} = entryFacts(rows);
	const {room} = fixedColumns(rows, narrowPane, fits[0]);
	return narrowPane - room + Math.min(widestTitle, Math.max(leastTitle, title)) + letterWidth;
}

function taken(width: number): number {
	return width === 0 ? 0 : width + columnGap;
}
