import type {Route, ValueMatch} from '../../model/routes/gateway.ts';
import {pathOf, type Candidate} from './candidate.ts';
import {compareHostnames} from './listeners/hostnames.ts';
import {firstOfEachName} from './matching.ts';
import type {GatewayProfile} from './profile.ts';
import {compareText} from '../../model/matching/compare-text.ts';

/** Negative: the left one wins. `why` is what is said of the one that loses. */
export type Decision = {readonly order: number; readonly why: string};

type Rule = (left: Candidate, right: Candidate, profile: GatewayProfile) => Decision | undefined;

/** Which of two matches that both take a request serves it. */
export function decide(left: Candidate, right: Candidate, profile: GatewayProfile): Decision {
	const rules = profile.sumsPriorities ? [bySum, ...ties] : [...bySpec, ...ties];
	return first(rules, left, right, profile) ?? {order: 0, why: 'the same match twice'};
}

function first(
	rules: readonly Rule[],
	left: Candidate,
	right: Candidate,
	profile: GatewayProfile,
): Decision | undefined {
	for (const rule of rules) {
		const decision = rule(left, right, profile);
		if (decision) {
			return decision;
		}
	}

	return undefined;
}

/** By type and length of their paths alone. Below zero: the left one goes first. */
export function comparePaths(left: Candidate, right: Candidate, profile: GatewayProfile): number {
	const longer = pathOf(right.match).value.length - pathOf(left.match).value.length;
	return byPathType(left, right, profile)?.order ?? longer;
}

/** Orders candidates, the winner first. Only what of the request the rules look at has been matched before. */
export function ranked(candidates: readonly Candidate[], profile: GatewayProfile): readonly Candidate[] {
	return candidates.toSorted((left, right) => decide(left, right, profile).order);
}

/** A rule from a number: the larger one wins. */
function larger(measure: (candidate: Candidate) => number, why: string): Rule {
	return (left, right) => {
		const order = measure(right) - measure(left);
		return order === 0 ? undefined : {order, why};
	};
}

const headersOf = ({match}: Candidate) => firstOfEachName(match.headers, (name) => name.toLowerCase());
const queryOf = ({match}: Candidate) => firstOfEachName(match.query, (name) => name);
const methodCount = ({match}: Candidate) => (match.method ? 1 : 0);
const exactCount = (matches: readonly ValueMatch[]) => matches.filter(({type}) => type === 'Exact').length;

const byMethodFirst: readonly Rule[] = [
	larger(methodCount, 'no method asked for'),
	larger((candidate) => headersOf(candidate).length, 'fewer headers asked for'),
	larger((candidate) => queryOf(candidate).length, 'fewer query parameters asked for'),
];

/** Envoy Gateway, internal/gatewayapi/sort.go. */
const byAllHeaders: readonly Rule[] = [
	larger(
		(candidate) => headersOf(candidate).length + methodCount(candidate),
		'fewer headers asked for, the method counted with them',
	),
	larger(
		(candidate) => exactCount(headersOf(candidate)) + methodCount(candidate),
		'fewer of its headers are exact',
	),
	larger((candidate) => queryOf(candidate).length, 'fewer query parameters asked for'),
	larger((candidate) => exactCount(queryOf(candidate)), 'fewer of its query parameters are exact'),
];

/** apis/v1 HTTPRouteSpec.hostnames comes before HTTPRouteRule.matches; GRPCRouteRule.matches for gRPC. */
const bySpec: readonly Rule[] = [
	(left, right) => {
		const order = compareHostnames(left.hostname, right.hostname);
		const [winner, loser] = order < 0 ? [left, right] : [right, left];
		return order === 0
			? undefined
			: {order, why: `hostname ${winner.hostname} is more specific than ${loser.hostname || '*'}`};
	},
	(left, right, profile) =>
		left.match.grpc && right.match.grpc
			? byGrpcLength(left, right, profile)
			: byPathType(left, right, profile),
	(left, right, profile) => byBareGrpc(left, right, profile),
	larger((candidate) => pathOf(candidate.match).value.length, 'shorter path prefix'),
	(left, right, profile) => byPathText(left, right, profile),
	(left, right, profile) =>
		first(profile.methodIsHeader ? byAllHeaders : byMethodFirst, left, right, profile),
];

const byPathText: Rule = (left, right, profile) => {
	const order = profile.laterPathFirst ? compareText(pathOf(right.match).value, pathOf(left.match).value) : 0;
	return order === 0 ? undefined : {order, why: 'its path is as long, and earlier in the order of text'};
};

/** A rule of a GRPCRoute without matches has no path, which is less than the `/` of an HTTPRoute. */
const byBareGrpc: Rule = (left, right, profile) =>
	profile.bareGrpcLast
		? larger(
				({route, rule}) => (route.routeKind === 'GRPCRoute' && rule.matches.length === 0 ? 0 : 1),
				'no path asked for',
			)(left, right, profile)
		: undefined;

const byGrpcLength: Rule = (...pair) =>
	larger(({match}) => match.grpc?.service?.length ?? 0, 'shorter gRPC service')(...pair) ??
	larger(({match}) => match.grpc?.method?.length ?? 0, 'shorter gRPC method')(...pair);

/** Where a regular expression stands is left to implementations (apis/v1 HTTPRouteRule.matches). */
const byPathType: Rule = (left, right, {pathTypes}) => {
	const [first, second] = [pathOf(left.match).type, pathOf(right.match).type];
	const order = pathTypes.indexOf(first) - pathTypes.indexOf(second);
	const winner = order < 0 ? first : second;
	return order === 0
		? undefined
		: {order, why: winner === 'Exact' ? 'exact path wins' : `a path of type ${winner} goes first here`};
};

/** The oldest route, then `namespace/name`, then the first rule and match (apis/v1 HTTPRouteRule.matches). */
const ties: readonly Rule[] = [
	({route: left}, {route: right}) => {
		const order = byCreation(left, right);
		return order === 0 ? undefined : {order, why: 'older route wins'};
	},
	({route: left}, {route: right}) => {
		const order = byName(left, right);
		return order === 0 ? undefined : {order, why: 'alphabetically first route wins'};
	},
	(left, right) => {
		const order = left.ruleIndex - right.ruleIndex || left.matchIndex - right.matchIndex;
		return order === 0 ? undefined : {order, why: 'earlier rule wins'};
	},
];

/** The oldest first, then by name. */
export function compareAge(left: Route, right: Route): number {
	return byCreation(left, right) || byName(left, right);
}

function byCreation(left: Route, right: Route): number {
	return (left.createdAt ?? Infinity) - (right.createdAt ?? Infinity) || 0;
}

function byName(left: Route, right: Route): number {
	return compareText(`${left.namespace}/${left.name}`, `${right.namespace}/${right.name}`);
}

const bySum: Rule = (left, right) => {
	const [first, second] = [traefikPriority(left), traefikPriority(right)];
	const order = second - first;
	const [winner, loser] = order < 0 ? [first, second] : [second, first];
	return order === 0 ? undefined : {order, why: `Traefik gives it priority ${loser}, the winner ${winner}`};
};

/** One number for a router (Traefik, pkg/provider/kubernetes/gateway/httproute.go, buildMatchRule). */
export function traefikPriority(candidate: Candidate): number {
	const {match, hostnames, route, ruleIndex} = candidate;
	const host = Math.max(0, ...hostnames.map(({length}) => length));
	const method = match.method ? 1000 : 0;
	return (
		host +
		traefikPath(candidate) +
		method +
		match.headers.length * 100 +
		match.query.length * 10 +
		(route.rules.length - ruleIndex)
	);
}

function traefikPath({match}: Candidate): number {
	const {type, value} = pathOf(match);
	if (type === 'Exact') {
		return 100_000;
	}

	return type === 'PathPrefix' && value === '/' ? 1 : 10_000 + value.length * 100;
}
