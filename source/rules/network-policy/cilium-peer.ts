import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {
	CiliumPeer,
	CiliumPort,
	CiliumRule,
	Direction,
	PolicyPort,
} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Protocol} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {ciliumLabels} from './foreign.ts';
import type {Identity} from './identity.ts';
import {matchPeer} from './match-peer.ts';
import {matchPorts, type Destination} from './match-port.ts';
import {anyOf, both, type Answer, type Party} from './party.ts';

export type CiliumQuestion = {
	readonly snapshot: Snapshot;
	readonly direction: Direction;
	/** Whose policies are asked. */
	readonly subject: Pod;
	readonly peer: Party;
	readonly destination: Destination;
	readonly identity: Identity;
};

/** Whether a rule means the connection. */
export function matchCiliumRule({isDeny, peers, ports}: CiliumRule, question: CiliumQuestion): Answer {
	const {destination} = question;
	const meant = ports?.map((each) => portOf(each, destination.protocol));
	return both(meant ? matchPorts(meant, destination) : 'yes', () =>
		!peers || (question.peer.type === 'address' && areAllOutside(peers))
			? 'yes'
			: anyOf(peers, (each) => matchCiliumPeer(each, question, isDeny)),
	);
}

/** Who comes from outside is the world, or the node that put its own address in (docs, entities; masquerading of node ports). */
function areAllOutside(peers: readonly CiliumPeer[]): boolean {
	const names = new Set(peers.flatMap((each) => (each.type === 'entity' ? [each.name] : [])));
	return names.has('world') && (names.has('cluster') || (names.has('host') && names.has('remote-node')));
}

function portOf({port, protocol, endPort}: CiliumPort, asked: Protocol): PolicyPort {
	const isAny = protocol === '' || protocol === 'ANY';
	const number = /^\d+$/u.test(port) ? Number(port) : port;
	return {
		protocol: isAny ? asked : (protocol as Protocol),
		port: number === 0 || number === '' ? undefined : number,
		endPort,
	};
}

function matchCiliumPeer(rulePeer: CiliumPeer, question: CiliumQuestion, isDeny: boolean): Answer {
	const {snapshot, peer, identity} = question;
	// Somebody is admitted by any rule, and shut out by one that means all.
	if (peer.type === 'anybody') {
		const isAll = rulePeer.type === 'entity' && rulePeer.name === 'all';
		return isDeny && !isAll ? 'no' : 'yes';
	}

	switch (rulePeer.type) {
		case 'unread':
			return 'unknown';
		case 'names':
			return peer.type === 'address' ? 'unknown' : 'no';
		case 'entity':
			return matchEntity(rulePeer.name, question);
		case 'block':
			return matchPeer({ipBlock: rulePeer}, peer, {namespace: '', identity});
		// A node, and what is outside, have other identities than pods.
		case 'endpoints':
			return peer.type === 'pod' ? matchEndpoint(snapshot, rulePeer, peer) : 'no';
	}
}

function matchEndpoint(
	snapshot: Snapshot,
	{selector, namespace}: Extract<CiliumPeer, {type: 'endpoints'}>,
	{pod}: Extract<Party, {type: 'pod'}>,
): Answer {
	if (namespace !== undefined && pod.namespace !== namespace) {
		return 'no';
	}

	const ofNamespace = snapshot.get('Namespace', '', pod.namespace)?.labels;
	const asksNamespace = [
		...Object.keys(selector.matchLabels),
		...selector.matchExpressions.map(({key}) => key),
	].some((key) => key.startsWith('io.cilium.k8s.namespace.labels.'));
	if (asksNamespace && !ofNamespace) {
		return 'unknown';
	}

	const labels = {...pod.labels, ...ciliumLabels(pod.namespace, ofNamespace, pod.serviceAccount)};
	return matchesSelector(selector, labels) ? 'yes' : 'no';
}

/** The reserved identities that Cilium certainly has for the other side, and those that it certainly has not. */
function matchEntity(name: string, {snapshot, subject, peer}: CiliumQuestion): Answer {
	if (name === 'all') {
		return 'yes';
	}

	switch (peer.type) {
		case 'cilium-ingress':
			return name === 'ingress' ? 'yes' : name === 'cluster' ? 'unknown' : 'no';
		case 'pod':
			return name === 'cluster' ? 'yes' : 'no';
		case 'host':
			return name === 'kube-apiserver'
				? isApiServer(snapshot, peer.ips)
				: ['cluster', nodeEntity(subject, peer.ips)].includes(name)
					? 'yes'
					: 'no';
		case 'address':
			return name === 'kube-apiserver' ? isApiServer(snapshot, peer.ips) : 'unknown';
		case 'anybody':
			return 'yes';
	}
}

function nodeEntity({hostIP}: Pod, ips: readonly string[]): 'host' | 'remote-node' {
	return hostIP !== undefined && ips.includes(hostIP) ? 'host' : 'remote-node';
}

/** By the endpoints of Service default/kubernetes. */
function isApiServer(snapshot: Snapshot, ips: readonly string[]): Answer {
	const own = snapshot
		.slicesOf('default', 'kubernetes')
		.flatMap(({endpoints}) => endpoints.flatMap(({addresses}) => addresses));
	return own.length === 0 || ips.length === 0
		? 'unknown'
		: ips.every((ip) => own.includes(ip))
			? 'yes'
			: ips.some((ip) => own.includes(ip))
				? 'unknown'
				: 'no';
}
