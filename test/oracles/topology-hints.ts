import type {Endpoint} from '../../source/model/services/endpoint-slice.ts';
import type {Labels} from '../../source/model/meta.ts';
import type {Node} from '../../source/model/workloads/node.ts';
import {withoutHints} from './distribution-hints.ts';

/**
Whether the topology annotation asks for hints: `Auto` or `auto` in no other case; the deprecated annotation wins when both are
set (k8s.io/endpointslice hintsEnabled).
*/
export function topologyHintsEnabled(annotations: Labels): boolean {
	const value =
		annotations['service.kubernetes.io/topology-aware-hints'] ??
		annotations['service.kubernetes.io/topology-mode'];
	return value === 'Auto' || value === 'auto';
}

/** A node with its `status.allocatable.cpu`, in thousandths of a CPU. */
export type MeasuredNode = Node & {readonly allocatableCpu?: number};

// How much more than its share of CPU a zone may have to serve (topologycache.overloadThreshold).
const overload = 0.2;

/**
Hints of the topology annotation: endpoints are given to zones by the zones' share of allocatable CPU, so that an endpoint
may serve another zone than its own. None at all where that cannot be done fairly (topologycache.AddHints).
*/
export function topologyHints(
	endpoints: readonly Endpoint[],
	nodes: readonly MeasuredNode[],
): readonly Endpoint[] {
	const ready = endpoints.filter((endpoint) => endpoint.ready);
	const desired = allocate(cpuShares(nodes), ready.length);
	if (!desired || ready.some(({zone}) => !zone)) {
		return endpoints.map(withoutHints);
	}

	const {giving, receiving} = transfers(desired, countZones(ready));
	return endpoints.map((endpoint) =>
		endpoint.ready && endpoint.zone
			? {...withoutHints(endpoint), forZones: [takeZone(endpoint.zone, giving, receiving)]}
			: withoutHints(endpoint),
	);
}

/** Share of each zone in the CPU of Ready nodes; undefined when a node lacks zone or CPU, or there is but one zone. */
function cpuShares(nodes: readonly MeasuredNode[]): ReadonlyMap<string, number> | undefined {
	const counted = nodes.filter((node) => node.ready && !isControlPlane(node));
	if (counted.some(({zone, allocatableCpu}) => !zone || !allocatableCpu)) {
		return undefined;
	}

	const total = counted.reduce((sum, {allocatableCpu = 0}) => sum + allocatableCpu, 0);
	const shares = new Map<string, number>();
	for (const {zone = '', allocatableCpu = 0} of counted) {
		shares.set(zone, (shares.get(zone) ?? 0) + allocatableCpu / total);
	}

	return shares.size < 2 ? undefined : shares;
}

function isControlPlane({labels}: Node): boolean {
	return (
		Object.hasOwn(labels, 'node-role.kubernetes.io/control-plane') ||
		Object.hasOwn(labels, 'node-role.kubernetes.io/master')
	);
}

/** How many endpoints each zone should have; undefined when a zone would be overloaded (getAllocations). */
function allocate(
	shares: ReadonlyMap<string, number> | undefined,
	count: number,
): ReadonlyMap<string, number> | undefined {
	if (!shares || shares.size > count) {
		return undefined;
	}

	const zones = [...shares].map(([zone, share]) => {
		const minimum = Math.ceil(share * count * (1 / (1 + overload)));
		return {zone, minimum, desired: Math.max(share * count, minimum)};
	});
	return zones.reduce((sum, {minimum}) => sum + minimum, 0) > count
		? undefined
		: new Map(zones.map(({zone, desired}) => [zone, desired]));
}

function countZones(endpoints: readonly Endpoint[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const {zone = ''} of endpoints) {
		counts.set(zone, (counts.get(zone) ?? 0) + 1);
	}

	return counts;
}

type Transfers = {readonly giving: Map<string, number>; readonly receiving: Map<string, number>};

/** Whole endpoints that zones with too many give to zones with too few (getGivingAndReceivingZones). */
function transfers(desired: ReadonlyMap<string, number>, counts: ReadonlyMap<string, number>): Transfers {
	const differences = [...desired].map(([zone, target]) => ({zone, by: (counts.get(zone) ?? 0) - target}));
	const surplus = new Map(differences.filter(({by}) => by > 0).map(({zone, by}) => [zone, by]));
	const lack = new Map(differences.filter(({by}) => by < 0).map(({zone, by}) => [zone, -by]));
	const giving = new Map<string, number>();
	const receiving = new Map<string, number>();
	for (;;) {
		const [giver, toGive] = most(surplus);
		const [taker, toTake] = most(lack);
		if ((toGive < 1 && toTake < 1) || toGive < 0.5 || toTake < 0.5) {
			return {giving, receiving};
		}

		giving.set(giver, (giving.get(giver) ?? 0) + 1);
		surplus.set(giver, toGive - 1);
		receiving.set(taker, (receiving.get(taker) ?? 0) + 1);
		lack.set(taker, toTake - 1);
	}
}

function most(zones: ReadonlyMap<string, number>): readonly [string, number] {
	return [...zones].reduce((best, zone) => (zone[1] > best[1] ? zone : best), ['', 0]);
}

function takeZone(own: string, giving: Map<string, number>, receiving: Map<string, number>): string {
	const left = giving.get(own) ?? 0;
	const [taker] = [...receiving].find(([, count]) => count > 0) ?? [];
	if (left === 0 || taker === undefined) {
		return own;
	}

	giving.set(own, left - 1);
	receiving.set(taker, (receiving.get(taker) ?? 0) - 1);
	return taker;
}
