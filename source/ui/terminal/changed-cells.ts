import {blank, cellsOf, isSameCell, type Cell} from './row-cells.ts';
import {afterEdits, rowEdits, type RowEdit, type Rows} from './row-edits.ts';
import {afterShift, rowShift} from './row-shift.ts';
import {createRowWriter, type RowWriter} from './row-writer.ts';

/** Writes of a frame that say less. Between frames it knows what the terminal shows; `forget` where others wrote. */
type ChangedCells = {
	/** What to write in place of a frame of Ink, without what begins and ends it. */
	shorten(frame: string): string;
	forget(): void;
};

/** A frame that Ink draws over the one before: up to its first row; then each row is stepped over, or written from a column on. */
// eslint-disable-next-line no-control-regex
const overdrawn = /^\u001B\[(?<up>\d+)A(?<rows>[^]*)$/u;
// eslint-disable-next-line no-control-regex
const rowForm = /\u001B\[E|\u001B\[(?<column>\d+)G\u001B\[K(?<text>[^\n]*)(?:\n|$)/gu;
/** The first frame, after rows are erased. */
// eslint-disable-next-line no-control-regex
const whole = /^(?:\u001B\[(?:2K|1A|G|\?25l))*(?<rows>[^]*)$/u;

/**
Ink writes each row that changed from its first change to its end. Where one cell of it changed, that is the row of all
panes: over a slow link each key costs kilobytes. Here only the columns that differ are written, and rows that only moved are
moved by the terminal.
*/
export function createChangedCells(): ChangedCells {
	let rows: Rows = [];

	function learn(frame: string): string {
		const text = whole.exec(frame)?.groups?.['rows'] ?? '';
		rows = text.split('\n').map(cellsOf);
		return frame;
	}

	return {
		shorten(frame) {
			const {up, rows: body} = overdrawn.exec(frame)?.groups ?? {};
			const drawn = up === undefined || rows.length !== Number(up) + 1 ? undefined : drawnRows(body!, rows);
			if (!drawn) {
				return learn(frame);
			}

			const before = rows;
			rows = drawn.map(({after}) => after);
			return written(before, rows, drawn);
		},
		forget() {
			rows = [];
		},
	};
}

/** A row of the frame, and how Ink writes it from a column on, where it does. */
type Drawn = {
	readonly after: readonly Cell[] | undefined;
	/** Counted from 0. */
	readonly from?: number;
	readonly text?: string;
};

/** Undefined where a frame has another form than expected. */
function drawnRows(body: string, before: Rows): readonly Drawn[] | undefined {
	const matches = Array.from(body.matchAll(rowForm));
	const read = matches.reduce((sum, [{length}]) => sum + length, 0);
	if (read !== body.length || matches.length > before.length) {
		return undefined;
	}

	return before.map((row, position) => {
		const {column, text} = matches[position]?.groups ?? {};
		if (column === undefined || text === undefined) {
			return {after: row};
		}

		const from = Number(column) - 1;
		return {after: rowAfter(row, from, cellsOf(text)), from, text};
	});
}

function rowAfter(row: Rows[number], from: number, cells: Rows[number]): Rows[number] {
	if (from === 0) {
		return cells;
	}

	return cells && row && row.length >= from ? [...row.slice(0, from), ...cells] : undefined;
}

/** The shorter of two: each row where it stands, or first moved to where most of it stands. */
function written(before: Rows, rows: Rows, drawn: readonly Drawn[]): string {
	const edits = rowEdits(before, rows);
	const inPlace = writtenAfter([], before, drawn);
	const moved = edits.length > 0 ? writtenAfter(edits, before, drawn) : inPlace;
	return Buffer.byteLength(moved) < Buffer.byteLength(inPlace) ? moved : inPlace;
}

function writtenAfter(edits: readonly RowEdit[], before: Rows, drawn: readonly Drawn[]): string {
	const out = createRowWriter(before.length - 1);
	const shown = afterEdits(before, edits);
	for (const {change, row, count} of edits) {
		out.rows(change, row, count);
	}

	for (const [row, {after, from, text}] of drawn.entries()) {
		if (after && shown[row]) {
			writeChanges(out, row, shown[row], after);
		} else if (text !== undefined) {
			out.at(row, from!).raw(`\u001B[K${text}`);
		}
	}

	return out.end();
}

function writeChanges(out: RowWriter, row: number, before: readonly Cell[], after: readonly Cell[]): void {
	if (before === after) {
		return;
	}

	const shift = rowShift(before, after);
	if (shift) {
		out.shift(row, shift);
	}

	const shown = shift ? afterShift(before, shift) : before;
	// Ink leaves out blanks at the end.
	const most = Math.max(shown.length, after.length);
	const [was, is] = [padded(shown, most), padded(after, most)];
	for (const [start, end] of changedRuns(was, is)) {
		out.at(row, start).cells(is.slice(start, end), end === most);
	}
}

function padded(cells: readonly Cell[], width: number): readonly Cell[] {
	return [...cells, ...Array.from({length: width - cells.length}, () => blank)];
}

/** Rewriting a few cells is shorter than stepping over them. */
const shortGap = 6;

function changedRuns(
	before: readonly Cell[],
	after: readonly Cell[],
): readonly (readonly [number, number])[] {
	const runs: [number, number][] = [];
	for (const [column, cell] of after.entries()) {
		const last = runs.at(-1);
		if (isSameCell(cell, before[column])) {
			continue;
		}

		if (last && column - last[1] < shortGap) {
			last[1] = column + 1;
		} else {
			runs.push([column, column + 1]);
		}
	}

	return runs;
}
