import type {IstioHttpMatch, StringMatch} from '../../model/routes/istio.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {HttpRequest} from '../../model/request.ts';
import {writtenQuery} from '../query-text.ts';
import {testRegex, type RegexBudget} from '../regex/regex.ts';
import {allHold, anyHolds} from '../three-valued.ts';
import type {GatewayProxy} from './servers.ts';
import {gatewayName} from './hosts.ts';

export type MatchContext = {
	readonly request: HttpRequest;
	/** `namespace/name` of the Gateway, and the number of its server's port. */
	readonly gateway: string;
	readonly port: number;
	readonly proxy: GatewayProxy;
	readonly budget: RegexBudget;
};

/** Whether a match is built for this proxy at all (route.go, TranslateRoute and sourceMatchHTTP). */
export function isFor(
	match: IstioHttpMatch,
	{gateway, port, proxy}: MatchContext,
	namespace: string,
): boolean {
	if (match.port !== undefined && match.port !== 0 && match.port !== port) {
		return false;
	}

	return match.gateways.length > 0
		? match.gateways.some((name) => gatewayName(name, namespace) === gateway)
		: matchesLabels(match.sourceLabels, proxy.labels) &&
				(match.sourceNamespace === '' || match.sourceNamespace === proxy.namespace);
}

/** It takes every request: such routes come last in a host, and what follows them in their object is dropped. */
export function isCatchAll({uri, ...match}: IstioHttpMatch): boolean {
	const anyPath =
		uri === undefined ||
		uri.type === 'present' ||
		(uri.type === 'prefix' && uri.value === '/') ||
		(uri.type === 'regex' && uri.value === '.*');
	return (
		anyPath &&
		match.headers.length === 0 &&
		match.withoutHeaders.length === 0 &&
		match.queryParams.length === 0 &&
		[match.method, match.authority, match.scheme].every((part) => part === undefined)
	);
}

/**
Whether a request fits. Undefined: that rests on what is not read. Source: istio/istio of 2026-08-22,
pilot/pkg/networking/core/route/route.go, TranslateRouteMatch; Envoy 1.40, route.v3.RouteMatch and HeaderMatcher.
*/
export function fitsMatch(match: IstioHttpMatch, context: MatchContext): boolean | undefined {
	const {request, budget} = context;
	return allHold([
		fitsPath(match, request.urlPath, budget),
		fits(match.method, request.method, budget),
		fits(match.authority, authorityOf(request), budget),
		fits(match.scheme, request.scheme, budget),
		...match.headers.map((wanted) => fitsHeader(wanted, request, budget)),
		...match.withoutHeaders.map((wanted) => lacksHeader(wanted, request, budget)),
		...match.queryParams.map((wanted) =>
			fitsValue(wanted, writtenQuery(request).find(({name}) => name === wanted.name)?.value, budget),
		),
	]);
}

function fitsPath(
	{uri, ignoreUriCase}: IstioHttpMatch,
	urlPath: string,
	budget: RegexBudget,
): boolean | undefined {
	return ignoreUriCase && uri && uri.type !== 'regex'
		? fits({...uri, value: uri.value.toLowerCase()}, urlPath.toLowerCase(), budget)
		: fits(uri, urlPath, budget);
}

/** `:authority` as curl and browsers send it: with the port unless it is the scheme's own. */
function authorityOf({host, hostHeader = host, port, scheme}: HttpRequest): string {
	return port === (scheme === 'https' ? 443 : 80) ? hostHeader : `${hostHeader}:${port}`;
}

type NamedMatch = IstioHttpMatch['headers'][number];

function fitsHeader(wanted: NamedMatch, request: HttpRequest, budget: RegexBudget): boolean | undefined {
	return isClaim(wanted) ? undefined : fitsAny(wanted, headersOf(request, wanted.name), budget);
}

/** A header that is missing counts as empty here. */
function lacksHeader(wanted: NamedMatch, request: HttpRequest, budget: RegexBudget): boolean | undefined {
	if (isClaim(wanted)) {
		return undefined;
	}

	const values = headersOf(request, wanted.name);
	const isMissing = values.length === 0 && wanted.type !== 'present';
	const found = fitsAny(wanted, isMissing ? [''] : values, budget);
	return found === undefined ? undefined : !found;
}

/** Claims of a JWT, which no header holds in the clear. */
function isClaim({name}: NamedMatch): boolean {
	return name.startsWith('@request.auth.claims');
}

/** Each of several headers of a name counts (seen on Envoy 1.40.0). */
function headersOf({headers, ...request}: HttpRequest, name: string): readonly string[] {
	const wanted = name.toLowerCase();
	return wanted === 'host' || wanted === ':authority'
		? [authorityOf({...request, headers})]
		: headers.filter((header) => header.name.toLowerCase() === wanted).map(({value}) => value);
}

function fitsAny(wanted: StringMatch, values: readonly string[], budget: RegexBudget): boolean | undefined {
	return anyHolds(values.map((value) => fits(wanted, value, budget)));
}

function fitsValue(wanted: StringMatch, value: string | undefined, budget: RegexBudget): boolean | undefined {
	return value === undefined ? false : fits(wanted, value, budget);
}

function fits(wanted: StringMatch | undefined, value: string, budget: RegexBudget): boolean | undefined {
	switch (wanted?.type) {
		case undefined:
		case 'present':
			return true;
		case 'exact':
			return value === wanted.value;
		case 'prefix':
			return value.startsWith(wanted.value);
		case 'regex': {
			const result = testRegex(wanted.value, value, {whole: true, budget});
			return result === 'invalid' ? undefined : result === 'matches';
		}
	}
}
