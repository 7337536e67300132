import {ownApi} from '../../model/own-api.ts';
import {commonHopKinds, type HopKind} from '../../path/hop.ts';
import type {Matrix, MatrixRow} from '../../path/walk/matrix.ts';
import type {Glyphs} from '../glyphs.ts';
import {span, type Line} from '../line.ts';
import {padTo, widthOf} from '../width.ts';
import {sourceWords, symptomWords} from '../words.ts';
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

/** Rows are places, columns hops; what no place passes is left out. */
export function matrixLines(
	{target, rows}: Pick<Matrix, 'target' | 'rows'>,
	{glyphs}: {readonly glyphs: Glyphs},
): readonly Line[] {
	const kinds = [...commonHopKinds, 'pod-network' as const].filter((kind) =>
		rows.some(({hops}) => hops.some((hop) => hop.kind === kind && hop.status !== 'skipped')),
	);
	const places = Math.max(4, ...rows.map(({from}) => widthOf(sourceWords(from)))) + 2;
	return [
		[span(target.text, 'strong')],
		[
			span(padTo('from', places), 'dim'),
			...kinds.map((kind) => span(padTo(heads[kind], columnOf(kind)), 'dim')),
			span('verdict', 'dim'),
		],
		...rows.map((row) => lineOf(row, {kinds, places, glyphs})),
	];
}

function columnOf(kind: HopKind): number {
	return Math.max(3, heads[kind].length) + 2;
}

function lineOf(
	row: MatrixRow,
	{
		kinds,
		places,
		glyphs,
	}: {readonly kinds: readonly HopKind[]; readonly places: number; readonly glyphs: Glyphs},
): Line {
	const {from, hops, verdict, symptom, rootCause} = row;
	const why = [symptom && symptomWords[symptom], rootCause].filter(Boolean).join(', ');
	return [
		span(padTo(sourceWords(from), places), 'plain'),
		...kinds.map((kind) => {
			const status = hops.find((hop) => hop.kind === kind)?.status ?? 'skipped';
			return span(padTo(glyphs.status[status], columnOf(kind)), status);
		}),
		span(verdict, verdict, true),
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
				`| ${sourceWords(from)} | ${verdict} | ${symptom ? symptomWords[symptom] : ''} | ${rootCause === undefined ? '' : `${rootCause} ${cause ?? ''}`} |`,
		),
		'',
	].join('\n');
}
