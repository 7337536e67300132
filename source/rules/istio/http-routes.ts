import type {IstioHttpMatch} from '../../model/routes/istio.ts';
import {regexBudget} from '../regex/regex.ts';
import {fitsMatch, isCatchAll, isFor, type MatchContext} from './http-match.ts';
import {domainFit, hostsForNamespace, intersection} from './hosts.ts';
import type {ProxyServer} from './servers.ts';
import type {LostDelegate, MergedService, PlacedRoute} from './virtual-services.ts';

/** One match of a route, or the route where it has none. */
export type HttpCandidate = {
	readonly route: PlacedRoute;
	/** Its place in `match`. Absent: the route has none. */
	readonly matchIndex?: number;
	readonly match?: IstioHttpMatch;
	/** The host that Envoy chose by. */
	readonly domain: string;
	readonly server: ProxyServer;
};

export type HttpChoice = {
	/** The host of the rules that the request's host fits best. Absent: none. */
	readonly domain?: string;
	/** A server asks for https: everything that comes as http is redirected. */
	readonly requiresTls: boolean;
	readonly winner?: HttpCandidate;
	/** Before the winner, or where there is none: whether they take the request is not known. */
	readonly unread: readonly HttpCandidate[];
	/** Those that come before the winner and do not take the request; all where there is none. */
	readonly passed: readonly HttpCandidate[];
	/** Of the same host and behind the winner, they would take it as well. */
	readonly losers: readonly HttpCandidate[];
	readonly lost: readonly LostDelegate[];
};

type Input = Omit<MatchContext, 'gateway' | 'port' | 'budget'> & {
	/** Those that share the routes: all plain ones of a port, or one that ends TLS. */
	readonly servers: readonly ProxyServer[];
	/** VirtualServices of a Gateway, by `namespace/name`. */
	readonly servicesOf: (gateway: string) => readonly MergedService[];
};

/**
Which route takes an HTTP request: first the host, then in the order of the objects, and what takes everything last. Source:
istio/istio of 2026-08-22, pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig, and route.go, SortVHostRoutes.
*/
export function chooseHttp(input: Input): HttpChoice {
	const hosted = input.servers.flatMap((server) => hostsOf(server, input));
	const [best] = hosted.toSorted((a, b) => b.fit - a.fit);
	const here = hosted.filter(({domain}) => best !== undefined && domain === best.domain);
	const candidates = here.flatMap((each) => each.candidates);
	const inOrder = [...candidates.filter((candidate) => !takesAll(candidate)), ...candidates.filter(takesAll)];
	return {
		domain: best?.domain,
		requiresTls: here.some(({server}) => server.server.tls?.httpsRedirect ?? false),
		...decide(inOrder, input),
		lost: here.flatMap(({lost}) => lost),
	};
}

type Hosted = {
	readonly domain: string;
	readonly fit: number;
	readonly server: ProxyServer;
	readonly candidates: readonly HttpCandidate[];
	readonly lost: readonly LostDelegate[];
};

/** The domains of a server that the request's host fits, each with the routes of one VirtualService. */
function hostsOf(server: ProxyServer, input: Input): readonly Hosted[] {
	const own = server.gateway.namespace;
	const ofServices = input.servicesOf(nameOf(server)).flatMap(({object, http, lost}) => {
		const {namespace} = object;
		const domains = intersection(
			hostsForNamespace(server.server.hosts, {own, namespace}),
			object.hosts.map((host) => host.toLowerCase()),
		);
		const routes = () => candidatesOf(http, server, input);
		return domains.flatMap((domain) => hosted({domain, server, input, lost}, routes));
	});
	// A redirect to https needs no VirtualService.
	const forRedirect = server.server.tls?.httpsRedirect
		? server.server.hosts.flatMap((host) =>
				hosted({domain: host.toLowerCase().replace(/^\*\//u, ''), server, input, lost: []}, () => []),
			)
		: [];
	return [...ofServices, ...forRedirect];
}

function hosted(
	{domain, server, input, lost}: Pick<Hosted, 'domain' | 'server' | 'lost'> & {readonly input: Input},
	routes: () => readonly Omit<HttpCandidate, 'domain'>[],
): readonly Hosted[] {
	const fit = domainFit(domain, input.request.host);
	return fit === 0
		? []
		: [{domain, fit, server, lost, candidates: routes().map((route) => ({...route, domain}))}];
}

export function nameOf({gateway}: Pick<ProxyServer, 'gateway'>): string {
	return `${gateway.namespace}/${gateway.name}`;
}

/** The matches that are built for the proxy, up to the first that takes everything. */
function candidatesOf(
	http: readonly PlacedRoute[],
	server: ProxyServer,
	{proxy, request}: Input,
): readonly Omit<HttpCandidate, 'domain'>[] {
	const context = {
		request,
		proxy,
		gateway: nameOf(server),
		port: server.server.port.number,
		budget: regexBudget(),
	};
	const all = http.flatMap((route): readonly Omit<HttpCandidate, 'domain'>[] =>
		route.match.length === 0
			? [{route, server}]
			: route.match.flatMap((match, matchIndex) =>
					isFor(match, context, route.place.object.namespace) ? [{route, match, matchIndex, server}] : [],
				),
	);
	const last = all.findIndex(takesAll);
	return last === -1 ? all : all.slice(0, last + 1);
}

function takesAll({match}: Pick<HttpCandidate, 'match'>): boolean {
	return match === undefined || isCatchAll(match);
}

function decide(
	candidates: readonly HttpCandidate[],
	{request, proxy}: Input,
): Pick<HttpChoice, 'winner' | 'unread' | 'passed' | 'losers'> {
	const budget = regexBudget();
	const judged = candidates.map((candidate) => ({
		candidate,
		fits: candidate.match
			? fitsMatch(candidate.match, {
					request,
					proxy,
					gateway: nameOf(candidate.server),
					port: candidate.server.server.port.number,
					budget,
				})
			: true,
	}));
	const found = judged.findIndex(({fits}) => fits === true);
	const before = found === -1 ? judged : judged.slice(0, found);
	const behind = found === -1 ? [] : judged.slice(found + 1);
	const those = (all: typeof judged, wanted: boolean | undefined) =>
		all.filter(({fits}) => fits === wanted).map(({candidate}) => candidate);
	return {
		winner: judged[found]?.candidate,
		unread: those(before, undefined),
		passed: those(before, false),
		losers: those(behind, true),
	};
}
