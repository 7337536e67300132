import {ownApi} from '../../model/own-api.ts';
import {commonHopKinds, type HopKind} from '../../path/hop-kind.ts';
import type {Matrix, MatrixRow} from '../../path/walk/matrix.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {lineWidth} from '../text/fit.ts';
import {span, type Line} from '../text/line.ts';
import {padTo, truncateMiddle, widthOf} from '../text/width.ts';
import {shortSymptom, sourceWords, symptomText} from '../text/words.ts';
import type {ReportMetadata} from './report.ts';

/** One target from everywhere, as `knet trace TARGET --matrix -o json` prints it. */
export type MatrixReport = Matrix & {
	readonly apiVersion: typeof ownApi;
	readonly kind: 'Matrix';
	readonly metadata: ReportMetadata;
};

export function matrixReport(matrix: Matrix, metadata: ReportMetadata): MatrixReport {
	return {apiVersion: ownApi, kind: 'Matrix', metadata, ...matrix};
}

/** Heads of the columns: short, for eight of them stand beside each other. */
const heads: Readonly<Record<HopKind, string>> = {
	dns: 'DNS',
	'load-balancer': 'LB',
	controller: 'ctrl',
	route: 'route',
	service: 'svc',
	endpoints: 'ep',
	'kube-proxy': 'proxy',
	'pod-network': 'net',
	'network-policy': 'policy',
	pod: 'pod',
};

/** The cell that is looked at. */
type MatrixCursor = {readonly row: number; readonly column: number};

/** Hops that some place passes: a column each. */
export function matrixKinds(rows: Matrix['rows']): readonly HopKind[] {
	return [...commonHopKinds, 'pod-network' as const].filter((kind) =>
		rows.some(({hops}) => hops.some((hop) => hop.kind === kind && hop.status !== 'skipped')),
	);
}

type Drawn = {
	readonly glyphs: Glyphs;
	readonly cursor?: MatrixCursor;
	/** Default: as wide as it takes. */
	readonly width?: number;
};

/** Rows are places, columns hops; what no place passes is left out. */
export function matrixLines(
	{target, rows}: Pick<Matrix, 'target' | 'rows'>,
	{glyphs, cursor, width = Infinity}: Drawn,
): readonly Line[] {
	const layout = layoutOf(rows, width - (cursor ? 2 : 0));
	const {kinds, places, gap} = layout;
	return [
		[span(target.text, 'strong')],
		[
			span(cursor ? '  ' : ''),
			span(padTo('from', places), 'dim'),
			...kinds.map((kind) => span(padTo(heads[kind], columnOf(kind, gap)), 'dim')),
			span(kinds.length === 0 ? ' verdict' : 'verdict', 'dim'),
		],
		...rows.map((row, position) => [
			...(cursor ? [span(position === cursor.row ? `${glyphs.select} ` : '  ', 'accent', true)] : []),
			...lineOf(row, {...layout, glyphs, marked: position === cursor?.row ? cursor.column : undefined}),
		]),
	];
}

type Layout = {
	/** Hops that have a column; none where there is no room for them all. */
	readonly kinds: readonly HopKind[];
	readonly gap: number;
	readonly places: number;
	readonly nameOf: (row: MatrixRow) => string;
	/** Verdict and why, as long as there is room for all. */
	readonly endOf: (row: MatrixRow) => Line;
};

const fewestForPlaces = 12;

/** What a row ends with, long to short. Hops and colour tell the verdict as well, so the symptom may stand for it. */
const ends = [
	({verdict, symptom, rootCause}: MatrixRow): Line => {
		const why = [symptom && symptomText(symptom), rootCause].filter(Boolean).join(', ');
		return [span(verdict, verdict, true), span(why === '' ? '' : `  ${why}`)];
	},
	({verdict, symptom}: MatrixRow): Line => [
		span(verdict, verdict, true),
		span(symptom ? `  ${shortSymptom(symptom)}` : ''),
	],
	({verdict, symptom}: MatrixRow): Line => [span(symptom ? shortSymptom(symptom) : verdict, verdict, true)],
] as const;

/** Where not all fits: names without the word of their kind, columns closer together, less of why, no columns. Verdicts stay. */
function layoutOf(rows: Matrix['rows'], width: number): Layout {
	const kinds = matrixKinds(rows);
	const inColumns = ends.flatMap((endOf) => [
		{kinds, gap: 2, nameOf: wholeName, endOf},
		{kinds, gap: 2, nameOf: bareName, endOf},
		{kinds, gap: 1, nameOf: bareName, endOf},
	]);
	const bare = ends.map((endOf) => ({kinds: [], gap: 0, nameOf: bareName, endOf}));
	const placed = (layouts: readonly Omit<Layout, 'places'>[]) =>
		layouts.map((layout) => withPlaces(layout, rows, width));
	const [wide, narrow] = [kinds.length > 0 ? placed(inColumns) : [], placed(bare)];
	return (
		wide.find(({names, room}) => names <= room) ??
		wide.findLast(({room}) => room >= fewestForPlaces) ??
		narrow.find(({names, room}) => names <= room) ??
		narrow.at(-1)!
	);
}

function withPlaces(
	layout: Omit<Layout, 'places'>,
	rows: Matrix['rows'],
	width: number,
): Layout & {readonly names: number; readonly room: number} {
	const names = Math.max(4, ...rows.map((row) => widthOf(layout.nameOf(row)))) + 2;
	const end = 1 + Math.max('verdict'.length, ...rows.map((row) => lineWidth(layout.endOf(row))));
	const room = width - layout.kinds.reduce((sum, kind) => sum + columnOf(kind, layout.gap), end);
	return {...layout, names, room, places: Math.min(names, Math.max(fewestForPlaces, room))};
}

function wholeName({from}: MatrixRow): string {
	return sourceWords(from);
}

/** A node by its name alone, a pod with its namespace. */
function bareName(row: MatrixRow): string {
	const {from} = row;
	switch (from.kind) {
		case 'node':
			return from.name ?? wholeName(row);
		case 'pod':
			return `${from.namespace}/${from.name}`;
		case 'external':
			return wholeName(row);
	}
}

function columnOf(kind: HopKind, gap: number): number {
	return Math.max(3, heads[kind].length) + gap;
}

function lineOf(
	row: MatrixRow,
	{
		kinds,
		places,
		gap,
		nameOf,
		endOf,
		glyphs,
		marked,
	}: Layout & {
		readonly glyphs: Glyphs;
		/** The column under the cursor. */
		readonly marked?: number;
	},
): Line {
	const {hops} = row;
	return [
		span(padTo(truncateMiddle(nameOf(row), places - 2, glyphs.ellipsis), places - 1), 'plain'),
		...kinds.flatMap((kind, column) => {
			const status = hops.find((hop) => hop.kind === kind)?.status ?? 'skipped';
			const [before, behind] = column === marked ? ['[', ']'] : [' ', ' '];
			return [
				span(before, 'accent', true),
				span(glyphs.status[status], status, column === marked),
				span(padTo(behind, columnOf(kind, gap) - 2), 'accent', true),
			];
		}),
		span(kinds.length === 0 ? '  ' : ' '),
		...endOf(row),
	];
}

export function matrixMarkdown({target, rows}: Matrix): string {
	return [
		`**${target.text}** from everywhere`,
		'',
		'| from | verdict | client sees | root cause |',
		'|---|---|---|---|',
		...rows.map(
			({from, verdict, symptom, rootCause, cause}) =>
				`| ${sourceWords(from)} | ${verdict} | ${symptom ? symptomText(symptom) : ''} | ${rootCause === undefined ? '' : `${rootCause} ${cause ?? ''}`} |`,
		),
		'',
	].join('\n');
}
