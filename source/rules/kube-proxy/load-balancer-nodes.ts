import type {Node} from '../../model/workloads/node.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {memoize} from '../memoize.ts';
import {localReadyEndpoints} from './local-endpoints.ts';
import type {ProxyEndpoint} from './endpoints.ts';

/** What the load balancer's health checks say of each node that it may send to. */
export type LoadBalancerNodes = {
	readonly healthy: readonly string[];
	readonly unhealthy: readonly string[];
};

/**
Nodes a load balancer sends to: Ready ones without the exclusion label (cloud-provider's node predicates). Under
externalTrafficPolicy Local their health check counts Ready endpoints on the node itself (KEP-1669: terminating ones do
not count).
*/
export function loadBalancerNodes(
	snapshot: Snapshot,
	service: Service,
	endpoints: readonly ProxyEndpoint[],
): LoadBalancerNodes {
	const names = targetNames(snapshot, endpoints);
	if (service.externalTrafficPolicy !== 'Local') {
		return {healthy: names, unhealthy: []};
	}

	return {
		healthy: names.filter((name) => localReadyEndpoints(endpoints, name) > 0),
		unhealthy: names.filter((name) => localReadyEndpoints(endpoints, name) === 0),
	};
}

/** A Node object list that may not be read leaves the nodes that endpoints name. */
function targetNames(snapshot: Snapshot, endpoints: readonly ProxyEndpoint[]): readonly string[] {
	const nodes = snapshot.list('Node');
	return nodes.length > 0
		? targetsOf(nodes)
		: [...new Set(endpoints.flatMap(({node}) => node ?? []))].toSorted();
}

/** The same for every Service, and there may be thousands of both. */
const targetsOf = memoize((nodes: readonly Node[]) => nodes.filter(isTarget).map(({name}) => name));

function isTarget({ready, labels}: Node): boolean {
	return ready && labels['node.kubernetes.io/exclude-from-external-load-balancers'] === undefined;
}
