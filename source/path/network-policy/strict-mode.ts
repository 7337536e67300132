import {kubectl} from '../../model/safe-text/command.ts';
import type {Labels} from '../../model/meta.ts';
import type {Direction} from '../../model/policies/network-policy.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {adminKinds} from '../../rules/network-policy/admin-tiers.ts';
import {selecting} from '../../rules/network-policy/decide.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';
import {foreignKinds, takes} from '../../rules/network-policy/foreign.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {networkPolicyFindings} from './catalogue.ts';
import type {DeniesUnselected} from '../../rules/network-policy/known-plugins.ts';

/** A pod, as far as policies select it. Without labels: any pod of the namespace. */
type Selectable = {
	readonly namespace: string;
	readonly name?: string;
	readonly labels?: Labels;
	readonly serviceAccount?: string;
};

/** KNET809: where unselected pods are cut off, a pod sends and receives nothing until a policy selects it. */
export function strictMode(
	snapshot: Snapshot,
	{deniesUnselected: mode, name}: Enforcer,
	{pods, from}: {readonly pods: readonly Selectable[]; readonly from: PolicySource},
): Finding | undefined {
	// A node always reaches its own pods.
	const isOwnNode = mode?.by === 'direction' && from.type === 'node';
	if (!mode || isOwnNode || adminKinds.some((kind) => snapshot.list(kind).length > 0)) {
		return undefined;
	}

	const sender = from.type === 'pod' && !from.pod.hostNetwork ? [from.pod] : [];
	const cut = [
		...sender.filter((pod) => isUnselected(snapshot, pod, needed(mode, 'Egress'))),
		...pods.filter((pod) => isUnselected(snapshot, pod, needed(mode, 'Ingress'))),
	];
	const [first] = cut;
	const isCut = sender.some((pod) => cut.includes(pod)) || pods.every((pod) => cut.includes(pod));
	return first
		? finding(networkPolicyFindings.strictModeDenies, {
				severity: isCut ? undefined : 'warning',
				message: messageOf(name, mode, cut),
				evidence: [objectField(mode.object, mode.path, mode.value)],
				remedy: `Add policies for these pods and their clients, or set the mode to ${mode.otherwise}.`,
				command: kubectl(first, 'get', 'networkpolicies'),
			})
		: undefined;
}

function needed({by}: DeniesUnselected, direction: Direction): readonly Direction[] {
	return by === 'direction' ? [direction] : ['Ingress', 'Egress'];
}

function messageOf(name: string, {by, value}: DeniesUnselected, cut: readonly Selectable[]): string {
	return by === 'direction'
		? `${name} enforces policies ${value}: pods that none selects are cut off (${subjectOf(cut)}).`
		: `${name} is in ${value} mode and cuts off pods that no NetworkPolicy selects (${subjectOf(cut)}).`;
}

/** No policy selects it in any of the directions. */
function isUnselected(
	snapshot: Snapshot,
	{namespace, labels, serviceAccount}: Selectable,
	directions: readonly Direction[],
): boolean {
	const policies = snapshot.list('NetworkPolicy', namespace);
	const foreign = foreignKinds(snapshot).flatMap(({kind, namespaced}) =>
		snapshot.list(kind, namespaced ? namespace : undefined),
	);
	return labels
		? directions.every(
				(direction) =>
					selecting(policies, {namespace, labels}, direction).length === 0 &&
					!foreign.some(
						(policy) =>
							policy.directions.includes(direction) &&
							takes(snapshot, policy, {namespace, labels, serviceAccount}) !== 'no',
					),
			)
		: policies.length === 0 && foreign.length === 0;
}

function subjectOf(cut: readonly Selectable[]): string {
	const names = cut.flatMap(({name}) => name ?? []);
	return names.length > 0
		? namesOf(names)
		: `${count(cut.length, 'pod')} of namespace ${cut[0]?.namespace ?? ''}`;
}
