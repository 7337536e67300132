import {kubectl} from '../../model/command.ts';
import {refOf} from '../../model/ref.ts';
import type {Labels} from '../../model/meta.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {adminKinds} from '../../rules/network-policy/admin-tiers.ts';
import {selecting} from '../../rules/network-policy/decide.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {networkPolicyFindings} from './catalogue.ts';

/** A pod, as far as policies select it. Without labels: any pod of the namespace. */
type Selectable = {readonly namespace: string; readonly name?: string; readonly labels?: Labels};

/** KNET809: in strict mode a pod sends and receives nothing until a policy selects it. */
export function strictMode(
	snapshot: Snapshot,
	{deniesUnselected, daemonSet, name}: Enforcer,
	{pods, from}: {readonly pods: readonly Selectable[]; readonly from: PolicySource},
): Finding | undefined {
	if (!deniesUnselected || !daemonSet || adminKinds.some((kind) => snapshot.list(kind).length > 0)) {
		return undefined;
	}

	const sender = from.type === 'pod' && !from.pod.hostNetwork ? [from.pod] : [];
	const cut = [...sender, ...pods].filter((pod) => isUnselected(snapshot, pod));
	const [first] = cut;
	const isCut = sender.some((pod) => cut.includes(pod)) || pods.every((pod) => cut.includes(pod));
	return first
		? finding(networkPolicyFindings.strictModeDenies, {
				severity: isCut ? undefined : 'warning',
				message: `${name} is in strict mode and cuts off pods that no NetworkPolicy selects (${subjectOf(cut)}).`,
				evidence: [
					objectField(
						refOf('DaemonSet', daemonSet),
						'spec.template.spec.containers[].env[NETWORK_POLICY_ENFORCING_MODE]',
						'strict',
					),
				],
				remedy: 'Add NetworkPolicies for these pods and their clients, or set the mode to standard.',
				command: kubectl(first, 'get', 'networkpolicies'),
			})
		: undefined;
}

function isUnselected(snapshot: Snapshot, {namespace, labels}: Selectable): boolean {
	const policies = snapshot.list('NetworkPolicy', namespace);
	return labels
		? (['Ingress', 'Egress'] as const).every(
				(direction) => selecting(policies, {namespace, labels}, direction).length === 0,
			)
		: policies.length === 0;
}

function subjectOf(cut: readonly Selectable[]): string {
	const names = cut.flatMap(({name}) => name ?? []);
	return names.length > 0
		? namesOf(names)
		: `${count(cut.length, 'pod')} of namespace ${cut[0]?.namespace ?? ''}`;
}
