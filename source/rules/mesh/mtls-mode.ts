import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {MtlsMode, PeerAuthentication} from '../../model/policies/peer-authentication.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {isKnown, type KindState, type Snapshot} from '../../model/snapshot.ts';
import {rootNamespace} from './mesh-config.ts';

/** What the proxy of a pod asks of its clients on a port, and the policy that says so. */
export type Mtls =
	| {readonly mode: Exclude<MtlsMode, 'UNSET'>; readonly by?: PeerAuthentication; readonly path?: string}
	| {readonly unknown: KindState; readonly namespace: string};

/**
The policy of the workload before that of its namespace before that of the root namespace; the mode of a port before the
mode; UNSET inherits; nobody says it: PERMISSIVE. Of several of one scope the oldest counts. An empty selector is none, and one
in the root namespace is left out, also for the workloads there (istio, pilot/pkg/security/authn ComposePeerAuthentication).
*/
export function mtlsOf(snapshot: Snapshot, pod: Pod, port: number): Mtls {
	const root = rootNamespace(snapshot);
	for (const namespace of new Set([pod.namespace, root])) {
		const state = snapshot.state('PeerAuthentication', namespace);
		if (!isKnown(state)) {
			return {unknown: state, namespace};
		}
	}

	const own = snapshot.list('PeerAuthentication', pod.namespace).toSorted(byAge);
	const workload = own.find((each) => pod.namespace !== root && isOfWorkload(each, pod));
	const ofPort = workload?.ports.find((each) => each.port === port);
	if (workload && ofPort && ofPort.mode !== 'UNSET') {
		return {mode: ofPort.mode, by: workload, path: `spec.portLevelMtls[${port}].mode`};
	}

	const wide = [own, snapshot.list('PeerAuthentication', root).toSorted(byAge)].map((list) =>
		list.find((each) => !hasSelector(each)),
	);
	for (const by of [workload, ...wide]) {
		if (by && by.mode !== 'UNSET') {
			return {mode: by.mode, by, path: 'spec.mtls.mode'};
		}
	}

	return {mode: 'PERMISSIVE'};
}

function hasSelector({selector}: PeerAuthentication): boolean {
	return selector !== undefined && Object.keys(selector.matchLabels).length > 0;
}

function isOfWorkload(policy: PeerAuthentication, {labels}: Pod): boolean {
	return hasSelector(policy) && policy.selector !== undefined && matchesSelector(policy.selector, labels);
}

function byAge(one: PeerAuthentication, other: PeerAuthentication): number {
	return (one.createdAt ?? 0) - (other.createdAt ?? 0) || (one.name < other.name ? -1 : 1);
}
