import type {Finding} from '../../path/finding.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {span, type Line} from '../text/line.ts';
import type {Cell, Column} from '../text/table.ts';
import {tableLines} from '../text/table.ts';

/** What every detail is drawn with. */
export type RenderOptions = {
	readonly width: number;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly glyphs: Glyphs;
	/** The finding whose sentence stands above already. */
	readonly said?: Finding;
};

const factWidth = 14;

/** `name   value`; nothing at all without a value. */
export function fact(name: string, value: string | undefined): readonly Line[] {
	return value === undefined || value === ''
		? []
		: [[span(`${name.padEnd(factWidth)} `, 'dim'), span(value)]];
}

/** A table over the whole width. */
export function table(
	columns: readonly Column[],
	rows: readonly (readonly Cell[])[],
	renderOptions: RenderOptions,
): readonly Line[] {
	return rows.length === 0
		? []
		: tableLines(columns, rows, {width: renderOptions.width, ellipsis: renderOptions.glyphs.ellipsis});
}

/** Blocks with one blank row between those that have rows. */
export function blocks(...parts: readonly (readonly Line[])[]): readonly Line[] {
	return parts
		.filter((part) => part.length > 0)
		.flatMap((part, position) => (position === 0 ? part : [[], ...part]));
}
