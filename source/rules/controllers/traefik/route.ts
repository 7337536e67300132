import {noMatch, taken, type RouteDecision, type RouteInput, type RuleRef} from '../../ingress/decision.ts';
import {unknownMiddleware} from './middlewares.ts';
import {defaultRule, oldestFirst, rulesFor} from '../../ingress/rules.ts';
import {fitsHost, routerMatches, routerOf, routingPath, type Router} from './router.ts';
import {withRootDot} from '../../host-match.ts';
import {queryText} from '../../query-text.ts';
import {mostForPath, tooManyRules} from '../../ingress/most-for-path.ts';
import {impossibleTlsOptions} from './tls-options.ts';
import {regexBudget} from '../../regex/regex.ts';
import {whyNoRouter} from './why-no-router.ts';
import {losersOf} from './losers.ts';
import {outOfReach, isReachable} from './out-of-reach.ts';

/**
Traefik's rules, as seen on 3.6.13: every path with a usable backend becomes a router, the router with the highest
priority (by default: the longest rule text) that matches takes the request.
*/
export function routeByTraefik(input: RouteInput): RouteDecision {
	return behindEntryPoint(input, routeByRouters);
}

type Route = (input: RouteInput) => RouteDecision;

/** An entry point may answer by a redirect before any router is asked. */
export function behindEntryPoint(input: RouteInput, route: Route): RouteDecision {
	const redirect = entryPointRedirect(input);
	return redirect ? redirectedBy(redirect, input, route) : route(input);
}

/** What lies behind is what the client finds when it follows. */
function redirectedBy(
	redirect: NonNullable<ReturnType<typeof entryPointRedirect>>,
	input: RouteInput,
	route: Route,
): RouteDecision {
	const request = {...input.request, scheme: redirect.scheme === 'https' ? 'https' : 'http'} as const;
	const entryPoint = {tls: request.scheme === 'https', isDefault: true};
	return {
		...route({...input, request, entryPoint}),
		status: undefined,
		unknownMiddleware: undefined,
		redirect,
	};
}

function routeByRouters(input: RouteInput): RouteDecision {
	const rules = rulesFor(input.ingresses, input.request.host, routingPath(input.request.urlPath));
	const all = rules.map((rule) => routerOf(rule, input.settings)).filter((router) => router !== undefined);
	const evaluated = judgedRouters(all, input);
	const matching = evaluated
		.filter(({matches}) => matches)
		.map(({router}) => router)
		.toSorted((a, b) => b.priority - a.priority);
	const usable = matching.filter((router) => !whyNoRouter(input, router.rule)).filter(isLastOfItsKind);
	const [winner] = usable;
	const losers = losersOf(input, matching, winner);
	const undecided = [
		...(rules.length > mostForPath ? [tooManyRules] : []),
		...undecidedOf(evaluated, winner),
	];
	if (!winner) {
		return {
			...defaultRouter(input),
			losers: [...losers, ...outOfReach(input, rules)],
			undecided,
			stopWithoutRule:
				input.request.scheme === 'https' && endsHandshake(input, matching) ? 'tls-error' : undefined,
		};
	}

	const tied = usable.filter((router) => router !== winner && router.priority === winner.priority);
	return taken(winner.rule, {
		...answerOf(input, winner.rule),
		losers,
		undecided,
		tied: tied.map(({rule}) => rule),
		unknownMiddleware: unknownMiddleware(winner.rule.ingress, input),
	});
}

/** Where all routers of a host have TLS options that do not exist, so has its handshake (buildEntryPointHandler of 3.6). */
function endsHandshake({settings, request: {host}}: RouteInput, matching: readonly Router[]): boolean {
	return (
		matching.length > 0 &&
		matching.every(
			({rule}) => impossibleTlsOptions(rule.ingress, settings) !== undefined && fitsHost(rule.host, host),
		) &&
		matching.some(({rule}) => rule.host !== '' && !rule.host.startsWith('*.'))
	);
}

type Evaluated = {readonly router: Router; readonly matches: boolean | undefined};

/** Whether each router that the request can reach takes it; undefined where that is not known. */
function judgedRouters(routers: readonly Router[], {request, entryPoint}: RouteInput): readonly Evaluated[] {
	const urlPath = routingPath(request.urlPath);
	const budget = regexBudget();
	return routers
		.filter((router) => isReachable(router, request.scheme, entryPoint))
		.map((router) => ({
			router,
			matches: routerMatches(router, hostFor(router, request), urlPath, budget),
		}));
}

/** HostRegexp gets the host with the dot of the root, and Host without (seen on 3.6.13). */
function hostFor({host}: Router, request: RouteInput['request']): string {
	return host.startsWith('*.') ? withRootDot(request) : request.host;
}

/** Of those that would go before the winner. */
function undecidedOf(evaluated: readonly Evaluated[], winner: Router | undefined): readonly string[] {
	return evaluated
		.filter(({router, matches}) => matches === undefined && router.priority >= (winner?.priority ?? 0))
		.slice(0, 3)
		.map(
			({router: {rule, matcher}}) =>
				`whether ${matcher}(${rule.value}) of Ingress ${rule.ingress.name} matches`,
		);
}

/** Traefik keeps the last of the routers that one Ingress makes of a host and a path (makeRouterKeyWithHash; seen on 3.6.13). */
function isLastOfItsKind(router: Router, _position: number, all: readonly Router[]): boolean {
	return !all.some(
		(other) =>
			other.rule.ingress === router.rule.ingress &&
			other.text === router.text &&
			((other.rule.rule ?? 0) - (router.rule.rule ?? 0) || (other.rule.path ?? 0) - (router.rule.path ?? 0)) >
				0,
	);
}

/** A scheme that Go's transport does not know is answered with 500 (seen on 3.6.13). */
function answerOf(input: RouteInput, {ingress, backend}: RuleRef): Partial<RouteDecision> {
	const state = input.backendState(ingress, backend);
	const setBy = 'traefik.ingress.kubernetes.io/service.serversscheme';
	const scheme = state.type === 'ready' ? state.service?.annotations[setBy] : undefined;
	return scheme && !['http', 'https', 'h2c'].includes(scheme) && state.type === 'ready'
		? {status: 500, backends: [], setBy, setOn: state.service}
		: {};
}

/** The one default backend: of an Ingress without rules; those beside rules are ignored. Lowest priority of all. */
function defaultRouter(input: RouteInput): RouteDecision {
	const {request, settings, entryPoint} = input;
	const rules = oldestFirst(input.ingresses)
		.filter((ingress) => ingress.rules.length === 0)
		.map(defaultRule)
		.filter((rule) => rule !== undefined);
	const usable = rules.filter((rule) => !whyNoRouter(input, rule));
	const [winner, ...tied] = usable;
	const router = winner && routerOf({...winner, value: '/'}, settings);
	return winner && router && isReachable(router, request.scheme, entryPoint)
		? taken(winner, {tied, unknownMiddleware: unknownMiddleware(winner.ingress, input)})
		: noMatch;
}

function entryPointRedirect({request, entryPoint}: RouteInput): RouteDecision['redirect'] {
	const redirect = entryPoint?.redirect;
	if (!redirect || request.host === '') {
		return undefined;
	}

	const usual = redirect.scheme === 'https' ? '443' : '80';
	const port = redirect.port && redirect.port !== usual ? `:${redirect.port}` : '';
	const [permanent, temporary] = request.method === 'GET' ? [301, 302] : [308, 307];
	return {
		scheme: redirect.scheme,
		host: request.host,
		status: redirect.permanent ? permanent : temporary,
		location: `${redirect.scheme}://${request.host}${port}${request.urlPath}${queryText(request)}`,
	};
}
