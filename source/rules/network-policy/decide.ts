import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {Direction, NetworkPolicy, PolicyRule} from '../../model/policies/network-policy.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Identity} from './identity.ts';
import {exceptedBy, type Excepted} from './longest-prefix.ts';
import {matchPeer} from './match-peer.ts';
import {matchPorts, type Destination} from './match-port.ts';
import {nearMissOf, type NearMiss} from './near-miss.ts';
import {anyOf, both, type Answer, type Party} from './party.ts';

/** What the policies say of one connection, in one direction. */
export type Decision = {
	readonly verdict: 'allowed' | 'denied' | 'undecidable';
	/** False: no policy selects the pod in this direction, so everything is allowed. */
	readonly isolated: boolean;
	/** The policies that admit it or, where none does, those that isolate the pod. */
	readonly by: readonly ObjectRef[];
	/** True: a rule of theirs denies it. Absent: none of their rules admits it. */
	readonly byRule?: true;
	/** The rule that nearly admits a connection that is denied. */
	readonly nearMiss?: NearMiss;
	/** The `except` by which the enforcer may still deny a connection that a rule admits. */
	readonly excepted?: Excepted;
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

type Question = {
	readonly peer: Party;
	readonly destination: Destination;
	readonly identity: Identity;
};

/** The union over all rules of all policies that select the pod: there is no order and no rule that denies. */
export function decide(
	policies: readonly NetworkPolicy[],
	direction: Direction,
	question: Question,
): Decision {
	if (policies.length === 0) {
		return notIsolated;
	}

	const answers = policies.map((policy) => ({
		policy,
		answer: anyOf((direction === 'Ingress' ? policy.ingress : policy.egress) ?? [], (rule) =>
			matchRule(rule, policy.namespace, question),
		),
	}));
	const named = (wanted: Answer): readonly ObjectRef[] =>
		answers.filter(({answer}) => answer === wanted).map(({policy}) => refOf('NetworkPolicy', policy));
	const [yes, unknown] = [named('yes'), named('unknown')];
	if (yes.length > 0) {
		return admitted(yes, exceptOf(policies, direction, question));
	}

	return unknown.length > 0
		? {verdict: 'undecidable', isolated: true, by: unknown}
		: {
				verdict: 'denied',
				isolated: true,
				by: named('no'),
				nearMiss: nearMissOf({policies, direction, ...question}),
			};
}

function admitted(by: readonly ObjectRef[], excepted: Excepted | undefined): Decision {
	return excepted
		? {verdict: 'undecidable', isolated: true, by: [refOf('NetworkPolicy', excepted.policy)], excepted}
		: {verdict: 'allowed', isolated: true, by};
}

function exceptOf(
	policies: readonly NetworkPolicy[],
	direction: Direction,
	question: Question,
): Excepted | undefined {
	const admits = (rule: PolicyRule, namespace: string): boolean =>
		matchRule(rule, namespace, question) === 'yes';
	return question.identity.longestPrefixDecides
		? exceptedBy({policies, direction, peer: question.peer, admits})
		: undefined;
}

/** Peers and ports are both optional; an absent or empty list means all. */
function matchRule(
	{peers = [], ports = []}: PolicyRule,
	namespace: string,
	{peer, destination, identity}: Question,
): Answer {
	return both(
		peers.length === 0 ? 'yes' : anyOf(peers, (item) => matchPeer(item, peer, {namespace, identity})),
		() => matchPorts(ports, destination),
	);
}
