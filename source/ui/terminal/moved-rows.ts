import {blank, isSameCell, type Cell} from './row-cells.ts';

/** A row whose cells are not known is undefined. */
export type Rows = readonly (readonly Cell[] | undefined)[];

/** Rows `from` to `to`, the last included, that stand `by` rows lower than before (higher where negative). */
export type Move = {readonly from: number; readonly to: number; readonly by: number};

/** Fewer cells are written as fast as they are moved. */
const leastCells = 24;

/** The block of rows that moved furthest in cells, where moving it leaves less to write. */
export function movedRows(before: Rows, after: Rows): Move | undefined {
	const changed = [...after.keys()].filter((row) => before[row] !== after[row]);
	const move = likeliest(before, after, changed);
	return move && isKnown(move, before, after) && isWorth(move, before, after) ? move : undefined;
}

/** Rows after the move, where blanks stand in what nothing moved to. */
export function afterMove(rows: Rows, {from, to, by}: Move): Rows {
	const block = rows.slice(from, to + 1);
	const gap = Array.from({length: Math.abs(by)}, () => []);
	return by < 0
		? [...rows.slice(0, from + by), ...block, ...gap, ...rows.slice(to + 1)]
		: [...rows.slice(0, from), ...gap, ...block, ...rows.slice(to + by + 1)];
}

/** By how many rows most cells moved, and between which rows. */
function likeliest(before: Rows, after: Rows, changed: readonly number[]): Move | undefined {
	const places = Map.groupBy(changed, (row) => keyOf(before[row]));
	const moved = changed.flatMap((row) => {
		const key = keyOf(after[row]);
		const cells = key.replaceAll(' ', '').length;
		return cells === 0 ? [] : (places.get(key) ?? []).map((from) => ({from, by: row - from, cells}));
	});
	const groups = [...Map.groupBy(moved, ({by}) => by)].map(([by, rows]) => ({
		move: {from: rows[0]!.from, to: rows.at(-1)!.from, by},
		cells: rows.reduce((sum, {cells}) => sum + cells, 0),
	}));
	const best = groups.toSorted((a, b) => b.cells - a.cells)[0];
	return best && best.move.by !== 0 && best.cells >= leastCells ? best.move : undefined;
}

function isKnown({from, to, by}: Move, before: Rows, after: Rows): boolean {
	const [first, last] = [Math.min(from, from + by), Math.max(to, to + by)];
	return [before, after].every((rows) => rows.slice(first, last + 1).every((row) => row !== undefined));
}

function isWorth(move: Move, before: Rows, after: Rows): boolean {
	return difference(afterMove(before, move), after) < difference(before, after);
}

/** In cells. */
function difference(before: Rows, after: Rows): number {
	let count = 0;
	for (const [row, cells] of after.entries()) {
		const was = before[row];
		const length = cells === was ? 0 : Math.max(cells?.length ?? 0, was?.length ?? 0);
		for (let column = 0; column < length; column++) {
			count += isSameCell(cells?.[column] ?? blank, was?.[column] ?? blank) ? 0 : 1;
		}
	}

	return count;
}

/** Its text without borders and the mark of the cursor: rows that moved may differ in these. */
function keyOf(row: Rows[number]): string {
	return (row ?? [])
		.slice(2, -1)
		.map(({text}) => text)
		.join('');
}
