import type {Service} from '../../../model/services/service.ts';
import {sameIp} from '../../../model/matching/ip.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {clientPod} from '../../../rules/client-pod.ts';
import type {ResolvedEndpoint} from '../../../rules/endpoint-slices/endpoint.ts';
import type {ExposureType} from '../../../rules/kube-proxy/exposure-type.ts';
import type {Finding} from '../../finding.ts';
import type {HopContext, HopEvaluation} from '../../hop-evaluator.ts';
import {statusOf} from '../../hop-status.ts';
import {
	nodeNetwork,
	nodesWithoutNetwork,
	someWithoutNetwork,
	withoutNetwork,
} from '../../pod-network/node-network.ts';
import {count} from '../../words.ts';

/** How a request comes to the endpoints. `isBypassed`: a controller in front sends to pods itself. */
type Way = {
	readonly service: Service;
	readonly exposureType: ExposureType;
	readonly isBypassed: boolean;
};

/**
Behind a Service. KNET651: the way to each ready endpoint needs the network of a node that is not configured. KNET654: the way to some of
them does.
*/
export function withNodeRoutes(
	hopContext: HopContext,
	evaluation: HopEvaluation<'pod'>,
	endpoints: readonly ResolvedEndpoint[],
	way: Way,
): HopEvaluation<'pod'> {
	const {hop} = evaluation;
	const needsRoutes = hop.status !== 'skipped' && !staysOnNode(hopContext, way);
	const found = needsRoutes ? networksOf(hopContext, endpoints) : [];
	return found.length === 0
		? evaluation
		: {
				...evaluation,
				hop: {...hop, findings: [...hop.findings, ...found], status: statusOf([...hop.findings, ...found])},
			};
}

/** Under policy Local a packet goes to a pod of the node that it enters by. externalTrafficPolicy is for clients outside alone. */
function staysOnNode({source}: HopContext, {service, exposureType, isBypassed}: Way): boolean {
	const isLocal =
		exposureType === 'cluster-ip'
			? service.internalTrafficPolicy === 'Local'
			: source.kind === 'external' && service.externalTrafficPolicy === 'Local';
	return isLocal && !isBypassed;
}

function networksOf(
	{snapshot, source}: HopContext,
	endpoints: readonly ResolvedEndpoint[],
): readonly Finding[] {
	const client = clientPod(snapshot, source);
	const from = source.kind === 'node' ? source.name : client?.nodeName;
	const ready = endpoints.filter((endpoint) => endpoint.ready);
	const nodes = new Set([from, ...ready.map(({node}) => node)]);
	// Most often all networks are configured. A Service may have thousands of endpoints: only where one is not, their addresses are compared.
	if (![...nodes].some((name) => name !== undefined && withoutNetwork(snapshot, name))) {
		return [];
	}

	const ways = ready.map(({node, address}) =>
		node === undefined
			? []
			: nodesWithoutNetwork(
					snapshot,
					{from, to: node},
					{from: client?.hostNetwork ?? true, to: isOfNode(snapshot, node, address)},
				),
	);
	const found = [...new Map(ways.flat().map((each) => [each.name, each])).values()];
	const cut = ways.filter(({length}) => length > 0).length;
	return cut === ways.length
		? found.map(nodeNetwork)
		: found
				.slice(0, 1)
				.map((each) => someWithoutNetwork(each, `${cut} of ${count(ways.length, 'endpoint')}`));
}

/** By the address, since an overview reads no pods: one on the host network has that of its node. */
function isOfNode(snapshot: Snapshot, node: string, address: string): boolean {
	const own = snapshot.get('Node', '', node)?.addresses ?? [];
	return own.some((each) => sameIp(each.address, address));
}
