import type {PolicyVerdict} from '../details.ts';
import type {Decision} from '../../rules/network-policy/decide.ts';

/** The decisions of several connections in one: what the client meets as a whole. */
export function combine(decisions: readonly Decision[]): PolicyVerdict & {readonly isolated: boolean} {
	const denied = decisions.filter(({verdict}) => verdict === 'denied');
	const open = decisions.filter(({verdict}) => verdict === 'undecidable');
	const isolated = decisions.some((decision) => decision.isolated);
	const by = (some: readonly Decision[]): readonly string[] => [...new Set(some.flatMap((item) => item.by))];
	if (denied.length > 0) {
		const verdict = denied.length === decisions.length ? 'denied' : 'partly';
		return {verdict, isolated, by: by(denied)};
	}

	return open.length > 0
		? {verdict: 'undecidable', isolated, by: by(open)}
		: {verdict: 'allowed', isolated, by: by(decisions)};
}
