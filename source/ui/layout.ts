import {commonHopKinds} from '../path/hop-kind.ts';
import type {Part, LayoutSection, LayoutBox, Layout, LayoutInput, Wants} from './layout-parts.ts';

/** From here on entries and path stand side by side. */
export const wideColumns = 100;
/** Below, one list at a time. */
const stackedColumns = 60;
const stackedRows = 14;
const leastDetail = 4;
const leastEntries = 3;
const leastCauses = 4;
const keptChanges = 3;
/** The parts of the cluster are shown only where so many rows stay free for the changes. */
const enoughChanges = 12;

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
	const isBoxed = columns >= stackedColumns && height >= stackedRows - 4;
	if (!isBoxed) {
		return [{width: columns, border: false, sections: single(input, columns, height)}];
	}

	if (columns >= wideColumns && height >= stackedRows && input.zoom !== 'full') {
		return sideBySide(input, columns, height);
	}

	const sections =
		input.focus === 'entries'
			? stackedEntries(input, columns, height)
			: pathAndDetail(input, {columns, height, roomy: roomy.alone});
	return [{width: columns, border: true, sections: withChanges(input, columns - 2, sections)}];
}

const shares = {normal: 0.42, half: 0.6, /** Where titles are long. */ most: 0.5} as const;

function sideBySide(input: LayoutInput, columns: number, height: number): readonly LayoutBox[] {
	const {focus, zoom, wants} = input;
	const share = zoom === 'half' ? (focus === 'entries' ? shares.half : 1 - shares.half - 0.1) : shares.normal;
	const wanted = zoom === 'half' ? 0 : Math.min(wants.entriesWidth + 2, columns * shares.most);
	const left = Math.min(
		zoom === 'half' ? columns : 90,
		Math.max(36, Math.round(Math.max(columns * share, wanted))),
	);
	return [
		{width: left, border: true, sections: entriesAndRest(input, left - 2, height)},
		{
			width: columns - left,
			border: true,
			sections: pathAndDetail(input, {columns: columns - left, height, roomy: roomy.besideEntries}),
		},
	];
}

/** The entries take what they need; causes and changes what is left. */
function entriesAndRest({wants}: LayoutInput, width: number, height: number): readonly LayoutSection[] {
	const inside = height - 2;
	const entries = wants.entries || wants.empty(width);
	const causes = wants.causes(width);
	const least = Math.min(entries, Math.max(leastEntries, Math.ceil(inside * 0.5)));
	const changes = wants.changes(width);
	const room = Math.max(0, inside - least - 1);
	// Many causes leave the newest changes in sight.
	const kept = changes > 0 && room > leastCauses + keptChanges ? Math.min(changes, keptChanges) + 1 : 0;
	const shown = Math.min(causes, room - kept);
	const left = room - shown - Math.max(0, entries - least) - enoughChanges - 2;
	const cluster = left > 0 ? wants.cluster(width) : 0;
	const parts = [
		{part: 'causes', rows: shown},
		{part: 'cluster', rows: cluster <= left ? cluster : 0},
		{part: 'changes', rows: changes},
	] as const;
	return filled('entries', {inside, least: Math.max(least, leastEntries), wanted: entries}, parts);
}

/** A main part and others below it, each with a row for its title. The last takes what nobody needs. */
function filled(
	part: Part,
	{inside, least, wanted}: {readonly inside: number; readonly least: number; readonly wanted: number},
	others: readonly LayoutSection[],
): readonly LayoutSection[] {
	const shown: LayoutSection[] = [];
	let room = inside - least;
	for (const {part: other, rows} of others) {
		const given = Math.min(rows, room - 1);
		if (given > 0) {
			shown.push({part: other, rows: given});
			room -= given + 1;
		}
	}

	const main = least + Math.min(room, Math.max(0, wanted - least));
	const rest = inside - main - shown.reduce((sum, {rows}) => sum + rows + 1, 0);
	const last = shown.at(-1);
	return last
		? [{part, rows: main}, ...shown.slice(0, -1), {...last, rows: last.rows + rest}]
		: [{part, rows: inside}];
}

function stackedEntries(input: LayoutInput, columns: number, height: number): readonly LayoutSection[] {
	const {wants} = input;
	const inside = height - 2;
	if (wants.entries === 0) {
		return [{part: 'entries', rows: inside}];
	}

	const preview = wants.preview(columns - 2);
	const previewLeast = Math.min(preview, Math.max(2, Math.floor(inside * 0.4)));
	const least = Math.max(leastEntries, Math.min(wants.entries, inside - previewLeast - 1));
	return filled('entries', {inside, least, wanted: wants.entries}, [
		{part: 'preview', rows: preview},
		{part: 'changes', rows: wants.changes(columns - 2)},
	]);
}

type Room = {readonly columns: number; readonly height: number; readonly roomy: number};

/** Both where both fit; else the one that is looked at, with the path as a strip above its detail. */
function pathAndDetail(input: LayoutInput, {columns, height, roomy: rows}: Room): readonly LayoutSection[] {
	const width = columns - 2;
	const inside = height - 3;
	const {wants, focus} = input;
	const over = pathOverDetail(wants, width, inside);
	const both = over && withFurtherHops(over, wants, width);
	if (both && (focus !== 'detail' || isRoomy(both, {wanted: wants.detail(width), rows}))) {
		return both;
	}

	const strip = 1 + Math.min(wants.why(width), Math.max(0, inside - 4));
	return focus === 'detail'
		? [
				{part: 'strip', rows: strip},
				{part: 'detail', rows: inside - strip},
			]
		: [{part: 'path', rows: height - 2}];
}

function pathOverDetail(wants: Wants, width: number, inside: number): readonly LayoutSection[] | undefined {
	const path = wants.path(width);
	const detail = inside - path;
	if (detail < leastDetail) {
		return undefined;
	}

	const cause = wants.cause(width);
	const spare = detail - Math.max(leastDetail, Math.min(10, Math.floor(detail * 0.5))) - 1;
	const shown = cause > 0 && spare >= 2 ? Math.min(cause, spare) : 0;
	return [
		{part: 'path', rows: path},
		{part: 'detail', rows: shown > 0 ? detail - 1 - shown : detail},
		...(shown > 0 ? [{part: 'cause', rows: shown} as const] : []),
	];
}

/** A detail keeps so many rows beyond its own: hops differ in length, and what stands below must not come and go. */
const spareDetail = 5;

/** Further hops, the most useful first. */
const byUse = [
	'pod',
	'endpoints',
	'kube-proxy',
	'service',
	'route',
	'network-policy',
	'controller',
	'dns',
	'load-balancer',
] as const;

/** On a tall screen a short detail leaves rows blank: the facts of other hops stand there. */
function withFurtherHops(
	sections: readonly LayoutSection[],
	wants: Wants,
	width: number,
): readonly LayoutSection[] {
	const at = sections.findIndex(({part}) => part === 'detail');
	const detail = sections[at]!;
	let room = detail.rows - wants.detail(width) - spareDetail;
	const shown: LayoutSection[] = [];
	for (const kind of byUse) {
		// Asked only where there is room at all: a table of many pods takes time.
		const rows = room > 1 ? wants.further(kind, width) : 0;
		if (rows > 0 && rows < room) {
			shown.push({part: `further ${kind}`, rows});
			room -= rows + 1;
		}
	}

	const taken = shown.reduce((sum, {rows}) => sum + rows + 1, 0);
	return sections
		.with(at, {...detail, rows: detail.rows - taken})
		.toSpliced(at + 1, 0, ...shown.toSorted((a, b) => placeOf(a) - placeOf(b)));
}

/** Hops stand in the order in which a request passes them. */
function placeOf({part}: LayoutSection): number {
	return commonHopKinds.findIndex((kind) => part === `further ${kind}`);
}

/**
So many rows of a detail are enough to read it. Beside the entries fewer are enough: the regions keep their places while the
focus moves, and a person who wants more rows zooms.
*/
const roomy = {alone: 12, besideEntries: 8} as const;

/** Whether the detail can be read below the path, whole or in a good part. */
function isRoomy(
	sections: readonly LayoutSection[],
	{wanted, rows: enough}: {readonly wanted: number; readonly rows: number},
): boolean {
	const rows = sections.slice(1).reduce((sum, {rows: each}) => sum + each + 1, -1);
	const detail = sections.find(({part}) => part === 'detail')!.rows;
	return rows >= enough || detail >= wanted;
}

/** A long detail keeps so many rows beside what changed. */
const enoughDetail = 6;

/** What changed takes what the detail of a path leaves, and some rows of a long one that nobody reads. */
function withChanges(
	{wants, focus}: LayoutInput,
	width: number,
	sections: readonly LayoutSection[],
): readonly LayoutSection[] {
	const detail = sections.find(({part}) => part === 'detail');
	const rows = detail?.rows ?? 0;
	const least = focus === 'detail' ? 0 : Math.min(3, rows - enoughDetail - 1);
	const spare = Math.min(wants.changes(width), Math.max(least, rows - wants.detail(width) - 1));
	return detail && spare > 0
		? [
				...sections.map((each) => (each === detail ? {...each, rows: each.rows - spare - 1} : each)),
				{part: 'changes', rows: spare},
			]
		: sections;
}

/** One list, without a border: its title and its rows, and the cause where the list does not say it. */
function single({focus, wants}: LayoutInput, columns: number, height: number): readonly LayoutSection[] {
	const rows = Math.max(0, height - 1);
	const why = focus === 'path' ? 0 : Math.min(wants.why(columns), Math.max(0, Math.ceil(rows / 3)));
	return why === 0 || rows - why < 2
		? [{part: focus, rows}]
		: focus === 'detail'
			? [
					{part: 'detail', rows: rows - why},
					{part: 'why', rows: why},
				]
			: [
					{part: 'entries', rows: rows - why},
					{part: 'why', rows: why},
				];
}

/** Rows of the first part of that name; 0 when it is not on the screen. */
export function rowsOf(layout: Layout, ...parts: readonly Part[]): number {
	return layout.boxes.flatMap(({sections}) => sections).find(({part}) => parts.includes(part))?.rows ?? 0;
}

/** Rows of the list of entries without its head, which a short list does not have. */
export function entryRowsOf(layout: Layout): number {
	const rows = rowsOf(layout, 'entries');
	return rows > 3 ? rows - 1 : rows;
}
