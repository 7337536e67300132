import type {Direction, ForeignPolicy} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {ObjectRef} from '../../model/ref.ts';
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
GlobalNetworkPolicy, tiered policy). Which policy of the same order is asked first depends on the version (felix,
calc/policy_sorter.go). Undefined: not certain.
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
	const policies = [
		...selected.map((each) => ({order: orderOf(each.policy), steps: () => ofPolicy(each, question)})),
		{order: kubernetesOrder, steps: () => ofKubernetes(decision)},
	];
	const levels = Map.groupBy(policies, ({order}) => order);
	for (const [, level] of [...levels].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
		const steps = level.flatMap((policy) => policy.steps()).toSorted(sureLast);
		yield* steps;
		if (steps.some(({isSure}) => isSure)) {
			return;
		}
	}

	const isolating = decision.verdict === 'denied' ? decision.by : [];
	yield {verdict: 'denied', by: [...isolating, ...selected.map(({ref}) => ref)]};
}

type Step = Outcome & {readonly isSure: boolean};

/** The last is the one that is named. */
function sureLast(one: Step, other: Step): number {
	return Number(one.isSure) - Number(other.isSure);
}

/** A NetworkPolicy only admits: where none does, the next policy is asked. */
function ofKubernetes({isolated, verdict, by}: Decision): readonly Step[] {
	return isolated && verdict !== 'denied' ? [{verdict: 'allowed', by, isSure: verdict === 'allowed'}] : [];
}

/** What its rules may say, up to the first that means the connection for sure. */
function ofPolicy({policy, ref}: SelectingPolicy, question: CalicoQuestion & Subject): readonly Step[] {
	const steps = (policy.calico?.rules ?? [])
		.filter(({direction, action}) => direction === question.direction && action !== 'Log')
		.map((rule) => ({rule, answer: matchCalicoRule(rule, {...question, namespace: policy.namespace})}))
		.filter(({answer}) => answer !== 'no')
		.map(({rule, answer}): Step => {
			const isSure = answer === 'yes';
			return rule.action === 'Deny'
				? {verdict: 'denied', by: [ref], byRule: true, isSure}
				: {verdict: 'allowed', by: [ref], isSure};
		});
	const first = steps.findIndex(({isSure}) => isSure);
	return first < 0 ? steps : steps.slice(0, first + 1);
}

/** Known only where all that may be agree. */
function agreed(all: readonly Outcome[]): Decision | undefined {
	const last = all.at(-1);
	if (!last || all.some(({verdict}) => verdict !== last.verdict)) {
		return undefined;
	}

	const {verdict, by, byRule} = last;
	return {verdict, by, byRule, isolated: true};
}

/** One without an order comes last. */
function orderOf({calico}: ForeignPolicy): number {
	return calico?.order ?? Number.POSITIVE_INFINITY;
}
