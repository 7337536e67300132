import {ownApi} from '../../model/own-api.ts';
import {commonHopKinds, type HopKind} from '../../path/hop-kind.ts';
import type {Matrix, MatrixRow} from '../../path/walk/matrix.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {span, type Line} from '../text/line.ts';
import {padTo, truncateMiddle, widthOf} from '../text/width.ts';
import {sourceWords, symptomText} from '../text/words.ts';
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
};

/** ` degraded`, the longest. */
const verdictWidth = 9;
const fewestForPlaces = 12;

/** Where not all fits: names without the word of their kind, columns closer together, no columns. Verdicts stay. */
function layoutOf(rows: Matrix['rows'], width: number): Layout {
	const kinds = matrixKinds(rows);
	const layouts = [
		{kinds, gap: 2, nameOf: wholeName},
		{kinds, gap: 2, nameOf: bareName},
		{kinds, gap: 1, nameOf: bareName},
		{kinds: [], gap: 0, nameOf: bareName},
	].map((layout) => {
		const names = Math.max(4, ...rows.map((row) => widthOf(layout.nameOf(row)))) + 2;
		const room = width - layout.kinds.reduce((sum, kind) => sum + columnOf(kind, layout.gap), verdictWidth);
		return {...layout, names, room, places: Math.min(names, Math.max(fewestForPlaces, room))};
	});
	return (
		layouts.find(({kinds, names, room}) => kinds.length > 0 && names <= room) ??
		layouts.findLast(({kinds, room}) => kinds.length > 0 && room >= fewestForPlaces) ??
		layouts.at(-1)!
	);
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
		glyphs,
		marked,
	}: Layout & {
		readonly glyphs: Glyphs;
		/** The column under the cursor. */
		readonly marked?: number;
	},
): Line {
	const {hops, verdict, symptom, rootCause} = row;
	const why = [symptom && symptomText(symptom), rootCause].filter(Boolean).join(', ');
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
		span(` ${kinds.length === 0 ? ' ' : ''}${verdict}`, verdict, true),
		span(why === '' ? '' : `  ${why}`),
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
