import {cellsOf, isReverse, isSameCell, type Cell} from './row-cells.ts';

/** Writes of a frame that say less. Between frames it knows what the terminal shows; `forget` where others wrote. */
export type ChangedCells = {
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
panes: over a slow link each key costs kilobytes. Here only the columns that differ are written.
*/
export function createChangedCells(): ChangedCells {
	let rows: (readonly Cell[] | undefined)[] = [];

	function learn(frame: string): string {
		const text = whole.exec(frame)?.groups?.['rows'] ?? '';
		rows = text.split('\n').map(cellsOf);
		return frame;
	}

	function overdraw(body: string, up: number): string {
		const out = writer(up);
		let row = 0;
		let read = 0;
		const next = [...rows];
		for (const match of body.matchAll(rowForm)) {
			const {column, text} = match.groups!;
			read += match[0].length;
			if (column !== undefined) {
				next[row] = drawRow(out, {row, from: Number(column) - 1, text: text!, before: rows[row]});
			}

			row++;
		}

		if (read !== body.length) {
			return '';
		}

		rows = next;
		return out.end();
	}

	return {
		shorten(frame) {
			const {up, rows: body} = overdrawn.exec(frame)?.groups ?? {};
			if (up === undefined || rows.length !== Number(up) + 1) {
				return learn(frame);
			}

			const known = rows;
			const text = overdraw(body!, Number(up));
			return rows === known ? learn(frame) : text;
		},
		forget() {
			rows = [];
		},
	};
}

type Drawn = {
	readonly row: number;
	/** Counted from 0. */
	readonly from: number;
	readonly text: string;
	readonly before: readonly Cell[] | undefined;
};

/** Resolves to what the row shows then. */
function drawRow(out: Writer, {row, from, text, before}: Drawn): readonly Cell[] | undefined {
	const cells = cellsOf(text);
	const after = cells && before && [...before.slice(0, from), ...cells];
	if (!after || before.length < from) {
		out.at(row, from).raw(`\u001B[K${text}`);
		return from === 0 ? cells : undefined;
	}

	// Ink leaves out blanks at the end.
	const most = Math.max(before.length, after.length);
	const [was, is] = [padded(before, most), padded(after, most)];
	for (const [start, end] of changedRuns(was, is)) {
		out.at(row, start).cells(is.slice(start, end));
	}

	return after;
}

const blank: Cell = {text: ' ', look: ''};

function padded(cells: readonly Cell[], width: number): readonly Cell[] {
	return [...cells, ...Array.from({length: width - cells.length}, () => blank)];
}

/** Writing a few cells anew is shorter than stepping over them. */
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

function isBlank({text, look}: Cell): boolean {
	return text === ' ' && look === '';
}

type Writer = {
	at(row: number, column: number): Writer;
	cells(cells: readonly Cell[]): Writer;
	raw(text: string): Writer;
	/** The text of all, with the cursor in the last row, where Ink expects it. */
	end(): string;
};

function writer(lastRow: number): Writer {
	let text = '';
	let at = lastRow;
	const move = (row: number): string =>
		row === at ? '' : row < at ? `\u001B[${count(at - row)}A` : `\u001B[${count(row - at)}B`;
	const self: Writer = {
		at(row, column) {
			text += `${move(row)}\u001B[${count(column + 1)}G`;
			at = row;
			return self;
		},
		cells(cells) {
			let look = '';
			for (const cell of cells) {
				// A colour does not show in a blank: words of one look are written without a break.
				if (cell.look !== look && !(isBlank(cell) && !isReverse(look))) {
					text += sgr(look, cell.look);
					({look} = cell);
				}

				text += cell.text;
			}

			text += look === '' ? '' : '\u001B[m';
			return self;
		},
		raw(given) {
			text += given;
			return self;
		},
		end() {
			const rest = text === '' ? '' : move(lastRow);
			return text + rest;
		},
	};
	return self;
}

/** A blank look before a blank one changes nothing; else what was is taken back first. */
function sgr(before: string, after: string): string {
	return before === '' ? `\u001B[${after}m` : `\u001B[${after === '' ? '' : `;${after}`}m`;
}

function count(number: number): string {
	return number === 1 ? '' : String(number);
}
