/** What has the keys. */
export type Focus = 'entries' | 'path' | 'detail';

/** A part of the screen. `strip` is the path in one row; `preview` the strip and what is wrong, under the entries. */
export type Part = 'entries' | 'path' | 'strip' | 'preview' | 'detail';

export type LayoutSection = {
	readonly part: Part;
	/** Rows inside, without the title's. */ readonly rows: number;
};

/** Sections above each other, each below its title row; with a border also a row at the end. */
type LayoutBox = {
	readonly width: number;
	readonly border: boolean;
	readonly sections: readonly LayoutSection[];
};

/** Where everything goes. Together exactly the rows and columns of the terminal, never more. */
export type Layout = {
	readonly header: boolean;
	readonly banners: number;
	readonly footer: boolean;
	/** Side by side. */
	readonly boxes: readonly LayoutBox[];
};

export type LayoutInput = {
	readonly columns: number;
	readonly rows: number;
	readonly focus: Focus;
	/** Rows that the path asks for. */
	readonly pathRows: number;
	/** Rows that the list of entries asks for; without any there is nothing to preview. */
	readonly entryRows: number;
	/** Rows under the header that the session asks for. */
	readonly banners: number;
};

/** From here on entries and path stand side by side. */
export const wideColumns = 100;
/** Below, one list at a time. */
const stackedColumns = 60;
const stackedRows = 14;
const leastDetail = 4;

/** Regions for a terminal of any size, down to 1×1. */
export function layoutOf(input: LayoutInput): Layout {
	const {columns, rows} = input;
	const header = rows >= 4;
	const footer = rows >= 5;
	const banners = rows >= 10 ? Math.min(input.banners, 3) : 0;
	const height = Math.max(1, rows - (header ? 1 : 0) - (footer ? 1 : 0) - banners);
	return {header, footer, banners, boxes: boxesFor(input, columns, height)};
}

function boxesFor(input: LayoutInput, columns: number, height: number): readonly LayoutBox[] {
	if (columns >= wideColumns && height >= stackedRows) {
		return sideBySide(input, columns, height);
	}

	if (columns >= stackedColumns && height >= stackedRows - 4) {
		return [{width: columns, border: true, sections: stacked(input, height)}];
	}

	return [{width: columns, border: false, sections: single(input, height)}];
}

function sideBySide(input: LayoutInput, columns: number, height: number): readonly LayoutBox[] {
	const left = Math.min(60, Math.max(36, Math.round(columns * 0.36)));
	return [
		{width: left, border: true, sections: [{part: 'entries', rows: height - 2}]},
		{width: columns - left, border: true, sections: pathAndDetail(input, height)},
	];
}

function stacked(input: LayoutInput, height: number): readonly LayoutSection[] {
	if (input.focus !== 'entries') {
		return pathAndDetail(input, height);
	}

	const inside = height - 3;
	const entries = Math.max(3, Math.min(input.entryRows, Math.ceil(inside * 0.55)));
	return inside < 9 || input.entryRows === 0
		? [{part: 'entries', rows: height - 2}]
		: [
				{part: 'entries', rows: entries},
				{part: 'preview', rows: inside - entries},
			];
}

/** Both where both fit; else the one that is looked at, with the path as a strip above its detail. */
function pathAndDetail(input: LayoutInput, height: number): readonly LayoutSection[] {
	const inside = height - 3;
	if (inside - input.pathRows >= leastDetail && !(input.focus === 'detail' && inside - input.pathRows < 12)) {
		return [
			{part: 'path', rows: input.pathRows},
			{part: 'detail', rows: inside - input.pathRows},
		];
	}

	return input.focus === 'detail'
		? [
				{part: 'strip', rows: 1},
				{part: 'detail', rows: inside - 1},
			]
		: [{part: 'path', rows: height - 2}];
}

/** One list, without a border: its title and its rows. */
function single({focus}: LayoutInput, height: number): readonly LayoutSection[] {
	const rows = Math.max(0, height - 1);
	return [{part: focus, rows}];
}

/** Rows of the first part of that name; 0 when it is not on the screen. */
export function rowsOf(layout: Layout, ...parts: readonly Part[]): number {
	return layout.boxes.flatMap(({sections}) => sections).find(({part}) => parts.includes(part))?.rows ?? 0;
}
