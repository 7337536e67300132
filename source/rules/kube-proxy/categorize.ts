import {distinct, type ProxyEndpoint} from './endpoints.ts';
import {usesClusterEndpoints, usesLocalEndpoints, type ProxyPort} from './proxy-port.ts';

/** Where a proxy runs, as far as endpoints are chosen by it. */
export type ProxyPlace = {readonly node: string; readonly zone?: string};

/** Which endpoints a node uses for a Service port. */
export type EndpointSets<E> = {
	/** Under policy Cluster; absent where the port never uses it. */
	readonly cluster?: readonly E[];
	/** Under policy Local; absent where the port never uses it. */
	readonly local?: readonly E[];
	/** Both together. */
	readonly reachable: readonly E[];
	/** Somewhere in the cluster, if not for this node: then traffic is dropped, not rejected. */
	readonly hasAny: boolean;
	/** What hints narrowed `cluster` to. */
	readonly topology: 'none' | 'same-zone' | 'same-node';
};

type Question<E> = {
	readonly endpoints: readonly E[];
	readonly usesCluster: boolean;
	readonly usesLocal: boolean;
	readonly place: ProxyPlace;
	/** Gate PreferSameTrafficDistribution, on since 1.34; off, node hints are not looked at. */
	readonly nodeHints?: boolean;
};

/** The endpoints of a Service port as one node uses them. */
export function setsOf<E extends ProxyEndpoint>(
	port: ProxyPort,
	place: ProxyPlace,
	endpoints: readonly E[],
): EndpointSets<E> {
	return categorizeEndpoints({
		endpoints: distinct(endpoints, place.node),
		usesCluster: usesClusterEndpoints(port),
		usesLocal: usesLocalEndpoints(port),
		place,
	});
}

/**
Which endpoints a node sends to (pkg/proxy/topology.go CategorizeEndpoints): Ready ones, and only where there are none
the serving, terminating ones; each policy falls back on its own.
*/
export function categorizeEndpoints<E extends ProxyEndpoint>(question: Question<E>): EndpointSets<E> {
	const {endpoints, usesCluster, usesLocal, place} = question;
	const ready = endpoints.filter(isReady);
	const topology = usesCluster ? topologyOf(ready, place, question.nodeHints ?? true) : 'none';
	const cluster = usesCluster
		? orTerminating(
				ready.filter((endpoint) => isHinted(endpoint, topology, place)),
				endpoints,
			)
		: undefined;
	const onNode = endpoints.filter(({node}) => node === place.node);
	const local = usesLocal ? orTerminating(onNode.filter(isReady), onNode) : undefined;
	return {
		cluster,
		local,
		reachable: eitherOf(endpoints, cluster, local),
		hasAny: orTerminating(ready, endpoints).length > 0,
		topology,
	};
}

/** In the order of all. */
function eitherOf<E>(all: readonly E[], some: readonly E[] = [], others: readonly E[] = []): readonly E[] {
	const wanted = new Set([...some, ...others]);
	return wanted.size === all.length ? all : all.filter((endpoint) => wanted.has(endpoint));
}

function isReady({ready}: ProxyEndpoint): boolean {
	return ready;
}

function orTerminating<E extends ProxyEndpoint>(ready: readonly E[], all: readonly E[]): readonly E[] {
	return ready.length > 0 ? ready : all.filter(({serving, terminating}) => serving && terminating);
}

/** Hints count only when every Ready endpoint has them and one fits: one missing hint turns them off. */
function topologyOf(
	ready: readonly ProxyEndpoint[],
	place: ProxyPlace,
	nodeHints: boolean,
): EndpointSets<never>['topology'] {
	if (
		nodeHints &&
		hintsFit(
			ready.map(({forNodes}) => forNodes),
			place.node,
		)
	) {
		return 'same-node';
	}

	return hintsFit(
		ready.map(({forZones}) => forZones),
		place.zone ?? '',
	)
		? 'same-zone'
		: 'none';
}

function hintsFit(hints: readonly (readonly string[] | undefined)[], wanted: string): boolean {
	return hints.every((hint) => hint && hint.length > 0) && hints.some((hint) => hint?.includes(wanted));
}

function isHinted(
	endpoint: ProxyEndpoint,
	topology: EndpointSets<never>['topology'],
	{node, zone}: ProxyPlace,
): boolean {
	switch (topology) {
		case 'none':
			return true;
		case 'same-node':
			return endpoint.forNodes?.includes(node) ?? false;
		case 'same-zone':
			return endpoint.forZones?.includes(zone ?? '') ?? false;
	}
}
