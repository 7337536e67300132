import type {Ingress} from '../../model/ingress.ts';
import {noMatch, taken, type RouteDecision, type RouteInput, type RuleRef} from './decision.ts';
import {fitHost, type HostFit} from './hosts.ts';
import {defaultRule, oldestFirst, rulesFor} from './rules.ts';
import {hasElementPrefix} from './url-path.ts';

const hostRank: Record<HostFit, number> = {exact: 0, wildcard: 1, any: 2};

/**
The API's plain rules (networking/v1, ingress docs): the best host, then the longest path, then Exact over Prefix, then
the oldest Ingress. ImplementationSpecific is taken for Prefix.
*/
export function routeBySpec({request, ingresses}: RouteInput): RouteDecision {
	const ranked = rulesFor(ingresses, request.host, request.urlPath)
		.filter((rule) => fitHost(rule.host, request.host) && fitPath(rule, request.urlPath))
		.toSorted((a, b) => rank(a, request.host) - rank(b, request.host) || closerPath(a, b));
	const [winner, ...rest] = ranked;
	if (winner) {
		return taken(winner, {losers: rest.map((rule) => ({rule, why: whyLost(rule, winner, request.host)}))});
	}

	const fallback = defaultFor(oldestFirst(ingresses), request.host);
	return fallback ? taken(fallback) : noMatch;
}

function fitPath({pathType, value = ''}: RuleRef, urlPath: string): boolean {
	return pathType === 'Exact' ? value === urlPath : hasElementPrefix(urlPath, value);
}

function rank(rule: RuleRef, host: string): number {
	return hostRank[fitHost(rule.host, host) ?? 'any'];
}

function closerPath(a: RuleRef, b: RuleRef): number {
	return (
		(b.value?.length ?? 0) - (a.value?.length ?? 0) ||
		Number(b.pathType === 'Exact') - Number(a.pathType === 'Exact')
	);
}

function whyLost(rule: RuleRef, winner: RuleRef, host: string): string {
	if (rank(rule, host) !== rank(winner, host)) {
		return 'the winner names the host more exactly';
	}

	if (rule.value?.length !== winner.value?.length) {
		return 'the winner has the longer path';
	}

	return rule.pathType === winner.pathType
		? 'the winner stands first (older Ingress)'
		: 'Exact goes before Prefix';
}

/** The plain reading: what no rule takes goes to a default backend; first that of an Ingress which names the host. */
function defaultFor(ordered: readonly Ingress[], host: string): RuleRef | undefined {
	const namesHost = (ingress: Ingress): boolean => ingress.rules.some((rule) => fitHost(rule.host, host));
	const withDefault = ordered.filter(({defaultBackend}) => defaultBackend);
	const best =
		withDefault.find(namesHost) ?? withDefault.find(({rules}) => rules.length === 0) ?? withDefault[0];
	return best && defaultRule(best);
}
