import {exactly, fitLine, lineWidth} from './fit.ts';
import {span, type Line, type Span} from './line.ts';
import {truncateMiddle} from './width.ts';

/** A column of a table. */
export type Column = {
	readonly header: string;
	readonly align?: 'left' | 'right';
	/** Gives way first when the table is too wide; down to this width. Absent: never cut. */
	readonly min?: number;
	/** Cut in its middle, for names that differ at their ends. */
	readonly keepsEnd?: true;
	/** Columns with a higher number go first when there is still no room. Absent: never left out. */
	readonly drop?: number;
};

/** A cell: text, or text with a tone. */
export type Cell = string | Span;

const gap = 2;

/** Rows of a table with a dim header, within a width. Columns that are empty in every row are left out. */
export function tableLines(
	columns: readonly Column[],
	rows: readonly (readonly Cell[])[],
	options: {readonly width: number; readonly ellipsis: string; readonly indent?: number},
): readonly Line[] {
	const room = options.width - (options.indent ?? 0);
	const cells = rows.map((row) =>
		row.map((cell) => (typeof cell === 'string' ? span(cell) : span(cell.text, cell.tone, cell.bold))),
	);
	const shown = columns
		.map((column, position) => ({...column, position, width: naturalWidth(column, cells, position)}))
		.filter(({position}) => cells.some((row) => (row[position]?.text ?? '') !== ''));
	const fitted = shrink(leaveOut(shown, room), room);
	const header = fitted.map(({header}) => span(header, 'dim'));
	const lines = [header, ...cells.map((row) => fitted.map(({position}) => row[position] ?? span('')))];
	return lines.map((line) => tableRow(line, fitted, options));
}

type Fitted = Column & {readonly position: number; readonly width: number};

function naturalWidth(column: Column, rows: readonly (readonly Span[])[], position: number): number {
	return Math.max(
		lineWidth([span(column.header)]),
		...rows.map((row) => lineWidth(row[position] ? [row[position]] : [])),
	);
}

function total(columns: readonly {readonly width: number}[]): number {
	return columns.reduce((sum, {width}) => sum + width, 0) + gap * Math.max(0, columns.length - 1);
}

function leaveOut(columns: readonly Fitted[], room: number): readonly Fitted[] {
	const least = columns.map((column) => ({
		...column,
		width: Math.min(column.width, column.min ?? column.width),
	}));
	if (total(least) <= room) {
		return columns;
	}

	const first = columns.toSorted((a, b) => (b.drop ?? 0) - (a.drop ?? 0))[0];
	return first?.drop
		? leaveOut(
				columns.filter((column) => column !== first),
				room,
			)
		: columns;
}

/** Takes from whatever is widest, column by column, so that all stay as readable as can be. */
function shrink(columns: readonly Fitted[], room: number): readonly Fitted[] {
	const widths = columns.map(({width}) => width);
	for (let over = total(columns) - room; over > 0; over--) {
		const cuttable = columns.map(({min}, position) =>
			min !== undefined && widths[position]! > min ? widths[position]! : 0,
		);
		const widest = cuttable.indexOf(Math.max(...cuttable));
		if (!cuttable[widest]) {
			break;
		}

		widths[widest]!--;
	}

	return columns.map((column, position) => ({...column, width: widths[position]!}));
}

function tableRow(
	cells: readonly Span[],
	columns: readonly Fitted[],
	options: {readonly width: number; readonly ellipsis: string; readonly indent?: number},
): Line {
	const parts: Span[] = options.indent ? [span(' '.repeat(options.indent))] : [];
	for (const [position, column] of columns.entries()) {
		const cell = cells[position]!;
		const last = position === columns.length - 1;
		const text = cut(cell, column, options.ellipsis);
		const fill = column.width - lineWidth(text);
		const blank = span(' '.repeat(fill));
		const right = column.align === 'right';
		parts.push(...(right && fill > 0 ? [blank] : []), ...text);
		parts.push(...(!last && !right && fill > 0 ? [blank] : []), ...(last ? [] : [span(' '.repeat(gap))]));
	}

	return lineWidth(parts) > options.width ? exactly(parts, options.width, options.ellipsis) : parts;
}

function cut(cell: Span, {width, keepsEnd}: Fitted, ellipsis: string): Line {
	return keepsEnd
		? [{...cell, text: truncateMiddle(cell.text, width, ellipsis)}]
		: fitLine([cell], width, ellipsis);
}
