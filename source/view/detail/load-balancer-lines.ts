import type {LoadBalancerDetails} from '../../path/details.ts';
import {span, type Line} from '../text/line.ts';
import {refName} from '../text/words.ts';
import {blocks, fact, table, type RenderOptions} from './render-options.ts';
import {observedLines} from './observed-lines.ts';

/** Addresses, the Service behind them, and which nodes pass the health check. */
export function loadBalancerLines(
	details: LoadBalancerDetails,
	renderOptions: RenderOptions,
): readonly Line[] {
	const nodes = [
		...(details.healthyNodes ?? []).map((node) => [node, span('passes', 'ok')]),
		...(details.unhealthyNodes ?? []).map((node) => [node, span('fails', 'degraded')]),
	];
	return blocks(
		[
			...fact('addresses', details.addresses.join(' ')),
			...fact('service', details.service && refName(details.service)),
			...fact('service port', details.port?.toString()),
			...fact('node port', details.nodePort?.toString()),
			...fact('traffic policy', details.externalTrafficPolicy),
		],
		table([{header: 'NODE', min: 10, keepsEnd: true}, {header: 'HEALTH CHECK'}], nodes, renderOptions),
		observedLines(details.observed, renderOptions),
	);
}
