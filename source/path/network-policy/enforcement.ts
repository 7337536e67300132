import type {ObjectRef} from '../../model/ref.ts';
import type {Enforcer} from '../../rules/network-policy/enforcer.ts';

/** What a denial is worth: seen by a probe, enforced by somebody found, not known, or enforced by nobody. */
export type Enforcement = 'proven' | 'enforced' | 'unknown' | 'nobody';

export function enforcementOf(
	{enforces, readsAdmin}: Enforcer,
	isProven: boolean,
	by: readonly ObjectRef[],
): Enforcement {
	if (isProven) {
		return 'proven';
	}

	const isRead = by.every(
		({kind}) => kind === 'NetworkPolicy' || (kind !== 'ClusterNetworkPolicy' && readsAdmin),
	);
	return enforces === false ? 'nobody' : enforces && isRead ? 'enforced' : 'unknown';
}

/** The consequence, as a sentence without its full stop. */
export function enforcedText({name}: Enforcer, enforcement: Enforcement): string {
	switch (enforcement) {
		case 'proven':
			return 'A probe from there timed out';
		case 'enforced':
			return `${name} drops the packets`;
		case 'unknown':
			return 'If the network enforces it, connections time out';
		case 'nobody':
			return `It has no effect: ${name} enforces no policies`;
	}
}
