import type {ValueMatch} from '../../model/routes/gateway.ts';
import {pathOf, type Candidate, type PathRule} from './candidate.ts';
import type {GatewayProfile} from './profile.ts';
import {testRegex, type RegexBudget} from '../regex/regex.ts';
import type {HttpRequest} from '../../model/request.ts';
import {writtenQuery} from '../query-text.ts';
import {hasElementPrefix} from '../ingress/url-path.ts';

/** What of a request a match does not take, in the order in which it is looked at. */
export type Mismatch = {
	readonly on: 'path' | 'method' | 'header' | 'query';
	/** In words: `method POST wanted`. */
	readonly why: string;
	/** A regular expression that could not be read: counted as not matching, and said. */
	readonly unread?: true;
};

/** The rules of a Gateway, and what the regular expressions of one request may cost. */
type Judging = GatewayProfile & {readonly budget: RegexBudget};

/** All that keeps a match from taking the request; empty when it takes it (fields of one match are ANDed, apis/v1). */
export function mismatches(
	candidate: Pick<Candidate, 'match' | 'route'>,
	request: HttpRequest,
	profile: Judging,
): readonly Mismatch[] {
	const {match} = candidate;
	return [
		pathMismatch(pathOf(match), request.urlPath, profile),
		methodMismatch(candidate, request, profile),
		...counted(match.headers, lower, profile).map((wanted) => headerMismatch(wanted, request, profile)),
		...counted(match.query, same, profile).map((wanted) => queryMismatch(wanted, request, profile)),
	].filter((mismatch) => mismatch !== undefined);
}

const lower = (name: string) => name.toLowerCase();
const same = (name: string) => name;

function methodMismatch(
	{match, route}: Pick<Candidate, 'match' | 'route'>,
	{method}: HttpRequest,
	profile: GatewayProfile,
): Mismatch | undefined {
	if (match.method && match.method !== method) {
		return {on: 'method', why: `method ${match.method} wanted`};
	}

	// gRPC is POST over HTTP/2; Traefik does not look at it.
	return route.routeKind === 'GRPCRoute' && method !== 'POST' && profile.grpcByPost
		? {on: 'method', why: 'a gRPC call (POST) wanted'}
		: undefined;
}

function counted(
	wanted: readonly ValueMatch[],
	fold: (name: string) => string,
	{anyValue}: GatewayProfile,
): readonly ValueMatch[] {
	return anyValue ? wanted : firstOfEachName(wanted, fold);
}

/** Entries of an equal name after the first are ignored (apis/v1 HTTPHeaderMatch.name, HTTPQueryParamMatch.name). */
export function firstOfEachName(
	wanted: readonly ValueMatch[],
	fold: (name: string) => string,
): readonly ValueMatch[] {
	return wanted.filter(
		(item, index) => wanted.findIndex((other) => fold(other.name) === fold(item.name)) === index,
	);
}

function pathMismatch(rule: PathRule, urlPath: string, profile: Judging): Mismatch | undefined {
	switch (rule.type) {
		case 'Exact':
			return urlPath === rule.value ? undefined : {on: 'path', why: `path ${rule.value} wanted, exactly`};
		case 'PathPrefix':
			return hasElementPrefix(urlPath, rule.value)
				? undefined
				: {on: 'path', why: `path under ${rule.value} wanted`};
		case 'RegularExpression':
			return regexMismatch('path', `path ~ ${rule.value}`, {
				pattern: profile.startsPathRegex ? `^${rule.value}` : rule.value,
				text: urlPath,
				whole: profile.wholeRegex,
				budget: profile.budget,
			});
	}
}

/** Header names ignore case; several headers of one name count as one list (RFC 9110). */
function headerMismatch(wanted: ValueMatch, request: HttpRequest, profile: Judging): Mismatch | undefined {
	const given = valuesOf(wanted.name, request);
	const isEach = profile.anyValue || profile.anyHeaderValue;
	const values = isEach || given.length === 0 ? given : [given.join(',')];
	return valueMismatch({on: 'header', wanted, profile}, values);
}

function valuesOf(wanted: string, {headers, host, hostHeader}: HttpRequest): readonly string[] {
	return lower(wanted) === 'host'
		? [hostHeader ?? host]
		: headers.filter(({name}) => lower(name) === lower(wanted)).map(({value}) => value);
}

/** Query names keep their case; of several values the first counts (apis/v1 HTTPQueryParamMatch.name). */
function queryMismatch(wanted: ValueMatch, request: HttpRequest, profile: Judging): Mismatch | undefined {
	const query = profile.comparesWrittenQuery ? writtenQuery(request) : request.query;
	const given = query.filter(({name}) => name === wanted.name).map(({value}) => value);
	return valueMismatch({on: 'query', wanted, profile}, profile.anyValue ? given : given.slice(0, 1));
}

type Wanted = {
	readonly on: 'header' | 'query';
	readonly wanted: ValueMatch;
	readonly profile: Judging;
};

function valueMismatch(requested: Wanted, values: readonly string[]): Mismatch | undefined {
	const {on, wanted} = requested;
	const noun = on === 'header' ? 'header' : 'query parameter';
	const found = values.map((value) => oneMismatch(requested, noun, value));
	return values.length === 0
		? {on, why: `${noun} ${wanted.name} missing`}
		: found.includes(undefined)
			? undefined
			: found[0];
}

function oneMismatch({on, wanted, profile}: Wanted, noun: string, value: string): Mismatch | undefined {
	if (wanted.type === 'RegularExpression') {
		return regexMismatch(on, `${noun} ${wanted.name} ~ ${wanted.value}`, {
			pattern: wanted.value,
			text: value,
			whole: profile.wholeRegex,
			budget: profile.budget,
		});
	}

	return value === wanted.value ? undefined : {on, why: `${noun} ${wanted.name}: ${wanted.value} wanted`};
}

type Compared = {
	readonly pattern: string;
	readonly text: string;
	readonly whole: boolean;
	readonly budget: RegexBudget;
};

function regexMismatch(
	on: Mismatch['on'],
	label: string,
	{pattern, text, ...how}: Compared,
): Mismatch | undefined {
	switch (testRegex(pattern, text, how)) {
		case 'matches':
			return undefined;
		case 'differs':
			return {on, why: `${label} wanted`};
		case 'invalid':
			return {on, why: `${label}: not a regular expression that can be judged`, unread: true};
	}
}
