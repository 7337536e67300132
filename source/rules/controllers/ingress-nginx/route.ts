import {noMatch, taken, type RouteDecision, type RouteInput, type RuleRef} from '../../ingress/decision.ts';
import {passwordOf, sourcesOf} from './access.ts';
import {admittedBy} from '../../source-lists.ts';
import {annotationOf} from './annotations.ts';
import {withCanaries} from './canary.ts';
import {mayBeLeftOut, whyLeftOut} from './left-out.ts';
import {fixedRedirect, nginxRedirect, wwwRedirect} from './redirect.ts';
import type {Location} from './locations.ts';
import {configurationOf, serverFor, type Configuration, type Server} from './server.ts';
import {fitsRegex} from '../../regex/fits-regex.ts';
import {decodeText, normalPath} from '../../ingress/url-path.ts';
import {mostForPath, tooManyRules} from '../../ingress/most-for-path.ts';
import {captureRegex, regexBudget} from '../../regex/regex.ts';

type Losers = RouteDecision['losers'];

/** The rules of kubernetes/ingress-nginx (retired in March 2026): servers by host, locations by nginx's own matching. */
export function routeByNginx(given: RouteInput): RouteDecision {
	const decision = routeLoaded(given);
	const {ingresses, settings, version} = given;
	if (!configurationOf(ingresses, settings, version).leavesOut) {
		return decision;
	}

	// As it would be if the controller loaded all of them.
	const wanted = routeLoaded({
		...given,
		settings: {...settings, 'annotations-risk-level': 'Critical'},
	}).matched;
	const leftOut = wanted && whyLeftOut(wanted.ingress, settings, version);
	if (!wanted || !leftOut) {
		return decision;
	}

	return mayBeLeftOut(wanted.ingress, settings, version)
		? {
				...decision,
				undecided: [...decision.undecided, `whether ${leftOut.why}, for its version is not known`],
			}
		: {...decision, losers: [{rule: wanted, ...leftOut, shadowed: true}, ...decision.losers]};
}

function routeLoaded(given: RouteInput): RouteDecision {
	const {ingresses, settings, version} = given;
	const input = {...given, configuration: configurationOf(ingresses, settings, version)};
	const twin = input.configuration.twins.get(input.request.host.toLowerCase());
	if (twin !== undefined) {
		return {...noMatch, status: undefined, redirect: wwwRedirect(input, twin)};
	}

	const {server, undecided: names} = serverFor(input.configuration, input.request.host);
	if (server.passes && input.request.scheme === 'https') {
		return {...taken(server.passes, {undecided: names}), passesTls: true};
	}

	// nginx matches the decoded path, with slashes merged and dots resolved.
	const urlPath = normalPath(input.request.urlPath, decodeText);
	const match = server.isRegex ? matchRegex(server, urlPath) : matchPrefix(server, urlPath);
	const undecided = [...names, ...match.undecided];
	if (!match.location) {
		return {...directoryRedirect(input, server, urlPath), undecided};
	}

	const decision = serve(input, match.location, server);
	return {
		...decision,
		losers: losersOf(match.location, match.others, server),
		undecided: [...undecided, ...decision.undecided],
	};
}

type Configured = RouteInput & {readonly configuration: Configuration};

type Match = {
	readonly location?: Location;
	readonly others: readonly Location[];
	readonly undecided: readonly string[];
};

/** In the order of the configuration, longest text first; anchored at the start only, and without case. */
function matchRegex({locationsFor}: Server, urlPath: string): Match {
	const budget = regexBudget();
	const undecided: string[] = [];
	const fits: Location[] = [];
	const locations = locationsFor(urlPath);
	for (const location of locations) {
		const fit = fitsRegex(`(?i)^${location.path}`, urlPath, budget);
		if (fit) {
			fits.push(location);
		} else if (fit === undefined && fits.length === 0) {
			undecided.push(`the regular expression ${location.path} could not be read`);
		}

		if (budget.left <= 0) {
			break;
		}
	}

	const tooMany = budget.left <= 0 && fits.length === 0;
	return {
		location: fits[0],
		others: fits.slice(1),
		undecided: [
			...undecided,
			...(tooMany ? ['the host has too many regular expressions to compare them all'] : []),
			...(locations.length > mostForPath ? [tooManyRules] : []),
		],
	};
}

/** An exact location first, then the longest that is a prefix of the text (nginx, location): of many the longest are looked at. */
function matchPrefix({locationsFor}: Server, urlPath: string): Match {
	const locations = locationsFor(urlPath);
	const exact = locations.filter(({path, pathType}) => pathType === 'Exact' && path === urlPath);
	const prefix = locations.filter(({path, pathType}) => pathType !== 'Exact' && urlPath.startsWith(path));
	const fits = [...exact, ...prefix];
	const isDirectory =
		exact.length === 0 &&
		locations.some(({path, pathType}) => pathType !== 'Exact' && path === `${urlPath}/`);
	return isDirectory
		? {others: [], undecided: []}
		: {location: fits[0], others: fits.slice(1), undecided: []};
}

/** A location that ends in a slash answers its path without the slash by 301 (nginx, location). */
function directoryRedirect({request}: RouteInput, server: Server, urlPath: string): RouteDecision {
	const rule = server.locationsFor(urlPath).find(({path}) => path === `${urlPath}/`)?.rule;
	const location = `${request.scheme}://${request.host}${urlPath}/`;
	return rule
		? taken(rule, {redirect: {scheme: request.scheme, host: request.host, status: 301, location}})
		: noMatch;
}

function losersOf(location: Location, others: readonly Location[], {isRegex, repeated}: Server): Losers {
	const why = isRegex
		? 'paths of this host are regular expressions, and the longest text is tried first'
		: 'nginx takes an exact location, then the longest prefix';
	const rules = others.flatMap(({rule, isDefault}) =>
		rule && !isDefault && rule !== location.rule ? [{rule, why}] : [],
	);
	const twins = ((location.rule && repeated.get(location.rule)) ?? []).map((rule) => ({
		rule,
		why: 'the oldest Ingress wins for the same host, path and type',
		shadowed: true,
	}));
	return [...new Map([...rules, ...twins].map((loser) => [loser.rule, loser])).values()];
}

function serve(input: Configured, location: Location, server: Server): RouteDecision {
	const {request, settings, configuration} = input;
	const {ingress, rule, isDefault} = location;
	const redirect = redirectOf(input, location, server);
	if (!rule) {
		return redirect ? {...noMatch, status: undefined, redirect} : noMatch;
	}

	if (ingress && fixedRedirect({ingress, request, settings})) {
		return taken(rule, {isDefault, redirect, backends: []});
	}

	const sources = redirect || !ingress ? undefined : sourcesOf(ingress, settings);
	const {canaries} = configuration;
	const {backends, undecided} = withCanaries({primary: rule, canaries, request, settings});
	const decision = taken(rule, {
		sources: sources && admittedBy(sources) !== 'everybody' ? sources : undefined,
		asked: ingress && passwordOf(ingress, settings),
		isDefault,
		backends,
		redirect,
		upstreamPath: rewritten(location, input),
		undecided,
	});
	return backends.length === 1 ? {...decision, ...withDefaultBackend(input, rule)} : decision;
}

function redirectOf(
	{request, settings, configuration}: Configured,
	{ingress, path}: Location,
	server: Server,
): RouteDecision['redirect'] {
	const hasCertificate = server.host !== '' && configuration.tlsHosts.has(server.host);
	return ingress && nginxRedirect({request, ingress, path, settings, hasCertificate});
}

/** No endpoints: 503, or the Service of annotation `default-backend` where that one has some. */
function withDefaultBackend({backendState, settings}: RouteInput, rule: RuleRef): Partial<RouteDecision> {
	const {type} = backendState(rule.ingress, rule.backend);
	if (type !== 'no-service' && type !== 'no-port' && type !== 'empty') {
		return {};
	}

	const name = annotationOf(rule.ingress, 'default-backend', settings);
	const backend = {type: 'service', name: name ?? '', port: {}} as const;
	if (!name || backendState(rule.ingress, backend).type !== 'ready') {
		return {status: 503};
	}

	const substitute: RuleRef = {ingress: rule.ingress, host: rule.host, backend};
	return {
		matched: substitute,
		isDefault: true,
		backends: [{rule: substitute, weight: 1, share: 1}],
	};
}

/** `rewrite "(?i)PATH" TARGET break`: the whole path is replaced, capture groups are filled in. */
export function rewritten(
	{ingress, path}: Pick<Location, 'ingress' | 'path'>,
	{request, settings}: Pick<RouteInput, 'request' | 'settings'>,
): RouteDecision['upstreamPath'] {
	const target = ingress && annotationOf(ingress, 'rewrite-target', settings);
	if (!target || target === path) {
		return undefined;
	}

	const groups = captureRegex(`(?i)${path}`, request.urlPath);
	return groups === 'invalid'
		? {unread: path}
		: groups && target.replaceAll(/\$(\d)/gu, (_, group: string) => groups[Number(group)] ?? '');
}
