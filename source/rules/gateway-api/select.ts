import type {Gateway} from '../../model/routes/gateway.ts';
import type {Attachment} from './listeners/attachment.ts';
import {memoizeBy} from '../memoize.ts';
import {matchAsRead, pathOf, type Candidate} from './candidate.ts';
import {conflictsOf} from './conflicts.ts';
import {candidatesFor, type Candidates} from './candidates.ts';
import {mostForPath, tooManyRules} from '../ingress/most-for-path.ts';
import {regexBudget} from '../regex/regex.ts';
import {listenersFor} from './listeners/listeners.ts';
import {mismatches, type Mismatch} from './matching.ts';
import {compareHostnames} from './listeners/hostnames.ts';
import {comparePaths, decide, ranked} from './precedence.ts';
import type {GatewayProfile} from './profile.ts';
import type {HttpRequest} from '../../model/request.ts';

type Loser = {
	readonly candidate: Candidate;
	/** In words, for a person: `method GET wanted`, `older route wins`. */
	readonly why: string;
	/** It would have taken the request, had the winner not been there. */
	readonly matched: boolean;
};

/** What becomes of a request on a port of a Gateway. */
export type Selection = {
	/** Listeners of the port that take the host, the serving one first. Empty: none does. */
	readonly listeners: readonly string[];
	readonly winner?: Candidate;
	/** Of the same listeners and a fitting hostname, the nearest first. */
	readonly losers: readonly Loser[];
	/** Why another rule may take the request: regular expressions that could not be judged, in words. */
	readonly unread: readonly string[];
};

export type SelectInput = {
	readonly gateway: Gateway;
	/** Attachments of all routes; those to other Gateways and those that are refused are passed over. */
	readonly attachments: readonly Attachment[];
	/** The listener's port. */
	readonly port: number;
	readonly request: HttpRequest;
	readonly profile: GatewayProfile;
	/** The name that the client gave in the TLS handshake, where it is not the host. */
	readonly serverName?: string;
};

/**
Chooses the rule that takes a request: listener, hostname, then the match. TLSRoutes have the host as server name and no matches,
TCPRoutes neither; the listener's protocol decides which kinds are attached at all.
*/
export function selectRule(input: SelectInput): Selection {
	const listeners = servingListeners(input);
	const candidates = candidatesFor(attachedTo(input.attachments, input.gateway), {
		listeners,
		host: input.request.host,
		wholeRegex: input.profile.wholeRegex,
		ignoresServerName: input.profile.ignoresServerName,
	});
	const judging = {...input.profile, budget: regexBudget()};
	const fitting = candidates.forPath(input.request.urlPath);
	const apart = whyApart(input, candidates);
	const judged = ofOnePath(
		input.profile,
		toJudge(candidates.all, fitting.slice(0, mostForPath)).map((written) => {
			const candidate = {...written, match: matchAsRead(written.rule, written.match, input.profile)};
			return {candidate, apart: apart(candidate), failed: mismatches(candidate, input.request, judging)};
		}),
	);
	const evaluated = judged.filter((each) => each.apart === undefined);
	const matching = evaluated.filter(({failed}) => failed.length === 0).map(({candidate}) => candidate);
	const [winner, ...others] = ranked(matching, input.profile);
	return {
		listeners,
		winner,
		losers: [
			...others.map((candidate) => ({
				candidate,
				why: winner ? decide(winner, candidate, input.profile).why : '',
				matched: true,
			})),
			...setApart(judged),
			...nearest(evaluated),
		],
		unread: [
			...(fitting.length > mostForPath ? [tooManyRules] : []),
			...unreadBefore(winner, evaluated, input.profile),
		],
	};
}

/** Why a rule is not looked at, whatever it matches; undefined where it is. */
function whyApart(
	{profile, attachments, gateway}: SelectInput,
	candidates: Candidates,
): (candidate: Candidate) => string | undefined {
	const best = profile.isolatesHosts ? candidates.best : undefined;
	const conflicts = profile.dropsConflicts
		? conflictsOf(attachedTo(attachments, gateway), profile)
		: () => false;
	return (candidate) =>
		best !== undefined && compareHostnames(best, candidate.hostname) < 0
			? `only rules of hostname ${best} are looked at here`
			: conflicts(candidate)
				? 'left out: an older route has the same match for one of its hosts'
				: profile.leavesOutBare && isBare(candidate)
					? leftOutBare
					: profile.grpcByFullName && isPartOfName(candidate)
						? 'left out: the controller needs both service and method, of type Exact'
						: undefined;
}

/** Of a GRPCRoute: what stands for several methods, or is a regular expression. */
function isPartOfName({match: {grpc}}: Candidate): boolean {
	return grpc !== undefined && (grpc.type === 'RegularExpression' || !grpc.service || !grpc.method);
}

/** Why a rule is not looked at that leads nowhere, where its controller leaves it out. */
export const leftOutBare = 'left out: it has no backendRefs';

function isBare({rule: {backendRefs, filters}}: Candidate): boolean {
	return backendRefs.length === 0 && !filters.some(({type}) => type === 'RequestRedirect');
}

type Judged = Evaluated & {readonly apart: string | undefined};

/** Where the path is chosen first, rules of other paths are not looked at, whatever else they ask for. */
function ofOnePath(profile: GatewayProfile, judged: readonly Judged[]): readonly Judged[] {
	if (!profile.isolatesPaths) {
		return judged;
	}

	const onPath = judged.filter(
		({apart, failed}) => apart === undefined && failed.every(({on}) => on !== 'path'),
	);
	const [best] = onPath.toSorted((left, right) => comparePaths(left.candidate, right.candidate, profile));
	return best
		? judged.map((each) =>
				each.apart === undefined && comparePaths(best.candidate, each.candidate, profile) < 0
					? {...each, apart: `only rules of path ${pathOf(best.candidate.match).value} are looked at here`}
					: each,
			)
		: judged;
}

/** Rules that would take the request, were they looked at. */
function setApart(judged: readonly Judged[]): readonly Loser[] {
	return judged.flatMap(({candidate, apart, failed}) =>
		apart !== undefined && failed.length === 0 ? [{candidate, why: apart, matched: false}] : [],
	);
}

/** How many rules whose path does not fit are compared for how near they are. */
const mostOthers = 40;

/** Those that may take the path, and some others: what does not match is told by how little was missing. In their order. */
function toJudge(all: readonly Candidate[], fitting: readonly Candidate[]): readonly Candidate[] {
	if (all.length <= mostOthers) {
		return all;
	}

	const first = all.slice(0, mostOthers);
	const shown = new Set(first);
	return [...first, ...fitting.filter((candidate) => !shown.has(candidate))];
}

/** TLS ends before the Host header is read: the server name chooses the listener (apis/v1 Listener.hostname). */
function servingListeners(input: SelectInput): readonly string[] {
	const {gateway, port, request, profile, serverName = request.host} = input;
	const names = listenersFor(gateway, {port, host: serverName})
		.filter(({protocol}) => speaks(protocol, request.scheme))
		.map(({name}) => name);
	return profile.isolatesListeners ? names.slice(0, 1) : names;
}

function attachedTo(attachments: readonly Attachment[], gateway: Gateway): readonly Attachment[] {
	return attachedBy(attachments, `${gateway.namespace}/${gateway.name}`);
}

const attachedBy = memoizeBy((attachments: readonly Attachment[], name) =>
	attachments.filter(
		({gateway}) =>
			typeof gateway === 'object' &&
			'listeners' in gateway &&
			`${gateway.namespace}/${gateway.name}` === name,
	),
);

/** https needs a listener that takes TLS, plain http one that does not; protocols that are not known are not judged. */
export function speaks(protocol: string, scheme: HttpRequest['scheme']): boolean {
	switch (protocol) {
		case 'HTTP':
			return scheme === 'http';
		case 'HTTPS':
		case 'TLS':
			return scheme === 'https';
		case 'UDP':
			return false;
		default:
			return true;
	}
}

/** Those that nothing but an unread regular expression keeps from the request, and that would go before the winner. */
function unreadBefore(
	winner: Candidate | undefined,
	evaluated: readonly Evaluated[],
	profile: GatewayProfile,
): readonly string[] {
	return evaluated
		.filter(({failed}) => failed.length > 0 && failed.every(({unread}) => unread))
		.filter(({candidate}) => !winner || decide(winner, candidate, profile).order > 0)
		.slice(0, 3)
		.flatMap(({failed}) => failed.map(({why}) => why));
}

type Evaluated = {readonly candidate: Candidate; readonly failed: readonly Mismatch[]};

const distances: Readonly<Record<Mismatch['on'], number>> = {path: 10, method: 2, header: 1, query: 1};

/** Those that did not match: the ones whose path fits first, then by how little was missing. */
function nearest(evaluated: readonly Evaluated[]): readonly Loser[] {
	const distance = ({failed}: Evaluated) => failed.reduce((sum, {on}) => sum + distances[on], 0);
	return evaluated
		.filter(({failed}) => failed.length > 0)
		.map((each) => ({...each, far: distance(each)}))
		.toSorted((left, right) => left.far - right.far)
		.slice(0, mostOthers)
		.map(({candidate, failed}) => ({
			candidate,
			why: failed.map(({why}) => why).join(', '),
			matched: false,
		}));
}
