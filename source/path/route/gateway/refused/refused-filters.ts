import {refOf} from '../../../../model/ref.ts';
import {objectField, type Finding, finding} from '../../../finding.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import type {GatewayProfile} from '../../../../rules/gateway-api/profile.ts';
import type {ParentStatus} from '../../../../rules/gateway-api/parent-status.ts';
import {extensionOf, wordOn} from '../../../../rules/gateway-api/refs-word.ts';
import {describeRoute, routeOf} from './refusal-findings.ts';
import {filtersLeavingOut} from '../backends/filter-of-backend.ts';
import {gatewayRouteFindings} from '../catalogue.ts';

/** The controller does not resolve a filter of a rule, and makes nothing of the whole route (Istio, computeRoute). */
export function isLeftOut(
	{route}: Candidate,
	status: ParentStatus | undefined,
	profile: GatewayProfile,
): boolean {
	return (
		filtersLeavingOut({route}, profile).length > 0 ||
		(profile.unsupportedFilter === 'left-out' &&
			route.rules.some(({filters}) =>
				filters.flatMap(extensionOf).some((filter) => wordOn(route, status, filter) === 'fails'),
			))
	);
}

/** KNET428 for a rule with a filter that its controller does not have: it answers 500 (apis/v1 HTTPRouteFilter.type). */
export function refusedFilters(winner: Candidate, profile: GatewayProfile): readonly Finding[] {
	const {rule, ruleIndex, route} = winner;
	const refused = rule.filters.filter(({type}) => profile.refusedFilters.includes(type));
	return refused.slice(0, 1).map(({type}) =>
		finding(gatewayRouteFindings.routePartiallyInvalid, {
			severity: 'error',
			message: `Rule ${ruleIndex} of ${routeOf(winner)} has the filter ${type}, which this controller does not have: it answers 500.`,
			evidence: [objectField(refOf(route.routeKind, route), `spec.rules[${ruleIndex}].filters[].type`, type)],
			remedy: 'Remove the filter, or use a controller that supports it.',
			command: describeRoute(winner),
		}),
	);
}
