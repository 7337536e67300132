import type {PathModifier, RouteFilter} from '../../model/routes/gateway.ts';
import {pathOf, type Candidate} from './candidate.ts';
import type {GatewayProfile} from './profile.ts';
import {queryText} from '../query-text.ts';
import type {HttpRequest} from '../../model/request.ts';
import {withLeadingSlash, withoutTrailingSlash} from '../slashes.ts';
import {hasElementPrefix} from '../ingress/url-path.ts';

export type Redirect = {
	readonly statusCode: number;
	readonly scheme: string;
	readonly host: string;
	/** Absent: the well-known port of the scheme, which the Location leaves out. */
	readonly port?: number;
	readonly urlPath: string;
	/** The Location header, with the query of the request. */
	readonly location: string;
};

type RedirectProfile = Pick<GatewayProfile, 'prefixRedirect' | 'showsUsualPort'>;

const wellKnown: Readonly<Record<string, number>> = {http: 80, https: 443};

/** Where a RequestRedirect filter sends the client (apis/v1 HTTPRequestRedirectFilter). `port`: where neither scheme nor port is given. */
export function redirectOf(
	filter: Extract<RouteFilter, {type: 'RequestRedirect'}>,
	candidate: Candidate,
	{
		request,
		port,
		profile,
	}: {readonly request: HttpRequest; readonly port: number; readonly profile: RedirectProfile},
): Redirect {
	const scheme = filter.scheme ?? request.scheme;
	const host = filter.hostname ?? request.host;
	// An explicit scheme brings its well-known port; without one the listener's port stays.
	const wanted = filter.port ?? (filter.scheme ? (wellKnown[scheme] ?? port) : port);
	const isGiven = profile.showsUsualPort && filter.port !== undefined;
	const shown = wanted === wellKnown[scheme] && !isGiven ? undefined : wanted;
	const urlPath =
		textReplaced(filter.path, candidate, request.urlPath, profile) ??
		changePath(filter.path, candidate, request.urlPath);
	const query = queryText(request);
	const authority = shown === undefined ? host : `${host}:${shown}`;
	return {
		statusCode: filter.statusCode,
		scheme,
		host,
		port: shown,
		urlPath,
		location: `${scheme}://${authority}${urlPath}${query}`,
	};
}

/** Envoy's prefix_rewrite: the text of the prefix goes, without its slash at the end, and the replacement comes as it is. */
function textReplaced(
	modifier: PathModifier | undefined,
	{match}: Candidate,
	urlPath: string,
	{prefixRedirect}: RedirectProfile,
): string | undefined {
	const {type, value} = pathOf(match);
	const isText =
		prefixRedirect === 'text' || (prefixRedirect === 'text-or-none' && !/^\/?$/v.test(modifier?.value ?? ''));
	const isPrefix =
		modifier?.type === 'ReplacePrefixMatch' && type === 'PathPrefix' && hasElementPrefix(urlPath, value);
	const prefix = value === '/' ? value : withoutTrailingSlash(value);
	return isPrefix && isText && modifier.value !== ''
		? `${modifier.value}${urlPath.slice(prefix.length)}`
		: undefined;
}

/** Host and path as the backend sees them after a URLRewrite filter. */
export function rewrittenUrl(
	filter: Extract<RouteFilter, {type: 'URLRewrite'}> | undefined,
	candidate: Candidate,
	{host, urlPath}: HttpRequest,
): {readonly host: string; readonly urlPath: string} {
	return {host: filter?.hostname ?? host, urlPath: changePath(filter?.path, candidate, urlPath)};
}

/**
apis/v1 HTTPPathModifier: ReplacePrefixMatch takes whole elements, ignores a trailing slash of both prefix and replacement, and
leaves at least `/`. It needs a PathPrefix match; with another the path stays.
*/
function changePath(modifier: PathModifier | undefined, {match}: Candidate, urlPath: string): string {
	if (!modifier) {
		return urlPath;
	}

	if (modifier.type === 'ReplaceFullPath') {
		return modifier.value === '' ? '/' : modifier.value;
	}

	const {type, value} = pathOf(match);
	if (type !== 'PathPrefix' || !hasElementPrefix(urlPath, value)) {
		return urlPath;
	}

	const rest = urlPath.slice(withoutTrailingSlash(value).length);
	const changed = `${withoutTrailingSlash(modifier.value)}${rest}`;
	return withLeadingSlash(changed);
}
