import type {ObjectRef} from '../../../model/ref.ts';
import type {Enforcer} from '../../../rules/network-policy/enforcer.ts';
import type {Severity} from '../../catalogue-entry.ts';
import {enforcementOf} from '../../network-policy/enforcement.ts';

const severities = {proven: 'error', enforced: 'error', unknown: 'warning', nobody: 'info'} as const;

/** What it means for look-ups that policies do not admit them. Only answers that fit no datagram need TCP. */
export function effectOf(
	enforcer: Enforcer,
	by: readonly ObjectRef[],
	isWhole: boolean,
): {readonly severity: Severity; readonly certainty: string} {
	const enforcement = enforcementOf(enforcer, false, by);
	const what = isWhole ? 'look-ups' : 'look-ups over TCP';
	const certainty =
		enforcement === 'enforced'
			? `${enforcer.name} ${enforcer.rejects ? 'rejects' : 'drops'} ${what}`
			: enforcement === 'nobody'
				? `no effect, as ${enforcer.name} enforces no policies`
				: `if enforced, ${what} fail`;
	return {severity: isWhole ? severities[enforcement] : 'info', certainty};
}
