import type {Kind} from '../../model/kinds.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {adminKinds} from '../../rules/network-policy/admin-tiers.ts';
import {foreignKinds} from '../../rules/network-policy/foreign.ts';
import {kumaKindNeeded} from '../../rules/network-policy/mesh-default.ts';
import {meshPoliciesFor} from '../../rules/network-policy/mesh-policies.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';

type Asked = {
	readonly kind: Kind;
	readonly namespaced: boolean;
	/** A file without the kind says nothing of it: that counts where somebody reads the kind for sure. */
	readonly isSure: boolean;
};

/** The first kind of policy that may matter and is not known. */
export function unreadKind(snapshot: Snapshot, namespaces: readonly string[]): Finding | undefined {
	return firstUnread(snapshot, namespaces, [
		{kind: 'NetworkPolicy', namespaced: true, isSure: true},
		...foreignKinds(snapshot),
		...adminKinds.map((kind) => ({kind, namespaced: false, isSure: false})),
	]);
}

/** Policies of the meshes that the pods are part of: they only refuse, and matter to what the others admit. */
export function unreadMeshKind(
	snapshot: Snapshot,
	pods: readonly Pod[],
): {readonly finding?: Finding; readonly notChecked?: readonly string[]} {
	const read = pods.flatMap((pod) => meshPoliciesFor(snapshot, pod));
	const missing = read.filter(({kind, namespaces}) =>
		namespaces.some((namespace) => {
			const state = snapshot.state(kind, namespace);
			return state.state === 'absent' && state.why === 'not-in-input';
		}),
	);
	const titles = [...new Set(missing.map(({title}) => `${title}, which the input does not hold`))];
	return {
		finding:
			read
				.map(({kind, namespaces}) =>
					firstUnread(snapshot, namespaces, [{kind, namespaced: true, isSure: false}]),
				)
				.find((found) => found !== undefined) ?? unreadKumaKind(snapshot, pods),
		notChecked: titles.length > 0 ? titles : undefined,
	};
}

function unreadKumaKind(snapshot: Snapshot, pods: readonly Pod[]): Finding | undefined {
	const [kind] = pods.flatMap((pod) => kumaKindNeeded(snapshot, pod) ?? []);
	return kind && accessFinding(kind, undefined, snapshot.state(kind));
}

function firstUnread(
	snapshot: Snapshot,
	namespaces: readonly (string | undefined)[],
	asked: readonly Asked[],
): Finding | undefined {
	return asked
		.flatMap(({kind, namespaced, isSure}) =>
			(namespaced ? namespaces : [undefined]).map((namespace) => {
				const state = snapshot.state(kind, namespace);
				return isKnown(state) || (state.state === 'absent' && !isSure)
					? undefined
					: accessFinding(kind, namespace, state);
			}),
		)
		.find((found) => found !== undefined);
}
