import {isReverse, type Cell} from './row-cells.ts';
import type {RowShift} from './row-shift.ts';

/** Text for a terminal that goes from row to row; rows and columns are counted from 0. */
export type RowWriter = {
	at(row: number, column: number): RowWriter;
	/** `isEnd`: nothing but blanks stands behind them in the row. */
	cells(cells: readonly Cell[], isEnd: boolean): RowWriter;
	/** Text with looks of its own. */
	raw(text: string): RowWriter;
	/** Takes rows out of the screen, or puts blank ones in; the rows below move. */
	rows(change: 'delete' | 'insert', row: number, count: number): RowWriter;
	/** Moves what stands from a column on in its row. */
	shift(row: number, shift: RowShift): RowWriter;
	/** The text of all, with the cursor in the row where it began. */
	end(): string;
};

/** So many blanks are erased in fewer bytes than they are written: `CSI 5 X`, and `CSI 12 C` where text follows. */
const erasedFrom = {last: 5, inside: 12};

/** Begins in `firstRow` without a look. */
export function createRowWriter(firstRow: number): RowWriter {
	let text = '';
	let at = firstRow;
	let look = '';

	function setLook(next: string): void {
		text += sgr(look, next);
		look = next;
	}

	/** `place`: what stands behind it. */
	function draw({blanks, text: words, look: wanted}: Run, place: 'inside' | 'last' | 'end'): void {
		// A colour does not show in a blank; reverse does.
		setLook(blanks > 0 && !isReverse(look) ? look : wanted);
		if (blanks === 0) {
			text += words;
		} else if (place === 'end') {
			text += '\u001B[K';
		} else if (blanks < erasedFrom[place]) {
			text += words;
		} else {
			text += `\u001B[${blanks}X${place === 'inside' ? `\u001B[${blanks}C` : ''}`;
		}
	}

	const self: RowWriter = {
		at(row, column) {
			text += vertical(row - at) + (column === 0 && row > at && row - at <= feeds ? '' : horizontal(column));
			at = row;
			return self;
		},
		cells(cells, isEnd) {
			const runs = runsOf(cells);
			for (const [position, run] of runs.entries()) {
				draw(run, position < runs.length - 1 ? 'inside' : isEnd ? 'end' : 'last');
			}

			return self;
		},
		raw(given) {
			setLook('');
			text += given;
			return self;
		},
		rows(change, row, count) {
			setLook('');
			// The column does not matter to the terminal.
			text += `${vertical(row - at)}\u001B[${number(count)}${change === 'delete' ? 'M' : 'L'}`;
			at = row;
			return self;
		},
		shift(row, {column, by}) {
			setLook('');
			self.at(row, column);
			text += `\u001B[${number(Math.abs(by))}${by > 0 ? '@' : 'P'}`;
			return self;
		},
		end() {
			setLook('');
			text += text === '' ? '' : vertical(firstRow - at);
			return text;
		},
	};
	return self;
}

/** Blanks without a look, or text of one look. */
type Run = {readonly blanks: number; readonly text: string; readonly look: string};

function runsOf(cells: readonly Cell[]): readonly Run[] {
	const runs: Run[] = [];
	for (const {text, look} of cells) {
		const last = runs.at(-1);
		const blanks = text === ' ' && look === '' ? 1 : 0;
		if (last && last.blanks > 0 === blanks > 0 && last.look === look) {
			runs[runs.length - 1] = {blanks: last.blanks + blanks, text: last.text + text, look};
		} else {
			runs.push({blanks, text, look});
		}
	}

	return runs;
}

/** So many line feeds are shorter than a move; they also go to the first column. */
const feeds = 3;

function vertical(rows: number): string {
	return rows === 0
		? ''
		: rows < 0
			? `\u001B[${number(-rows)}A`
			: rows <= feeds
				? '\n'.repeat(rows)
				: `\u001B[${number(rows)}B`;
}

function horizontal(column: number): string {
	return `\u001B[${number(column + 1)}G`;
}

/** What is only added to a look is set alone; else all of it is taken back first. */
function sgr(before: string, after: string): string {
	if (before === after) {
		return '';
	}

	const [was, is] = [before, after].map((look) => look.split(';').filter((part) => part !== ''));
	const isAdded = was!.every((part) => is!.includes(part));
	const codes = isAdded ? is!.filter((part) => !was!.includes(part)) : is!;
	return `\u001B[${[...(isAdded ? [] : ['']), ...codes].join(';')}m`;
}

function number(count: number): string {
	return count === 1 ? '' : String(count);
}
