import type {ObjectRef} from '../../model/ref.ts';
import type {Connection, PolicySource} from '../../rules/network-policy/connections.ts';
import {adminKinds} from '../../rules/network-policy/admin-tiers.ts';
import {evaluatedPlugin} from '../../rules/network-policy/foreign.ts';

const evaluatedKinds: ReadonlySet<string> = new Set(['NetworkPolicy', ...adminKinds]);

export function whyUndecidable(
	connections: readonly Connection[],
	from: PolicySource,
	by: readonly ObjectRef[],
): string {
	const foreign = by.filter(({kind}) => !evaluatedKinds.has(kind));
	if (foreign.some(({kind}) => kind === 'EgressFirewall')) {
		return 'a rule by DNS name may mean it';
	}

	if (foreign.length > 0) {
		return foreign.every((policy) => policy.kind === 'LinkerdServer' || evaluatedPlugin(policy) !== undefined)
			? 'knet skips some rules'
			: 'knet does not evaluate this kind';
	}

	const isHost = connections.some(
		({endpoint, from: pod}) => endpoint.podObject?.hostNetwork || pod?.hostNetwork,
	);
	if (isHost || from.type === 'node') {
		return 'network plugins see nodes differently';
	}

	return from.type === 'external' || (from.type === 'controller' && from.sender)
		? 'it depends on the address that the pod sees'
		: 'a named port or a label is not known';
}
