import type {BackendRef} from '../../../../model/routes/gateway.ts';
import {refOf} from '../../../../model/ref.ts';
import {type BackendFilter, filtersOf, filterType} from '../../../../rules/gateway-api/backend-filters.ts';
import type {Backend, BackendState} from '../../../../rules/gateway-api/backends.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import type {GatewayProfile} from '../../../../rules/gateway-api/profile.ts';
import {type Finding, finding, objectField} from '../../../finding.ts';
import {severityOf, fails, type BackendEffect} from './backend-effect.ts';
import {gatewayRouteFindings} from '../catalogue.ts';
import {describeRoute, routeOf} from '../refused/refusal-findings.ts';

type Filtered = {readonly winner: Candidate; readonly backend: Backend; readonly effect: BackendEffect};
type FilterState = Extract<BackendState, {readonly filter: unknown}>;

/** KNET455 for a backend whose filter keeps requests from it, or may. */
export function filterOfBackend({winner, backend, effect}: Filtered, {state, filter}: FilterState): Finding {
	const type = filterType(filter);
	switch (state) {
		case 'filter-refused':
			return said(winner, backend.ref, type, {
				severity: severityOf(effect),
				says: `which is taken on no backend.${fails(backend, effect)}`,
			});
		case 'filter-unknown':
			return said(winner, backend.ref, type, {
				undecided: true,
				says: 'and whether it is taken there is not known.',
			});
		case 'redirects':
			return said(winner, backend.ref, type, {
				severity: 'info',
				says: `which redirects its ${Math.round(backend.share * 100)} % of the requests.`,
			});
	}
}

/** KNET455 for what the controller makes of the other filters of backends: it passes over them, or leaves out the whole route. */
export function filtersOfBackends(winner: Candidate, profile: GatewayProfile): readonly Finding[] {
	const ignored = winner.rule.backendRefs
		.map((ref) => ({ref, found: filtersOf(ref, profile).find(({effect}) => effect === 'ignored')}))
		.filter(hasFound)
		.map(({ref, found}) =>
			said(winner, ref, filterType(found.filter), {
				severity: 'info',
				says: 'which has no effect there.',
			}),
		);
	const [out] = filtersLeavingOut(winner, profile);
	return out
		? [
				said(winner, out.ref, filterType(out.found.filter), {
					severity: 'error',
					says: 'for which the whole route is left out.',
				}),
			]
		: ignored;
}

/** The backends of the route by whose filters the controller makes nothing of it (Istio, buildHTTPDestination). */
export function filtersLeavingOut(
	{route}: Pick<Candidate, 'route'>,
	profile: GatewayProfile,
): readonly Found[] {
	return route.rules
		.flatMap(({backendRefs}) => backendRefs)
		.filter(({weight}) => weight > 0)
		.map((ref) => ({ref, found: filtersOf(ref, profile).find(({effect}) => effect === 'left-out')}))
		.filter(hasFound);
}

type Found = {readonly ref: BackendRef; readonly found: BackendFilter};

function hasFound(each: {readonly ref: BackendRef; readonly found?: BackendFilter}): each is Found {
	return each.found !== undefined;
}

type Said = Pick<Parameters<typeof finding>[1], 'severity' | 'undecided'> & {readonly says: string};

function said(winner: Candidate, ref: BackendRef, type: string, {says, ...certainty}: Said): Finding {
	const {route} = winner;
	return finding(gatewayRouteFindings.filterOfBackend, {
		...certainty,
		message: `Backend ${ref.name} of ${routeOf(winner)} has the filter ${type}, ${says}`,
		evidence: [objectField(refOf(route.routeKind, route), 'spec.rules[].backendRefs[].filters[].type', type)],
		remedy: 'Move the filter to the rule, or use a controller that takes it on a backend.',
		command: describeRoute(winner),
	});
}
