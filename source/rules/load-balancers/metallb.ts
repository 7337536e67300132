import {parseIp} from '../../model/matching/ip.ts';
import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {PoolAdvertisement} from '../../model/services/metallb.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {podsSelectedBy} from '../workload-pods.ts';
import {isInRange} from './address-range.ts';
import {localEndpointNodes} from './local-endpoints.ts';
import {isBefore014, metalLbImage} from './metallb-image.ts';

const allocated = ['metallb.io/ip-allocated-from-pool', 'metallb.universe.tf/ip-allocated-from-pool'];
export const exclusionLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Why no node announces the address of a Service. */
export type Silence =
	/** No L2Advertisement and no BGPAdvertisement names the pool. */
	| {readonly why: 'not-advertised'; readonly pool: string}
	/** No node has a Ready speaker. */
	| {readonly why: 'no-speaker'; readonly speaker: Workload}
	/** The nodes with a speaker must not announce: their label, or no network. */
	| {readonly why: 'excluded'; readonly nodes: readonly Node[]; readonly speaker: Workload}
	/** The nodes that advertisements select have no speaker that may announce. */
	| {readonly why: 'not-selected'; readonly pool: string; readonly advertisements: readonly string[]}
	/** Policy Local: no node that may announce has an endpoint of the Service. */
	| {readonly why: 'not-local'; readonly nodes: readonly Node[]; readonly speaker: Workload};

/**
What of MetalLB decides whether anybody answers for the address of a Service. Source: metallb 0.14 and 0.15,
speaker/layer2_controller.go (ShouldAnnounce, speakersForPool), speaker/bgp_controller.go, internal/k8s/nodes.
*/
type MetalLb = {
	/** Name of the pool that the address is of. Undefined: not known. */
	readonly pool?: string;
	/** What is certain, whatever is not known beside it. */
	readonly silence?: Silence;
	/** Kinds that cannot be read, and on which it rests who announces. */
	readonly unread: readonly ('L2Advertisement' | 'BGPAdvertisement')[];
	/** Only in layer 2 mode: one node answers for the address. */
	readonly isLayer2: boolean;
};

/** Undefined: the address is not one of MetalLB, as far as can be seen. */
export function metalLbOf(snapshot: Snapshot, service: Service): MetalLb | undefined {
	const speaker = snapshot
		.list('DaemonSet')
		.find((workload) => metalLbImage(workload, 'speaker') !== undefined);
	const pool = poolOf(snapshot, service);
	if (!speaker || pool === undefined) {
		return undefined;
	}

	const kinds = ['L2Advertisement', 'BGPAdvertisement'] as const;
	const unread = kinds.filter((kind) => !isKnown(snapshot.state(kind, speaker.namespace)));
	const [layer2 = [], bgp = []] = kinds.map((kind) => advertisementsOf(snapshot, kind, {pool, speaker}));
	const silence = silenceOf(snapshot, {
		pool,
		speaker,
		advertisements: [...layer2, ...bgp],
		isWhole: unread.length === 0,
		local: localEndpointNodes(snapshot, service),
	});
	return {pool, silence, unread: layer2.length + bgp.length > 0 ? [] : unread, isLayer2: layer2.length > 0};
}

/** What MetalLB has written on the Service, else the pool with the address. */
function poolOf(snapshot: Snapshot, {annotations, loadBalancer}: Service): string | undefined {
	const written = allocated.flatMap((name) => annotations[name] ?? [])[0];
	const ips = loadBalancer.flatMap(({ip}) => (ip ? (parseIp(ip) ?? []) : []));
	return (
		written ??
		snapshot
			.list('IPAddressPool')
			.find(({addresses}) => ips.some((ip) => addresses.some((range) => isInRange(range, ip))))?.name
	);
}

type Advertised = {readonly pool: string; readonly speaker: Workload};

/** Neither names nor selectors: every pool is advertised. */
function advertisementsOf(
	snapshot: Snapshot,
	kind: 'L2Advertisement' | 'BGPAdvertisement',
	{pool, speaker}: Advertised,
): readonly PoolAdvertisement[] {
	const labels = snapshot.get('IPAddressPool', speaker.namespace, pool)?.labels ?? {};
	return snapshot
		.list(kind, speaker.namespace)
		.filter(
			({pools, poolSelectors}) =>
				(pools.length === 0 && poolSelectors.length === 0) ||
				pools.includes(pool) ||
				poolSelectors.some((selector) => matchesSelector(selector, labels)),
		);
}

type Situation = Advertised & {
	readonly advertisements: readonly PoolAdvertisement[];
	readonly isWhole: boolean;
	readonly local?: ReadonlySet<string>;
};

function silenceOf(
	snapshot: Snapshot,
	{pool, speaker, advertisements, isWhole, local}: Situation,
): Silence | undefined {
	const nodes = speakingNodes(snapshot, speaker);
	if (nodes === undefined) {
		return undefined;
	}

	if (nodes.length === 0) {
		return {why: 'no-speaker', speaker};
	}

	const allowed = nodes.filter((node) => mayAnnounce(speaker, node));
	if (allowed.length === 0) {
		return {why: 'excluded', nodes, speaker};
	}

	if (!isWhole) {
		return undefined;
	}

	if (advertisements.length === 0) {
		return {why: 'not-advertised', pool};
	}

	const announcing = allowed.filter((node) => advertisements.some((each) => selects(each, node)));
	if (announcing.length === 0) {
		return {why: 'not-selected', pool, advertisements: advertisements.map(({name}) => name)};
	}

	// layer2_controller.go, ShouldAnnounce: usableNodes; bgp_controller.go: hasHealthyEndpoint of the node itself.
	return local && !announcing.some(({name}) => local.has(name))
		? {why: 'not-local', nodes: announcing, speaker}
		: undefined;
}

function selects({nodeSelectors}: PoolAdvertisement, {labels}: Node): boolean {
	return nodeSelectors.length === 0 || nodeSelectors.some((selector) => matchesSelector(selector, labels));
}

/** Nodes on which a speaker is Ready. Undefined: they cannot be told. */
function speakingNodes(snapshot: Snapshot, speaker: Workload): readonly Node[] | undefined {
	if (!isKnown(snapshot.state('Pod', speaker.namespace)) || !isKnown(snapshot.state('Node'))) {
		return undefined;
	}

	const speaking = podsSelectedBy(snapshot, speaker).filter(({ready}) => ready);
	const names = new Set(speaking.map(({nodeName}) => nodeName));
	return snapshot.list('Node').filter(({name}) => names.has(name));
}

/** Whether a node takes part: the exclusion label counts since MetalLB 0.14, unless the speaker ignores it. */
function mayAnnounce(speaker: Workload, {labels, conditions}: Node): boolean {
	const isUnavailable = conditions.some(
		({type, status}) => type === 'NetworkUnavailable' && status === 'True',
	);
	const ignoresLabel =
		isBefore014(speaker, 'speaker') ||
		speaker.containers.some(({args, command}) =>
			[...command, ...args].some((word) => /^--?ignore-exclude-lb(?:=(?:true)?)?$/u.test(word)),
		);
	return !isUnavailable && (ignoresLabel || labels[exclusionLabel] === undefined);
}
