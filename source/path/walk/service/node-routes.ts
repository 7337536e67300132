import type {ResolvedEndpoint} from '../../../rules/endpoint-slices/endpoint.ts';
import type {HopContext, HopEvaluation} from '../../hop-evaluator.ts';
import {statusOf} from '../../hop-status.ts';
import {nodeNetwork} from '../../pod-network/node-network.ts';

/** KNET651 behind a Service: all that serve are on other nodes than the client, whose networks are not configured. */
export function withNodeRoutes(
	{snapshot, source}: HopContext,
	evaluation: HopEvaluation<'pod'>,
	endpoints: readonly ResolvedEndpoint[],
): HopEvaluation<'pod'> {
	const {hop} = evaluation;
	const client = source.kind === 'pod' ? snapshot.get('Pod', source.namespace, source.name) : undefined;
	const from = source.kind === 'node' ? source.name : client?.nodeName;
	const nodes = [...new Set(endpoints.filter(({ready}) => ready).map(({node}) => node))];
	const found = nodes.map((to) => (to === undefined ? [] : nodeNetwork(snapshot, {from, to})));
	const isEach = found.length > 0 && found.every((each) => each.length > 0);
	if (!isEach || hop.status === 'skipped') {
		return evaluation;
	}

	const findings = [...hop.findings, ...found.flat()];
	return {...evaluation, hop: {...hop, findings, status: statusOf(findings)}};
}
