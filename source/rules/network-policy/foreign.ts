import {matchesLabels, matchesSelector} from '../../model/matching/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {ForeignPolicy, ForeignSubject, Direction} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {answerOf, calicoLabels, matchCalicoNamespace} from './calico-entity.ts';
import {matchesCalicoSelector} from './calico-selector.ts';
import {enforcerOf} from './enforcer.ts';
import {matchNamespace} from './match-peer.ts';
import {anyOf, both, type Answer} from './party.ts';
import type {Plugin} from './known-plugins.ts';

type ForeignKind =
	| 'CiliumNetworkPolicy'
	| 'CiliumClusterwideNetworkPolicy'
	| 'CalicoNetworkPolicy'
	| 'CalicoGlobalNetworkPolicy'
	| 'AntreaNetworkPolicy'
	| 'AntreaClusterNetworkPolicy';

const kindsOfPlugin: readonly {
	readonly kind: ForeignKind;
	readonly plugin: Plugin;
	readonly namespaced: boolean;
}[] = [
	{kind: 'CiliumNetworkPolicy', plugin: 'Cilium', namespaced: true},
	{kind: 'CiliumClusterwideNetworkPolicy', plugin: 'Cilium', namespaced: false},
	{kind: 'CalicoNetworkPolicy', plugin: 'Calico', namespaced: true},
	{kind: 'CalicoGlobalNetworkPolicy', plugin: 'Calico', namespaced: false},
	{kind: 'AntreaNetworkPolicy', plugin: 'Antrea', namespaced: true},
	{kind: 'AntreaClusterNetworkPolicy', plugin: 'Antrea', namespaced: false},
];

/** The plugin, where knet evaluates rules of its policies. */
export function evaluatedPlugin({kind}: Pick<ObjectRef, 'kind'>): 'Cilium' | 'Calico' | undefined {
	const plugin = kindsOfPlugin.find((each) => each.kind === kind)?.plugin;
	return plugin === 'Cilium' || plugin === 'Calico' ? plugin : undefined;
}

/** The kinds that whoever enforces policies here reads beside NetworkPolicy. `isSure`: it is known who that is. */
export function foreignKinds(
	snapshot: Snapshot,
): readonly ((typeof kindsOfPlugin)[number] & {readonly isSure: boolean})[] {
	const {plugin, enforces} = enforcerOf(snapshot, snapshot.version);
	return kindsOfPlugin
		.filter((each) => each.plugin === plugin || enforces === undefined)
		.map((each) => ({...each, isSure: each.plugin === plugin}));
}

/** Policies of other APIs that select a pod in a direction, or may. Those of a baseline do where no NetworkPolicy does: `isolated`. */
export function foreignPoliciesOf(
	snapshot: Snapshot,
	pod: Pod,
	direction: Direction,
	isolated = false,
): readonly ObjectRef[] {
	return selecting(snapshot, foreignKinds(snapshot), {pod, direction})
		.filter(({policy}) => !isolated || !policy.isBaseline)
		.map(({ref}) => ref);
}

/** Those of one network plugin, where it is known that it enforces. */
export function policiesOf(
	plugin: Plugin,
	snapshot: Snapshot,
	pod: Pod,
	direction: Direction,
): readonly SelectingPolicy[] {
	const kinds = foreignKinds(snapshot).filter((each) => each.isSure && each.plugin === plugin);
	return selecting(snapshot, kinds, {pod, direction});
}

export type SelectingPolicy = {
	readonly policy: ForeignPolicy;
	readonly ref: ObjectRef;
	/** It selects the pod; else it may. */
	readonly isSure: boolean;
};

function selecting(
	snapshot: Snapshot,
	kinds: ReturnType<typeof foreignKinds>,
	{pod, direction}: {readonly pod: Pod; readonly direction: Direction},
): readonly SelectingPolicy[] {
	return kinds.flatMap(({kind, namespaced}) =>
		snapshot
			.list(kind, namespaced ? pod.namespace : undefined)
			.filter(({directions}) => directions.includes(direction))
			.map((policy) => ({policy, ref: refOf(kind, policy), answer: takes(snapshot, policy, pod)}))
			.filter(({answer}) => answer !== 'no')
			.map(({policy, ref, answer}) => ({policy, ref, isSure: answer === 'yes'})),
	);
}

/**
Policies of Calico for host endpoints: a node judges by them what comes from outside and goes on to a pod (docs.tigera.io, Apply Calico
policy to Kubernetes node ports). Which host endpoints there are is not read.
*/
export function hostPolicies(snapshot: Snapshot): readonly ObjectRef[] {
	return foreignKinds(snapshot)
		.filter(({plugin}) => plugin === 'Calico')
		.flatMap(({kind}) =>
			snapshot
				.list(kind)
				.filter(({isOfHosts, directions}) => isOfHosts && directions.includes('Ingress'))
				.map((policy) => refOf(kind, policy)),
		);
}

/** What of a pod policies select by. */
export type Selected = Pick<Pod, 'namespace' | 'labels' | 'serviceAccount'>;

/** Whether a policy of another API selects a pod. */
export function takes(snapshot: Snapshot, {subjects}: ForeignPolicy, pod: Selected): Answer {
	return anyOf(subjects, (subject) => matchSubject(snapshot, subject, pod));
}

function matchSubject(snapshot: Snapshot, subject: ForeignSubject, pod: Selected): Answer {
	const {namespace, labels, serviceAccount} = pod;
	const namespaceLabels = snapshot.get('Namespace', '', namespace)?.labels;
	switch (subject.type) {
		case 'unread':
			return 'unknown';
		case 'service':
			return isBehind(snapshot, subject.name, pod);
		case 'kuma-service':
			return isBehindTag(snapshot, subject.tag, pod);
		case 'labels': {
			const {podSelector, namespaceSelector} = subject;
			const all = {...labels, ...ciliumLabels(namespace, namespaceLabels, serviceAccount)};
			return both(
				namespaceSelector ? matchNamespace(namespaceSelector, namespace, namespaceLabels) : 'yes',
				() => (!podSelector || matchesSelector(podSelector, all) ? 'yes' : 'no'),
			);
		}

		case 'expression':
			return both(matchCalicoNamespace(subject.namespaces, namespace, namespaceLabels), () =>
				answerOf(matchesCalicoSelector(subject.pods, calicoLabels(pod))),
			);
	}
}

/** A pod that no Service selects is registered by a name that knet does not read. */
function isBehind(snapshot: Snapshot, name: string, {namespace, labels}: Selected): Answer {
	const services = snapshot
		.list('Service', namespace)
		.filter(({selector}) => selector !== undefined && matchesLabels(selector, labels));
	return services.length === 0 ? 'unknown' : services.some((each) => each.name === name) ? 'yes' : 'no';
}

/** The tag kuma.io/service of a pod (kuma.io, Data plane on Kubernetes, tag generation). */
function isBehindTag(snapshot: Snapshot, tag: string, pod: Selected): Answer {
	const [, name, namespace] = /^([^_]+)_([^_]+)_svc(?:_\d+)?$/u.exec(tag) ?? [];
	return name === undefined ? 'unknown' : namespace === pod.namespace ? isBehind(snapshot, name, pod) : 'no';
}

/** Labels that Cilium adds to those of a pod (docs, labels). */
export function ciliumLabels(
	namespace: string,
	labels: Labels | undefined,
	serviceAccount: string | undefined,
): Labels {
	return {
		'io.kubernetes.pod.namespace': namespace,
		'io.cilium.k8s.policy.serviceaccount': serviceAccount ?? 'default',
		...Object.fromEntries(
			Object.entries(labels ?? {}).map(([key, value]) => [`io.cilium.k8s.namespace.labels.${key}`, value]),
		),
	};
}
