import {blank, isSameCell, type Cell} from './row-cells.ts';

/** Cells that the terminal puts in before a column, or takes out there where `by` is negative; what follows in the row moves. */
export type RowShift = {readonly column: number; readonly by: number};

/** So many cells at the end of a row are worth a move: going there and moving takes a dozen bytes. */
const leastMoved = 12;

/** The end that both rows have, at another column: then only what stands before it is written. */
export function rowShift(before: readonly Cell[], after: readonly Cell[]): RowShift | undefined {
	const [was, is] = [trimmed(before), trimmed(after)];
	const by = is.length - was.length;
	const moved = by === 0 ? 0 : sameEnd(was, is);
	const drawn = is.slice(-moved).filter((cell) => !isSameCell(cell, blank)).length;
	return moved > 0 && drawn >= leastMoved ? {column: Math.min(was.length, is.length) - moved, by} : undefined;
}

/** The row as it stands then. */
export function afterShift(row: readonly Cell[], {column, by}: RowShift): readonly Cell[] {
	return by > 0
		? row.toSpliced(column, 0, ...Array.from({length: by}, () => blank))
		: row.toSpliced(column, -by);
}

/** The terminal keeps blanks behind a row as it keeps any other cell. */
function trimmed(row: readonly Cell[]): readonly Cell[] {
	return row.slice(0, row.findLastIndex((cell) => !isSameCell(cell, blank)) + 1);
}

function sameEnd(was: readonly Cell[], is: readonly Cell[]): number {
	const most = Math.min(was.length, is.length);
	let same = 0;
	while (same < most && isSameCell(was.at(-1 - same), is.at(-1 - same))) {
		same++;
	}

	return same;
}
