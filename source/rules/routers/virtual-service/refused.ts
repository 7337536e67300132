import type {VirtualService} from '../../../model/routes/istio.ts';
import {isNoRegex} from '../../regex/regex.ts';
import {memoize} from '../../memoize.ts';
import {isHttp, type ProxyServer} from '../../istio/servers.ts';
import {gatewayNamesOf} from './proxy.ts';

/**
Envoy refuses all routes of a port for several destinations without any weight ("WeightedClusters: value must contain at least 1 item"),
for a status that is none, or for an invalid regular expression: what ran before stays, and later objects get 404 (seen on istiod of
2026-08-27 with Envoy 1.40.0, without its validating webhook).
*/
export function refusedByEnvoy(
	services: readonly VirtualService[],
	servers: readonly ProxyServer[],
): string | undefined {
	const gateways = new Set(
		servers.filter(({server}) => isHttp(server)).map(({gateway}) => `${gateway.namespace}/${gateway.name}`),
	);
	const found = refusedRoutes(services).find(({service}) =>
		gatewayNamesOf(service).some((name) => gateways.has(name)),
	);
	return found && `Envoy refuses all routes of the port: ${found.why}`;
}

/** Hardly one in thousands is refused: they are looked for once, not for each request. */
const refusedRoutes = memoize((services: readonly VirtualService[]) => {
	// With more than these it is not known: each has to be compiled.
	const budget = {left: 1000};
	return services.flatMap((service) =>
		service.http.flatMap((route, index) => {
			const place = `spec.http[${index}] of VirtualService ${service.namespace}/${service.name}`;
			const why = whyRefused(route, place, budget);
			return why === undefined ? [] : [{service, why}];
		}),
	);
});

type Route = VirtualService['http'][number];

function whyRefused(route: Route, place: string, budget: {left: number}): string | undefined {
	if (isWithoutWeight(route.route)) {
		return `all weights of ${place} are 0`;
	}

	const {directResponse, fault, redirect} = route;
	const status = [directResponse, fault?.abort?.status].find(
		(each) => each !== undefined && isNoStatus(each),
	);
	const code = redirect && ![301, 302, 303, 307, 308].includes(redirect.code) ? redirect.code : status;
	return code === undefined
		? hasInvalidExpression(route, budget)
			? `${place} has a regular expression that cannot be read`
			: undefined
		: `${place} has the status ${code}, which it does not take`;
}

/** route.v3.DirectResponseAction and fault.v3.FaultAbort: 200 to 599. */
export function isNoStatus(status: number): boolean {
	return status < 200 || status > 599;
}

function hasInvalidExpression({match, rewrite}: Route, budget: {left: number}): boolean {
	const matched = match.flatMap((each) => [
		each.uri,
		each.method,
		each.authority,
		each.scheme,
		...each.headers,
		...each.withoutHeaders,
		...each.queryParams,
	]);
	const expressions = [
		...matched.flatMap((each) => (each?.type === 'regex' ? [each.value] : [])),
		...(rewrite?.uriRegexRewrite ? [rewrite.uriRegexRewrite.match] : []),
	];
	return expressions.some((expression) => budget.left-- > 0 && isNoRegex(expression));
}

function isWithoutWeight(route: Route['route']): boolean {
	return route.length > 1 && route.every(({weight}) => weight === 0);
}
