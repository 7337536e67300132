import {objectField, type Finding, finding} from '../../finding.ts';
import {matchField, type Candidate} from '../../../rules/gateway-api/candidate.ts';
import {ruleText} from './no-match.ts';
import {traefikPriority} from '../../../rules/gateway-api/precedence.ts';
import type {GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {routeRef, describeRoute} from './refused/refusal-findings.ts';
import type {Selection} from '../../../rules/gateway-api/select.ts';
import {routeFindings} from '../catalogue.ts';

/**
KNET405: Traefik gives two rules of different routes the same priority and then takes either, and another one after a restart (seen on
3.6). The specification lets the older route win.
*/
export function equalPriority(
	winner: Candidate,
	{losers}: Selection,
	profile: GatewayProfile,
): readonly Finding[] {
	const other = profile.sumsPriorities
		? losers.find(
				({candidate, matched}) =>
					matched &&
					candidate.route !== winner.route &&
					traefikPriority(candidate) === traefikPriority(winner),
			)?.candidate
		: undefined;
	return other
		? [
				finding(routeFindings.duplicateRule, {
					message: `${ruleText(winner)} and ${ruleText(other)} take this request with the same priority: Traefik may choose either.`,
					evidence: [winner, other].map((candidate) =>
						objectField(routeRef(candidate), matchField(candidate), 'equal priority'),
					),
					remedy: 'Keep one of them, or make one more specific.',
					command: describeRoute({route: other.route}),
				}),
			]
		: [];
}
