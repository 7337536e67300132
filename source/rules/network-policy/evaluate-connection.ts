import {parseIp} from '../../model/matching/ip.ts';
import type {Direction} from '../../model/policies/network-policy.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Protocol} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {passesProxy} from '../mesh/passed-ports.ts';
import {memoize} from '../memoize.ts';
import {decideByCalico} from './calico-rules.ts';
import {decideByCilium} from './cilium-rules.ts';
import {decide, notIsolated, selecting, type Decision} from './decide.ts';
import {decideByEgressFirewall} from './egress-firewall.ts';
import {tierOutcomes, type Outcome} from './admin-tiers.ts';
import {foreignPoliciesOf, hostPolicies} from './foreign.ts';
import {identityOf, type Identity} from './identity.ts';
import {meshPoliciesOf} from './mesh-policies.ts';
import type {Party} from './party.ts';

/**
A side of a connection: a pod, a node, an address, or somebody outside. `anybody` asks whether the policies admit anyone at
all.
*/
export type Side = {
	readonly pod?: Pod;
	readonly node?: Node;
	readonly ip?: string;
	/** By its addresses: any of them may be meant. None: not known. */
	readonly outside?: readonly string[];
	readonly isCiliumIngress?: boolean;
	readonly anybody?: boolean;
};

type ConnectionQuestion = {
	readonly snapshot: Snapshot;
	readonly from: Side;
	readonly to: Side;
	readonly protocol: Protocol;
	/** As the packet has it where it is judged: behind any Service, and inside a mesh that of its tunnel. */
	readonly port: number;
};

/**
Whether the policies of the snapshot admit a connection: egress of the source and ingress of the destination, each by
itself. Whether anybody enforces them is another question (`enforcerOf`).
*/
export function evaluateConnection(question: ConnectionQuestion): {
	readonly ingress: Decision;
	readonly egress: Decision;
} {
	const {snapshot, from, to, protocol, port} = question;
	// A pod always reaches itself, and a node its own pods: kubelet probes them (docs, Network Policies).
	if (isSamePod(from.pod, to.pod) || isOwnNode(from, to.pod)) {
		return {ingress: notIsolated, egress: notIsolated};
	}

	const source = partyOf(snapshot, from, {other: to.ip, sends: true});
	const destination = {party: partyOf(snapshot, to, {other: from.ip, sends: false}), protocol, port};
	return {
		ingress: throughHost(
			snapshot,
			from,
			decideFor(snapshot, 'Ingress', {subject: to.pod, peer: source, destination}),
		),
		egress: decideFor(snapshot, 'Egress', {subject: from.pod, peer: destination.party, destination}),
	};
}

/** What comes from outside passes a node before it meets the policies of the pod. */
function throughHost(snapshot: Snapshot, {outside}: Side, decision: Decision): Decision {
	if (outside === undefined || decision.verdict !== 'allowed') {
		return decision;
	}

	const by = hostPolicies(snapshot);
	return by.length > 0 ? {verdict: 'undecidable', isolated: true, by} : decision;
}

export function isSamePod(one: Pod | undefined, other: Pod | undefined): boolean {
	return one !== undefined && one.namespace === other?.namespace && one.name === other.name;
}

function isOwnNode({pod, node}: Side, destination: Pod | undefined): boolean {
	const name = node?.name ?? (pod?.hostNetwork ? pod.nodeName : undefined);
	return name !== undefined && name === destination?.nodeName;
}

/** `other`: an address of the other side, whose family the connection has. */
function partyOf(snapshot: Snapshot, side: Side, {other, sends}: Seen): Party {
	const {pod, ip, outside, isCiliumIngress, anybody} = side;
	if (pod && !pod.hostNetwork) {
		const family = other === undefined ? undefined : parseIp(other)?.family;
		return {
			type: 'pod',
			pod,
			namespaceLabels: snapshot.get('Namespace', '', pod.namespace)?.labels,
			ip: ip ?? pod.podIPs.find((each) => !family || parseIp(each)?.family === family),
		};
	}

	if (anybody) {
		return {type: 'anybody'};
	}

	const ips = outside ?? (ip === undefined ? [] : [ip]);
	return (
		hostOf(snapshot, side, {other, sends}) ??
		(isCiliumIngress ? {type: 'cilium-ingress'} : {type: 'address', ips})
	);
}

type Seen = {readonly other: string | undefined; readonly sends: boolean};

/** A destination is met at the address that was asked for; a node may send from any of its addresses. */
function hostOf(snapshot: Snapshot, {pod, node, ip}: Side, {other, sends}: Seen): Party | undefined {
	const host = node ?? nodeOf(snapshot, pod, ip);
	if (!pod && !host) {
		return undefined;
	}

	const own = host?.addresses.map(({address}) => address).filter((each) => parseIp(each)) ?? [];
	const known = own.length > 0 ? own : (pod?.podIPs ?? []);
	return {
		type: 'host',
		pod,
		namespaceLabels: pod && snapshot.get('Namespace', '', pod.namespace)?.labels,
		ips: !sends && ip !== undefined ? [ip] : known,
		tunnel: sends ? tunnelsOf(host, other) : [],
	};
}

/** A pod's own node, or the node that has the address: the API server's endpoints are such addresses. */
function nodeOf(snapshot: Snapshot, pod: Pod | undefined, ip: string | undefined): Node | undefined {
	if (pod) {
		return snapshot.get('Node', '', pod.nodeName ?? '');
	}

	return ip === undefined ? undefined : nodesByAddress(snapshot.list('Node')).get(ip);
}

/** The first of several with one address. Every connection asks, and there may be thousands of nodes. */
const nodesByAddress = memoize(
	(nodes: readonly Node[]) =>
		new Map(
			nodes.toReversed().flatMap((node) => node.addresses.map(({address}) => [address, node] as const)),
		),
);

/** A tunnel interface (VXLAN, IP in IP) has an address of the pods' range. */
function tunnelsOf(node: Node | undefined, podIp: string | undefined): readonly string[] {
	const bases = node?.podCIDRs.flatMap((cidr) => cidr.split('/')[0] ?? []) ?? [];
	return [...bases, ...(podIp === undefined ? [] : [podIp])];
}

type Subject = {
	/** Whose policies are asked. Absent: no pod, so none applies. */
	readonly subject: Pod | undefined;
	readonly peer: Party;
	readonly destination: Parameters<typeof decide>[2]['destination'];
};

function decideFor(
	snapshot: Snapshot,
	direction: Direction,
	{subject, peer, destination}: Subject,
): Decision {
	const identity = identityOf(snapshot);
	if (!subject || (subject.hostNetwork && identity.selectorsMeanHostPods === 'no')) {
		return notIsolated;
	}

	const question = {snapshot, direction, subject, peer, destination};
	const decision = withForeign(question, identity, decideInTiers(question, identity));
	// What a policy does to a pod on the network of its node is up to the network plugin.
	return decision.verdict === 'denied' && subject.hostNetwork
		? {...decision, verdict: 'undecidable'}
		: decision;
}

type Asked = Parameters<typeof tierOutcomes>[1];

/** The admin tier decides first, NetworkPolicies where one selects the pod, the baseline tier what is left. */
function decideInTiers(question: Asked, identity: Identity): Decision {
	const {snapshot, direction, subject, peer, destination} = question;
	const admin = tierOutcomes('Admin', question);
	const made = admin.flatMap(decisionOf);
	if (made.length === admin.length) {
		return oneOf(made);
	}

	const policies = selecting(snapshot.list('NetworkPolicy', subject.namespace), subject, direction);
	if (policies.length > 0) {
		return oneOf([...made, decide(policies, direction, {peer, destination, identity})]);
	}

	const baseline = tierOutcomes('Baseline', question);
	const last = baseline.flatMap(decisionOf);
	return oneOf([...made, ...last, ...(last.length < baseline.length ? [notIsolated] : [])]);
}

function decisionOf({action, by}: Outcome): readonly Decision[] {
	return action === 'Accept' || action === 'Deny'
		? [{verdict: action === 'Accept' ? 'allowed' : 'denied', isolated: true, by}]
		: [];
}

/** Several are possible: known only where they agree. */
function oneOf(decisions: readonly Decision[]): Decision {
	const [first = notIsolated] = decisions;
	const by = decisions.flatMap((decision) => decision.by);
	return decisions.every(({verdict}) => verdict === first.verdict)
		? first
		: {verdict: 'undecidable', isolated: true, by};
}

/** Rules of other APIs may admit what these deny, and deny what these admit; those of a mesh only deny. */
function withForeign(question: Asked, identity: Identity, decision: Decision): Decision {
	const {snapshot, direction, subject, destination} = question;
	const isLetOut = direction === 'Egress' && decision.verdict === 'allowed';
	const stopped = isLetOut ? decideByEgressFirewall(question) : undefined;
	if (stopped) {
		return stopped;
	}

	const isForMesh = direction === 'Ingress' && decision.verdict === 'allowed';
	const mesh =
		isForMesh && !passesProxy(subject, destination.port)
			? meshPoliciesOf(snapshot, subject, {client: question.peer, port: destination.port})
			: [];
	const asked = {
		...question,
		identity,
		subjectNamespace: snapshot.get('Namespace', '', subject.namespace)?.labels,
	};
	const certain =
		mesh.length === 0 ? (decideByCilium(asked, decision) ?? decideByCalico(asked, decision)) : undefined;
	if (certain) {
		return certain;
	}

	const by = [...foreignPoliciesOf(snapshot, subject, direction, decision.isolated), ...mesh];
	return by.length > 0 ? {verdict: 'undecidable', isolated: true, by} : decision;
}
