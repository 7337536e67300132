import type {ForeignPolicy} from '../../model/network-policy.ts';
import type {Pod} from '../../model/pod.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Direction} from '../../model/network-policy.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {adminKinds} from './admin-tiers.ts';
import {matchCalicoRule, type CalicoQuestion} from './calico-entity.ts';
import type {Decision} from './decide.ts';
import {enforcerOf} from './enforcer.ts';
import {policiesOf, type SelectingPolicy} from './foreign.ts';

/** Where Calico puts NetworkPolicies among its own (libcalico-go, conversion: KubernetesNetworkPolicy order 1000). */
const kubernetesOrder = 1000;

/**
What the policies of Calico's default tier say, NetworkPolicies among them: in their order the first rule that means the connection
decides, Log goes on, Pass leaves it to the profile of the namespace, which allows; and what no rule means is denied (docs.tigera.io,
GlobalNetworkPolicy, tiered policy). Undefined: not certain.
*/
export function decideByCalico(question: CalicoQuestion & Subject, decision: Decision): Decision | undefined {
	const {snapshot, direction, subject} = question;
	const selected = policiesOf('Calico', snapshot, subject, direction);
	const isRead = selected.every(({policy, isSure}) => isSure && policy.calico?.tier === 'default');
	const hasTiers = adminKinds.some((kind) => snapshot.list(kind).length > 0);
	if (selected.length === 0 || !isRead || hasTiers || !enforcerOf(snapshot, snapshot.version).enforces) {
		return undefined;
	}

	return agreed([...outcomes(selected, question, decision)]);
}

type Subject = {readonly subject: Pod; readonly direction: Direction; readonly snapshot: Snapshot};

/** One that may be: all but the last are not certain. */
type Outcome = {
	readonly verdict: 'allowed' | 'denied';
	readonly by: readonly ObjectRef[];
	readonly byRule?: true;
};

function* outcomes(
	selected: readonly SelectingPolicy[],
	question: CalicoQuestion & Subject,
	decision: Decision,
): Generator<Outcome> {
	const before = selected.filter(({policy}) => orderOf(policy) < kubernetesOrder).toSorted(byOrder);
	const after = selected.filter(({policy}) => orderOf(policy) >= kubernetesOrder).toSorted(byOrder);
	const steps = [
		...before.map((each) => () => ofPolicy(each, question)),
		() => ofKubernetes(decision),
		...after.map((each) => () => ofPolicy(each, question)),
	];
	for (const step of steps) {
		for (const {isSure, ...outcome} of step()) {
			yield outcome;
			if (isSure) {
				return;
			}
		}
	}

	const isolating = decision.verdict === 'denied' ? decision.by : [];
	yield {verdict: 'denied', by: [...isolating, ...selected.map(({ref}) => ref)]};
}

type Step = Outcome & {readonly isSure: boolean};

/** A NetworkPolicy only admits: where none does, the next policy is asked. */
function ofKubernetes({isolated, verdict, by}: Decision): readonly Step[] {
	return isolated && verdict !== 'denied' ? [{verdict: 'allowed', by, isSure: verdict === 'allowed'}] : [];
}

function ofPolicy({policy, ref}: SelectingPolicy, question: CalicoQuestion & Subject): readonly Step[] {
	return (policy.calico?.rules ?? [])
		.filter(({direction, action}) => direction === question.direction && action !== 'Log')
		.map((rule) => ({rule, answer: matchCalicoRule(rule, {...question, namespace: policy.namespace})}))
		.filter(({answer}) => answer !== 'no')
		.map(({rule, answer}): Step => {
			const isSure = answer === 'yes';
			return rule.action === 'Deny'
				? {verdict: 'denied', by: [ref], byRule: true, isSure}
				: {verdict: 'allowed', by: [ref], isSure};
		});
}

/** Known only where all that may be agree. */
function agreed(all: readonly Outcome[]): Decision | undefined {
	const last = all.at(-1);
	return last && all.every(({verdict}) => verdict === last.verdict) ? {...last, isolated: true} : undefined;
}

function orderOf({calico}: ForeignPolicy): number {
	return calico?.order ?? Number.POSITIVE_INFINITY;
}

/** One without an order comes last; of the same order the name decides. */
function byOrder({policy: one}: SelectingPolicy, {policy: other}: SelectingPolicy): number {
	const [a, b] = [orderOf(one), orderOf(other)];
	return a === b ? (one.name < other.name ? -1 : 1) : a < b ? -1 : 1;
}
