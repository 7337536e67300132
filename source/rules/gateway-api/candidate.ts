import type {Listener, Route, RouteMatch, RouteRule} from '../../model/routes/gateway.ts';
import type {GatewayProfile} from './profile.ts';

/** One match of one rule of a route, on the listener that would serve it. */
export type Candidate = {
	readonly route: Route;
	readonly rule: RouteRule;
	/** Positions in the object, from 0. */
	readonly ruleIndex: number;
	readonly matchIndex: number;
	/** A rule without matches has the default one: PathPrefix `/`. */
	readonly match: RouteMatch;
	readonly listener: Listener;
	/** Of the hosts that the listener serves for the route: the one that takes the request. '' is every host. */
	readonly hostname: string;
	/** All of them. */
	readonly hostnames: readonly string[];
};

/** The path that a match asks for, also for gRPC: its requests go to `/service/method`. */
export type PathRule = {
	readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
	readonly value: string;
};

/** Where a match stands: a rule without any has the default one. */
export function matchField({rule, ruleIndex, matchIndex}: Candidate): string {
	return `spec.rules[${ruleIndex}]${rule.matches.length > 0 ? `.matches[${matchIndex}]` : ''}`;
}

/** A match as the controller reads it. */
export function matchAsRead(
	{filters}: RouteRule,
	match: RouteMatch,
	{redirectsAnyQuery}: Pick<GatewayProfile, 'redirectsAnyQuery'>,
): RouteMatch {
	return redirectsAnyQuery && match.query.length > 0 && filters.some(({type}) => type === 'RequestRedirect')
		? {...match, query: []}
		: match;
}

export const everyMatch: RouteMatch = {headers: [], query: []};

/** A rule without matches takes every request (apis/v1 HTTPRouteRule.matches). */
export function matchesOfRule({matches}: RouteRule): readonly RouteMatch[] {
	return matches.length === 0 ? [everyMatch] : matches;
}

/** apis/v1 HTTPRouteMatch.path: PathPrefix `/` by default. GRPCMethodMatch: an absent service or method is any. */
export function pathOf({path, grpc}: RouteMatch): PathRule {
	if (!grpc) {
		return path ?? {type: 'PathPrefix', value: '/'};
	}

	const {service, method} = grpc;
	if (grpc.type === 'RegularExpression') {
		return {type: 'RegularExpression', value: `/(${service ?? '[^/]+'})/(${method ?? '[^/]+'})`};
	}

	if (service && method) {
		return {type: 'Exact', value: `/${service}/${method}`};
	}

	return service
		? {type: 'PathPrefix', value: `/${service}/`}
		: {type: 'RegularExpression', value: method ? `/[^/]+/${escapeText(method)}` : '/.*'};
}

function escapeText(text: string): string {
	return text.replaceAll(/[^0-9A-Z_a-z]/gv, String.raw`\$&`);
}
