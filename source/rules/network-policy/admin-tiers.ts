import {cidrContains, parseCidr, parseIp} from '../../model/matching/ip.ts';
import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {
	AdminPeer,
	AdminPolicy,
	AdminPort,
	AdminRule,
	PodsSelector,
	Direction,
} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {matchNamespace} from './match-peer.ts';
import type {Destination} from './match-port.ts';
import {anyOf, both, type Answer, type Party, ipsOf} from './party.ts';

/** What a tier may do with a connection. `none`: no rule means it. */
export type Outcome = {readonly action: AdminRule['action'] | 'none'; readonly by: readonly ObjectRef[]};

export const adminKinds = [
	'AdminNetworkPolicy',
	'BaselineAdminNetworkPolicy',
	'ClusterNetworkPolicy',
] as const;

type Question = {
	readonly snapshot: Snapshot;
	readonly direction: Direction;
	readonly subject: Pod;
	readonly peer: Party;
	readonly destination: Destination;
};

type Listed = {readonly kind: (typeof adminKinds)[number]; readonly policy: AdminPolicy};

/**
Policies of a tier by priority, and in each the first rule that means the connection (network-policy-api,
apis/v1alpha2/clusternetworkpolicy_types.go). More than one outcome: it depends on what objects do not tell, or on policies
of one priority: any of them may be applied.
*/
export function tierOutcomes(tier: AdminPolicy['tier'], question: Question): readonly Outcome[] {
	const {snapshot} = question;
	const listed = adminKinds.flatMap((kind): readonly Listed[] =>
		snapshot.list(kind).map((policy) => ({kind, policy})),
	);
	const groups = Map.groupBy(
		listed.filter(({policy}) => policy.tier === tier),
		({policy}) => policy.priority,
	);
	const outcomes: Outcome[] = [];
	for (const [, group] of [...groups].toSorted(([a], [b]) => a - b)) {
		const each = group.map((policy) => policyOutcomes(policy, question));
		outcomes.push(...each.flat().filter(({action}) => action !== 'none'));
		if (!each.every((some) => some.some(({action}) => action === 'none'))) {
			return outcomes;
		}
	}

	return [...outcomes, {action: 'none', by: []}];
}

function policyOutcomes({kind, policy}: Listed, question: Question): readonly Outcome[] {
	const {subject, direction} = question;
	const selects = matchSubject(question.snapshot, policy.subject, subject);
	if (selects === 'no') {
		return [{action: 'none', by: []}];
	}

	const by = [refOf(kind, policy)];
	const outcomes: Outcome[] = [];
	for (const rule of direction === 'Ingress' ? policy.ingress : policy.egress) {
		const {answer, action} = matchRule(rule, question);
		if (answer !== 'no') {
			outcomes.push({action, by});
		}

		if (answer === 'yes') {
			return selects === 'yes' ? outcomes : [...outcomes, {action: 'none', by}];
		}
	}

	return [...outcomes, {action: 'none', by}];
}

/** Pods on the network of their node are never subjects. */
function matchSubject(snapshot: Snapshot, selector: PodsSelector | undefined, pod: Pod): Answer {
	return pod.hostNetwork ? 'no' : selector ? matchPods(snapshot, selector, pod) : 'unknown';
}

function matchPods(
	snapshot: Snapshot,
	{namespaceSelector, podSelector}: PodsSelector,
	{namespace, labels}: Pod,
): Answer {
	const namespaceLabels = snapshot.get('Namespace', '', namespace)?.labels;
	return both(namespaceSelector ? matchNamespace(namespaceSelector, namespace, namespaceLabels) : 'yes', () =>
		!podSelector || matchesSelector(podSelector, labels) ? 'yes' : 'no',
	);
}

function matchRule(
	{action, peers, ports}: AdminRule,
	question: Question,
): {readonly answer: Answer; readonly action: AdminRule['action']} {
	// A peer of a newer version fails closed: Accept means nothing, the others deny everything.
	if (peers.some(isUnreadable)) {
		return action === 'Accept' ? {answer: 'no', action} : {answer: 'yes', action: 'Deny'};
	}

	const {peer, destination} = question;
	// Somebody is admitted by an Accept, and not shut out by the others.
	const meant: Answer =
		peer.type === 'anybody'
			? action === 'Accept'
				? 'yes'
				: 'no'
			: anyOf(peers, (each) => matchPeer(each, question));
	return {
		action,
		answer: both(meant, () => (ports ? anyOf(ports, (port) => matchPort(port, destination)) : 'yes')),
	};
}

function isUnreadable({pods, nodes, networks, domainNames}: AdminPeer): boolean {
	return !pods && !nodes && !networks && !domainNames;
}

function matchPeer({pods, nodes, networks, domainNames}: AdminPeer, {snapshot, peer}: Question): Answer {
	if (pods) {
		// Pods on the network of their node are not among them.
		return peer.type === 'pod' ? matchPods(snapshot, pods, peer.pod) : 'no';
	}

	const known = ipsOf(peer);
	if (nodes) {
		const addresses = snapshot
			.list('Node')
			.filter(({labels}) => matchesSelector(nodes, labels))
			.flatMap((node) => node.addresses.map(({address}) => address));
		return peer.type !== 'pod' && known.some((ip) => addresses.includes(ip)) ? 'yes' : 'no';
	}

	if (domainNames) {
		// Names of the world outside: which addresses they have is not in the objects.
		return peer.type === 'pod' ? 'no' : 'unknown';
	}

	return matchNetworks(networks ?? [], known);
}

function matchNetworks(networks: readonly string[], ips: readonly string[]): Answer {
	const blocks = networks.flatMap((network) => parseCidr(network) ?? []);
	const addresses = ips.flatMap((ip) => parseIp(ip) ?? []);
	if (addresses.length === 0) {
		return 'unknown';
	}

	return addresses.some((ip) => blocks.some((block) => cidrContains(block, ip))) ? 'yes' : 'no';
}

function matchPort(
	{protocol: wanted, first, last, name}: AdminPort,
	{party, protocol, port}: Destination,
): Answer {
	if (name !== undefined) {
		const pod = party.type === 'pod' ? party.pod : undefined;
		const named = [...(pod?.containers ?? []), ...(pod?.initContainers.filter(({sidecar}) => sidecar) ?? [])]
			.flatMap(({ports}) => ports)
			.some((each) => each.name === name && each.protocol === protocol && each.containerPort === port);
		return named ? 'yes' : 'no';
	}

	return wanted === protocol && (first === undefined || (port >= first && port <= (last ?? first)))
		? 'yes'
		: 'no';
}
