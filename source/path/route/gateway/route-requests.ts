import type {Listener, Route, RouteMatch, ValueMatch} from '../../../model/routes/gateway.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {isHost} from '../../parse-url.ts';
import type {UrlTarget} from '../../target.ts';
import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import {attachments, offers} from '../../../rules/gateway-api/listeners/delegation.ts';
import {requestText} from '../request-text.ts';
import {everyMatch, matchesOfRule, pathOf} from '../../../rules/gateway-api/candidate.ts';
import {dataPlaneOf} from '../../controller/data-plane.ts';
import {recordByGatewayClass} from '../../../rules/controllers/records.ts';
import {clientPortFor} from '../../../rules/gateway-api/listeners/listener-ports.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {testRegex} from '../../../rules/regex/regex.ts';
import {sampleText} from '../../../rules/regex/sample-text.ts';
import {memoizeText} from '../../../rules/memoize.ts';
import {withLeadingSlash} from '../../../rules/slashes.ts';

/** A request that a route is meant for, and what in the object it was made from. */
type RouteRequest = {
	readonly target: UrlTarget;
	/** `host/path`, with the port where it is not the scheme's own. */
	readonly place: string;
	/** A URL is enough to ask: no wildcard, no method but GET, no header or query that must be there. */
	readonly plain: boolean;
};

/**
Requests that the matches of a route ask for, each host with each match, the same one once. A wildcard host and the fixed
beginning of a regular expression stand as written.
*/
export function routeRequests(snapshot: Snapshot, route: Route): readonly RouteRequest[] {
	const places = placesOf(snapshot, route);
	const offered = matchesOf(snapshot, route);
	const matches = offered.length > 0 ? offered : route.rules.flatMap(matchesOfRule);
	const all = places.flatMap((place) =>
		(route.rules.length === 0 ? [everyMatch] : matches).map((match) => requestFor(route, place, match)),
	);
	const seen = new Set<string>();
	return all.filter(({target}) => {
		const key = JSON.stringify(target.request);
		return !seen.has(key) && Boolean(seen.add(key));
	});
}

/** Those that the route offers itself, and does not hand to other routes. */
export function matchesOf(snapshot: Snapshot, route: Route): readonly RouteMatch[] {
	const standing = attachments(snapshot, route);
	return route.rules.flatMap((rule, index) =>
		matchesOfRule(rule).filter(
			(match) => standing.length === 0 || standing.some((each) => offers(each, index, match)),
		),
	);
}

type Place = {readonly host: string; readonly scheme: 'http' | 'https'; readonly port: number};

/** Each host of the route with the listener that serves it; TLS wins over plain HTTP, whose routes often only redirect. */
function placesOf(snapshot: Snapshot, route: Route): readonly Place[] {
	const all = attachments(snapshot, route).flatMap((attachment) => attachedPlaces(snapshot, attachment));
	if (all.length === 0) {
		const hosts = route.hostnames.length > 0 ? route.hostnames : [''];
		return hosts.map((host) => ({host, scheme: 'http', port: 80}));
	}

	return [...Map.groupBy(all, ({host}) => host).values()].map(
		(places) => places.find(({scheme}) => scheme === 'https') ?? places[0]!,
	);
}

function attachedPlaces(snapshot: Snapshot, {gateway, answers}: Attachment): readonly Place[] {
	if (gateway === 'missing' || 'unknown' in gateway) {
		return [];
	}

	const gatewayClass = snapshot.get('GatewayClass', '', gateway.className);
	const plane =
		gatewayClass && dataPlaneOf(snapshot, gateway, recordByGatewayClass(gatewayClass.controllerName));
	const exposed = {services: plane?.services ?? [], pods: []};
	return answers.flatMap((answer) =>
		answer.state === 'attached'
			? answer.hostnames.map((host) => ({
					host,
					scheme: schemeOf(answer.listener),
					port: clientPortFor(snapshot, exposed, answer.listener.port),
				}))
			: [],
	);
}

function schemeOf({protocol}: Listener): 'http' | 'https' {
	return protocol === 'HTTPS' || protocol === 'TLS' ? 'https' : 'http';
}

/** As any client of gRPC sends it. */
const grpcContent = {name: 'content-type', value: 'application/grpc'};

function requestFor(route: Route, {host, scheme, port}: Place, match: RouteMatch): RouteRequest {
	const {type, value} = pathOf(match);
	const request: HttpRequest = {
		scheme,
		host: host.toLowerCase(),
		port,
		urlPath: type === 'RegularExpression' ? fixedPath(value) : value || '/',
		method: match.method ?? (route.routeKind === 'GRPCRoute' ? 'POST' : 'GET'),
		headers: [...(route.routeKind === 'GRPCRoute' ? [grpcContent] : []), ...valuesOf(match.headers)],
		query: valuesOf(match.query),
	};
	const standard = port === (scheme === 'https' ? 443 : 80);
	const authority = `${host || '*'}${standard ? '' : `:${port}`}`;
	return {
		place: `${authority}${request.urlPath}`,
		target: {
			kind: 'url',
			text: requestText(request, authority),
			schemeGiven: true,
			request,
		},
		plain:
			isHost(host) &&
			!host.includes('*') &&
			request.method === 'GET' &&
			type !== 'RegularExpression' &&
			match.headers.length + match.query.length === 0,
	};
}

function valuesOf(wanted: readonly ValueMatch[]): HttpRequest['headers'] {
	return wanted.map(({type, name, value}) => ({name, value: type === 'Exact' ? value : fixedPart(value)}));
}

const fixedPath = memoizeText((pattern: string): string => {
	const sample = sampleText(pattern);
	const fits = sample !== undefined && testRegex(pattern, sample, {whole: true}) === 'matches';
	const fixed = fits ? sample : fixedPart(pattern);
	return withLeadingSlash(fixed);
});

/** The beginning of a regular expression, before anything that only it means. */
function fixedPart(pattern: string): string {
	const text = pattern.replace(/^\^/v, '');
	const end = text.search(/[$\(\)*+.?\[\\\]^\{\|\}]/v);
	return end === -1 ? text : text.slice(0, end);
}
