import type {LabelSelector} from '../../model/matching/label-selector.ts';
import {mayMatchSelector} from '../../model/matching/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {PodsSelector} from '../../model/policies/network-policy.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {adminKinds} from './admin-tiers.ts';
import {foreignKinds, hostPolicies} from './foreign.ts';
import {anyDenyingMesh} from './mesh-default.ts';
import {anyMeshPolicy} from './mesh-policies.ts';
import {matchNamespace} from './match-peer.ts';
import type {SenderLabels} from './source-pods.ts';

/** Both ends of a connection, as far as they are known without the endpoints' pods. */
type Concerned = {
	/** Where the endpoints' pods are, and labels that all of them have: those that their Service selects. */
	readonly destination: {readonly namespace: string | undefined; readonly labels: Labels};
	readonly sources: readonly SenderLabels[];
};

/** Whether any policy may select one of the pods; without `concerned`, whether there is any. */
export function anyPolicy(snapshot: Snapshot, namespaces: readonly string[], concerned?: Concerned): boolean {
	const ends = concerned && [concerned.destination, ...concerned.sources];
	const meets = (namespace: string | undefined, {namespaceSelector, podSelector}: PodsSelector): boolean =>
		!ends ||
		ends.some(
			(end) =>
				(namespace === undefined || namespace === end.namespace) &&
				isNamespace(snapshot, namespaceSelector, end.namespace) &&
				(!podSelector || mayMatchSelector(podSelector, end.labels)),
		);
	const namespaced = (['NetworkPolicy'] as const).flatMap((kind) =>
		namespaces.flatMap((namespace) => snapshot.list(kind, namespace)),
	);
	return (
		namespaced.some(({namespace, podSelector}) => meets(namespace, {podSelector})) ||
		adminKinds.some((kind) => snapshot.list(kind).some(({subject = {}}) => meets(undefined, subject))) ||
		foreignKinds(snapshot).some(({kind}) =>
			snapshot
				.list(kind)
				.some(({namespace, subjects}) =>
					subjects.some((subject) => meets(namespace || undefined, subject.type === 'labels' ? subject : {})),
				),
		) ||
		hostPolicies(snapshot).length > 0 ||
		namespaces.some((namespace) => snapshot.list('EgressFirewall', namespace).length > 0) ||
		anyMeshPolicy(snapshot) ||
		// Without `concerned` the pods themselves are known.
		(concerned !== undefined && anyDenyingMesh(snapshot))
	);
}

function isNamespace(
	snapshot: Snapshot,
	selector: LabelSelector | undefined,
	namespace: string | undefined,
): boolean {
	const labels = namespace === undefined ? undefined : snapshot.get('Namespace', '', namespace)?.labels;
	return !selector || matchNamespace(selector, namespace ?? '', labels) !== 'no';
}
