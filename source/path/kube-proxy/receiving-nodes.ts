import {clientPod} from '../../rules/client-pod.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, lookup, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';
import {memoize, rememberRead} from '../../rules/memoize.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {ProxyPlace} from '../../rules/kube-proxy/categorize.ts';
import type {ProxyEndpoint} from '../../rules/kube-proxy/endpoints.ts';
import type {Origin} from '../../rules/kube-proxy/exposure-type-verdict.ts';
import {parseIp, type Ip} from '../../model/matching/ip.ts';
import type {IpFamily} from '../../model/services/service.ts';
import {nodeOfAddress} from '../../rules/node-of-address.ts';
import {loadBalancerNodes} from '../../rules/kube-proxy/load-balancer-nodes.ts';
import type {Source} from '../../model/request.ts';
import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';

/** A node whose rules the request meets first. */
export type EntryNode = ProxyPlace & {readonly addresses: readonly string[]; readonly known: boolean};

export type Entry = {
	readonly nodes: readonly EntryNode[];
	/** The source names the node: nothing is left open. */
	readonly isOne: boolean;
	readonly origin: Origin;
	/** What could not be read to know better. */
	readonly undecided?: Finding;
};

type Question = {
	readonly service: Service;
	readonly endpoints: readonly ProxyEndpoint[];
	readonly exposureType: ExposureType;
	readonly family: IpFamily;
	/** The client connects to an address of this node. */
	readonly node?: string;
};

/** The nodes by which a request comes in: that of the source pod, the named one, or all it may come by. */
export function entryOf(hopContext: HopContext, question: Question): Entry {
	const {snapshot, source} = hopContext;
	if (question.node !== undefined) {
		return {
			nodes: [placeOf(snapshot, question.node)],
			isOne: true,
			origin: originAt(snapshot, source, question),
		};
	}

	switch (source.kind) {
		case 'pod':
			return ofPod(snapshot, source, question);
		case 'node':
			return source.name === undefined
				? {...anyNode(snapshot, question), origin: {type: 'node'}}
				: ofNode(snapshot, source.name);
		case 'external':
			return {
				...anyNode(snapshot, question),
				origin: externalOf(source),
			};
	}
}

/**
How the node sees who asks one of its addresses. A pod of its own comes with the pod's address; that of another node mostly comes with
the address of its node (seen on 1.35 with externalTrafficPolicy Local: the first is answered, the second dropped).
*/
function originAt(snapshot: Snapshot, source: Source, {node, family}: Question): Origin {
	if (source.kind === 'node' && source.name === node) {
		return {type: 'node'};
	}

	const pod = clientPod(snapshot, source);
	if (pod === undefined || pod.nodeName !== node) {
		return externalOf(source);
	}

	return pod.hostNetwork ? {type: 'node'} : {type: 'pod', ip: ipOf(pod.podIPs, family)};
}

function externalOf(source: Source): Origin {
	return {type: 'external', ip: source.kind === 'external' && source.ip ? parseIp(source.ip) : undefined};
}

function ofNode(snapshot: Snapshot, name: string): Entry {
	return {nodes: [placeOf(snapshot, name)], isOne: true, origin: {type: 'node'}};
}

function ofPod(snapshot: Snapshot, source: Extract<Source, {kind: 'pod'}>, question: Question): Entry {
	const found = lookup(snapshot, 'Pod', source.namespace, source.name);
	const pod = 'found' in found ? found.found : undefined;
	if (!pod?.nodeName) {
		const undecided = 'unknown' in found ? accessFinding('Pod', source.namespace, found.unknown) : undefined;
		return {...anyNode(snapshot, question), origin: {type: 'pod'}, undecided};
	}

	if (pod.hostNetwork) {
		return ofNode(snapshot, pod.nodeName);
	}

	return {
		nodes: [placeOf(snapshot, pod.nodeName)],
		isOne: true,
		origin: {type: 'pod', ip: ipOf(pod.podIPs, question.family)},
	};
}

function ipOf(texts: readonly string[], family: IpFamily): Ip | undefined {
	return texts.flatMap((text) => parseIp(text) ?? []).find((ip) => ip.family === family);
}

function placeOf(snapshot: Snapshot, name: string): EntryNode {
	const node = snapshot.get('Node', '', name);
	return node ? toEntry(node) : {node: name, addresses: [], known: false};
}

const toEntry = memoize((node: Node): EntryNode => {
	const addresses = node.addresses.filter(({type}) => type === 'InternalIP').map(({address}) => address);
	return {node: node.name, zone: node.zone, addresses, known: true};
});

/** Of names that many Services share. */
const placesOf = rememberRead((snapshot: Snapshot, names: readonly string[]) =>
	names.map((name) => placeOf(snapshot, name)),
);

/** Nodes that are not Ready are left out, unless there is no other: clients and load balancers are not there. */
function anyNode(snapshot: Snapshot, question: Question): Pick<Entry, 'nodes' | 'isOne' | 'undecided'> {
	const {exposureType, service} = question;
	const owners = exposureType === 'external-ip' ? ownersOf(snapshot, service.externalIPs) : [];
	if (owners.length > 0) {
		return {nodes: placesOf(snapshot, owners), isOne: owners.length === 1};
	}

	const names = namesOf(snapshot, question);
	const state = snapshot.state('Node');
	const needsNodes = service.internalTrafficPolicy === 'Local' || hasHints(question.endpoints);
	return {
		nodes: placesOf(snapshot, names),
		isOne: false,
		undecided: needsNodes && !isKnown(state) ? accessFinding('Node', undefined, state) : undefined,
	};
}

/** The nodes that have the addresses themselves. None where one is of no node: who routes it, and where to, is not known. */
function ownersOf(snapshot: Snapshot, ips: readonly string[]): readonly string[] {
	const owners = ips.map((ip) => nodeOfAddress(snapshot, ip));
	return owners.every((owner) => owner !== undefined) ? [...new Set(owners.map(({name}) => name))] : [];
}

function namesOf(snapshot: Snapshot, {service, endpoints, exposureType}: Question): readonly string[] {
	if (exposureType === 'load-balancer') {
		const {healthy, unhealthy} = loadBalancerNodes(snapshot, service, endpoints);
		// With no node that passes its health check, load balancers fail open.
		const targets = healthy.length > 0 ? healthy : unhealthy;
		if (targets.length > 0) {
			return targets;
		}
	}

	// Where all nodes are excluded from load balancers, an address that an announcer gave still leads to one of them.
	const nodes = snapshot.list('Node');
	const names = exposureType === 'cluster-ip' ? namesOfClients(nodes) : namesOfReady(nodes);
	return orNameless(names.length > 0 ? names : endpoints.flatMap(({node}) => node ?? []));
}

const namesOfReady = memoize((nodes: readonly Node[]) => namesWhere(nodes, ({ready}) => ready));
const namesOfClients = memoize((nodes: readonly Node[]) =>
	namesWhere(nodes, (node) => node.ready && takesPods(node)),
);

/** All of them when there is none. */
function namesWhere(nodes: readonly Node[], fits: (node: Node) => boolean): readonly string[] {
	const fitting = nodes.filter(fits);
	return (fitting.length > 0 ? fitting : nodes).map(({name}) => name);
}

/** Clients of a cluster IP are pods, and few of them run where a taint keeps pods away (control planes). */
function takesPods({unschedulable, taints}: Node): boolean {
	return !unschedulable && taints.every(({effect}) => effect !== 'NoSchedule' && effect !== 'NoExecute');
}

/** Without any node to name, one that no endpoint is on. */
const orNameless = memoize((names: readonly string[]): readonly string[] =>
	names.length > 0 ? [...new Set(names)] : [''],
);

function hasHints(endpoints: readonly ProxyEndpoint[]): boolean {
	return endpoints.some(({forZones, forNodes}) => forZones !== undefined || forNodes !== undefined);
}
