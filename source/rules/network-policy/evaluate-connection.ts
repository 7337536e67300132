import {parseIp} from '../../model/ip.ts';
import type {Pod} from '../../model/pod.ts';
import type {Protocol} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {decide, notIsolated, selecting, type Decision, type Direction} from './decide.ts';
import type {Party} from './party.ts';

/**
A side of a connection: a pod, or an address. Neither: somebody outside whose address is not known. `anybody` asks
whether the policies admit anyone at all.
*/
export type Side = {readonly pod?: Pod; readonly ip?: string; readonly anybody?: true};

/**
Whether the NetworkPolicies of the snapshot admit a connection: egress of the source and ingress of the destination,
each by itself. `port` is the container port, behind any Service. A prediction: the network plugin may not enforce it.
*/
export function evaluateConnection(request: {
	readonly snapshot: Snapshot;
	readonly from: Side;
	readonly to: Side;
	readonly protocol: Protocol;
	readonly port: number;
}): {readonly ingress: Decision; readonly egress: Decision} {
	const {snapshot, protocol, port} = request;
	// A pod always reaches itself: that traffic does not leave it.
	if (
		request.from.pod &&
		request.to.pod &&
		request.from.pod.uid === request.to.pod.uid &&
		isSamePod(request)
	) {
		return {ingress: notIsolated, egress: notIsolated};
	}

	const from = partyOf(snapshot, request.from, request.to.ip);
	const to = partyOf(snapshot, request.to, request.from.ip);
	const destination = {party: to, protocol, port};
	return {
		ingress: decideFor({snapshot, subject: to, direction: 'Ingress', peer: from, destination}),
		egress: decideFor({snapshot, subject: from, direction: 'Egress', peer: to, destination}),
	};
}

function isSamePod({from, to}: {readonly from: Side; readonly to: Side}): boolean {
	return from.pod?.namespace === to.pod?.namespace && from.pod?.name === to.pod?.name;
}

/** The pod's address of the family that the other side has. */
function partyOf(snapshot: Snapshot, side: Side, other: string | undefined): Party {
	if (!side.pod) {
		return side.anybody ? {type: 'anybody'} : {type: 'address', ip: side.ip};
	}

	const family = other === undefined ? undefined : parseIp(other)?.family;
	return {
		type: 'pod',
		pod: side.pod,
		namespaceLabels: snapshot.get('Namespace', '', side.pod.namespace)?.labels,
		ip: side.ip ?? side.pod.podIPs.find((ip) => !family || parseIp(ip)?.family === family),
	};
}

function decideFor({
	snapshot,
	subject,
	direction,
	peer,
	destination,
}: {
	readonly snapshot: Snapshot;
	readonly subject: Party;
	readonly direction: Direction;
	readonly peer: Party;
	readonly destination: Parameters<typeof decide>[2]['destination'];
}): Decision {
	if (subject.type !== 'pod') {
		return notIsolated;
	}

	const {pod} = subject;
	const policies = selecting(snapshot.list('NetworkPolicy', pod.namespace), pod, direction);
	const decision = decide(policies, direction, {peer, destination});
	// What a policy does to a pod on the node's network is up to the network plugin, and a pod's own node always reaches it.
	const isHost = pod.hostNetwork || (peer.type === 'pod' && peer.pod.hostNetwork);
	return decision.verdict === 'denied' && isHost ? {...decision, verdict: 'undecidable'} : decision;
}
