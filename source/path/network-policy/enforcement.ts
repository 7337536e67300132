import type {ObjectRef} from '../../model/ref.ts';
import {evaluatedPlugin} from '../../rules/network-policy/foreign.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';

/** What a denial is worth: seen by a probe, enforced by somebody found, not known, or enforced by nobody. */
type Enforcement = 'proven' | 'enforced' | 'unknown' | 'nobody';

export function enforcementOf(
	{enforces, readsAdmin, readsCluster}: Enforcer,
	isProven: boolean,
	by: readonly ObjectRef[],
): Enforcement {
	if (isProven) {
		return 'proven';
	}

	const isRead = by.every(
		(ref) =>
			ref.kind === 'NetworkPolicy' ||
			ref.kind === 'EgressFirewall' ||
			evaluatedPlugin(ref) !== undefined ||
			(ref.kind === 'ClusterNetworkPolicy' ? readsCluster : readsAdmin),
	);
	return enforces === false ? 'nobody' : enforces && isRead ? 'enforced' : 'unknown';
}

/** The consequence, as the end of a sentence. `reachesItself`: the client is one of the pods that it asks. */
export function enforcedText(
	{name, rejects}: Enforcer,
	enforcement: Enforcement,
	reachesItself = false,
): string {
	const reachable = 'only itself is reachable';
	switch (enforcement) {
		case 'proven':
			return `a probe from there timed out${reachesItself ? `, ${reachable}` : ''}`;
		case 'enforced':
			return reachesItself
				? `with ${name} ${reachable}`
				: rejects
					? `${name} refuses the connection`
					: `${name} drops the packets`;
		case 'unknown':
			return `if enforced, ${reachesItself ? reachable : 'connections time out'}`;
		case 'nobody':
			return `no effect, as ${name} enforces no policies`;
	}
}
