import type {KubeProxyDetails} from '../../path/details.ts';
import {span, type Line, type Span} from '../text/line.ts';
import {percent} from '../text/words.ts';
import {blocks, fact, table, type RenderOptions} from './render-options.ts';
import {observedLines} from './observed-lines.ts';

const backendColumns = [
	{header: 'BACKEND', min: 18, keepsEnd: true},
	{header: 'SHARE', align: 'right'},
	{header: 'POD', min: 6, keepsEnd: true},
	{header: 'NODE', min: 6, keepsEnd: true, drop: 1},
	{header: '', drop: 2},
] as const;

const nodeColumns = [
	{header: 'NODE', min: 8, keepsEnd: true},
	{header: 'RULES'},
	{header: 'MISSING', min: 8},
	{header: 'STALE', min: 8},
	{header: 'WHY', min: 10, drop: 1},
] as const;

/** The backends that a node chooses from, each with its share of new connections, and what each node really has. */
export function kubeProxyLines(details: KubeProxyDetails, renderOptions: RenderOptions): readonly Line[] {
	const backends = details.backends.map(({address, port, probability, pod, node, terminating}) => [
		address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
		percent(probability),
		pod ?? '',
		node ?? '',
		terminating ? 'terminating' : '',
	]);
	const {vantage} = details;
	const zone = vantage?.zone ? `, zone ${vantage.zone}` : '';
	return blocks(
		table(backendColumns, backends, renderOptions),
		table(nodeColumns, nodeRows(details, renderOptions), renderOptions),
		[
			...fact('mode', details.mode),
			...fact('seen from', vantage && `node ${vantage.node}${zone}`),
			...fact('traffic policy', details.policy),
			...fact('without backend', outcome(details)),
			...fact('affinity', details.affinity),
			...fact('source address', details.masquerade ? 'replaced by the node (masquerade)' : undefined),
			...fact('chain', details.rules?.service),
		],
		observedLines(details.observed, renderOptions),
	);
}

function outcome(details: KubeProxyDetails): string | undefined {
	if (details.rejects) {
		return 'rejects: connection refused';
	}

	return details.drops ? 'drops: the client waits until it times out' : undefined;
}

function nodeRows(
	details: KubeProxyDetails,
	renderOptions: RenderOptions,
): readonly (readonly (string | Span)[])[] {
	return (details.nodes ?? []).map(({node, state, missing, stale, why}) => [
		node,
		nodeState(state, renderOptions),
		missing?.join(' ') ?? '',
		stale?.join(' ') ?? '',
		why ?? '',
	]);
}

function nodeState(state: 'agrees' | 'differs' | 'unknown', renderOptions: RenderOptions): Span {
	const {status} = renderOptions.glyphs;
	switch (state) {
		case 'agrees':
			return span(`${status.ok} agree`, 'ok');
		case 'differs':
			return span(`${status.degraded} differ`, 'degraded');
		case 'unknown':
			return span(`${status.unknown} unknown`, 'unknown');
	}
}
