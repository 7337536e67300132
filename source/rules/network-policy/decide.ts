import {matchesSelector} from '../../model/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {NetworkPolicy, PolicyRule} from '../../model/network-policy.ts';
import {matchPeer} from './match-peer.ts';
import {matchPort, type Destination} from './match-port.ts';
import {anyOf, both, type Answer, type Party} from './party.ts';

export type Direction = 'Ingress' | 'Egress';

/** What the policies say of one connection, in one direction. */
export type Decision = {
	readonly verdict: 'allowed' | 'denied' | 'undecidable';
	/** False: no policy selects the pod in this direction, so everything is allowed. */
	readonly isolated: boolean;
	/** `namespace/name` of the policies that admit it or, where none does, of those that isolate the pod. */
	readonly by: readonly string[];
};

export const notIsolated: Decision = {verdict: 'allowed', isolated: false, by: []};

/** The policies that isolate a pod in a direction. */
export function selecting(
	policies: readonly NetworkPolicy[],
	pod: {readonly namespace: string; readonly labels: Labels},
	direction: Direction,
): readonly NetworkPolicy[] {
	return policies.filter(
		(policy) =>
			policy.namespace === pod.namespace &&
			policyTypes(policy).includes(direction) &&
			matchesSelector(policy.podSelector, pod.labels),
	);
}

/** Left out, it means Ingress always and Egress where there are egress rules (networking/v1 policyTypes). */
function policyTypes({policyTypes: written, egress}: NetworkPolicy): readonly Direction[] {
	if (written.length > 0) {
		return written;
	}

	return egress && egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** The union over all rules of all policies that select the pod: there is no order and no rule that denies. */
export function decide(
	policies: readonly NetworkPolicy[],
	direction: Direction,
	{peer, destination}: {readonly peer: Party; readonly destination: Destination},
): Decision {
	if (policies.length === 0) {
		return notIsolated;
	}

	const admits = (policy: NetworkPolicy): Answer =>
		anyOf((direction === 'Ingress' ? policy.ingress : policy.egress) ?? [], (rule) =>
			matchRule(rule, {peer, destination, namespace: policy.namespace}),
		);
	const answers = policies.map((policy) => ({
		name: `${policy.namespace}/${policy.name}`,
		answer: admits(policy),
	}));
	const named = (wanted: Answer): readonly string[] =>
		answers.filter(({answer}) => answer === wanted).map(({name}) => name);
	const [yes, unknown] = [named('yes'), named('unknown')];
	if (yes.length > 0) {
		return {verdict: 'allowed', isolated: true, by: yes};
	}

	return unknown.length > 0
		? {verdict: 'undecidable', isolated: true, by: unknown}
		: {verdict: 'denied', isolated: true, by: named('no')};
}

/** Peers and ports are both optional; an absent or empty list means all. */
function matchRule(
	{peers = [], ports = []}: PolicyRule,
	{
		peer,
		destination,
		namespace,
	}: {readonly peer: Party; readonly destination: Destination; readonly namespace: string},
): Answer {
	return both(peers.length === 0 ? 'yes' : anyOf(peers, (item) => matchPeer(item, peer, namespace)), () =>
		ports.length === 0 ? 'yes' : anyOf(ports, (item) => matchPort(item, destination)),
	);
}
