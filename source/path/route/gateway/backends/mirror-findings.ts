import {refOf} from '../../../../model/ref.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import {backendsOf, isInvalid} from '../../../../rules/gateway-api/backends.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import type {ParentStatus} from '../../../../rules/gateway-api/parent-status.ts';
import type {GatewayProfile} from '../../../../rules/gateway-api/profile.ts';
import {mirrorOf} from '../../../../rules/gateway-api/refs-word.ts';
import {objectField, finding, type Finding} from '../../../finding.ts';
import {gatewayRouteFindings} from '../catalogue.ts';
import {describeRoute, routeOf} from '../refused/refusal-findings.ts';

type Mirrored = {
	readonly winner: Candidate;
	readonly status?: ParentStatus;
	readonly profile: GatewayProfile;
};

/** KNET422: the rule sends copies to a backend that does not resolve (apis/v1 HTTPRequestMirrorFilter.backendRef: it is dropped). */
export function mirrorFindings(snapshot: Snapshot, mirrored: Mirrored): readonly Finding[] {
	const {winner, status, profile} = mirrored;
	const refs = winner.rule.filters
		.flatMap(mirrorOf)
		.map((ref) => ({...ref, group: '', weight: 1, filters: []}));
	return backendsOf(snapshot, {route: winner.route, refs, status, profile})
		.filter(isInvalid)
		.map(({ref, namespace}) => unresolved(mirrored, `${ref.kind} ${namespace}/${ref.name}`));
}

function unresolved({winner, profile}: Mirrored, name: string): Finding {
	const {route, ruleIndex} = winner;
	return finding(gatewayRouteFindings.routeRefsNotResolved, {
		severity: profile.failsByMirror ? 'error' : 'info',
		message: `Rule ${ruleIndex} of ${routeOf(winner)} mirrors requests to ${name}, which cannot be resolved: ${
			profile.failsByMirror ? 'the gateway answers 500' : 'no copies are sent'
		}.`,
		evidence: [
			objectField(
				refOf(route.routeKind, route),
				`spec.rules[${ruleIndex}].filters[].requestMirror.backendRef.name`,
				name.split('/').at(-1) ?? name,
			),
		],
		remedy: 'Correct the backendRef of filter RequestMirror, or remove the filter.',
		command: describeRoute(winner),
	});
}
