import {clientPod} from '../../../rules/client-pod.ts';
import type {ResolvedEndpoint} from '../../../rules/endpoint-slices/endpoint.ts';
import type {Finding} from '../../finding.ts';
import type {HopContext, HopEvaluation} from '../../hop-evaluator.ts';
import {statusOf} from '../../hop-status.ts';
import {
	nodeNetwork,
	nodesWithoutNetwork,
	someWithoutNetwork,
	type WithoutNetwork,
} from '../../pod-network/node-network.ts';
import {count} from '../../words.ts';

/**
KNET651 behind a Service, where all that serve are on other nodes than the client, whose networks are not configured; KNET654 where
some are.
*/
export function withNodeRoutes(
	hopContext: HopContext,
	evaluation: HopEvaluation<'pod'>,
	endpoints: readonly ResolvedEndpoint[],
): HopEvaluation<'pod'> {
	const {hop} = evaluation;
	const found = hop.status === 'skipped' ? [] : networksOf(hopContext, endpoints);
	return found.length === 0
		? evaluation
		: {
				...evaluation,
				hop: {...hop, findings: [...hop.findings, ...found], status: statusOf([...hop.findings, ...found])},
			};
}

function networksOf(
	{snapshot, source}: HopContext,
	endpoints: readonly ResolvedEndpoint[],
): readonly Finding[] {
	const client = clientPod(snapshot, source);
	const from = source.kind === 'node' ? source.name : client?.nodeName;
	const ready = endpoints.filter((endpoint) => endpoint.ready);
	const without = (to: string | undefined): readonly WithoutNetwork[] =>
		to === undefined ? [] : nodesWithoutNetwork(snapshot, {from, to});
	const nodes = [...new Set(ready.map(({node}) => node))];
	const found = [...new Map(nodes.flatMap(without).map((each) => [each.name, each])).values()];
	const cut = ready.filter(({node}) => without(node).length > 0).length;
	return cut === ready.length
		? found.map(nodeNetwork)
		: found
				.slice(0, 1)
				.map((each) => someWithoutNetwork(each, `${cut} of ${count(ready.length, 'endpoint')}`));
}
