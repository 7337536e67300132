import type {Gateway} from '../../model/gateway.ts';
import type {Attachment} from './attachment.ts';
import {everyMatch, type Candidate} from './candidate.ts';
import {bestHostname, compareHostnames} from './hostnames.ts';
import {listenersFor} from './listeners.ts';
import {mismatches, type Mismatch} from './matching.ts';
import {decide, ranked} from './precedence.ts';
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
	/** Regular expressions that could not be judged, in words. */
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
	const judged = distinct(
		input.attachments
			.filter((attachment) => isOf(attachment, input.gateway))
			.flatMap((attachment) => candidatesOf(attachment, {...input, listeners})),
	).map((candidate) => ({
		candidate,
		failed: mismatches(candidate, input.request, input.profile),
	}));
	const matching = judged.filter(({failed}) => failed.length === 0).map(({candidate}) => candidate);
	const [winner, ...others] = ranked(matching, input.profile);
	return {
		listeners,
		...(winner ? {winner} : {}),
		losers: [
			...others.map((candidate) => ({
				candidate,
				why: winner ? decide(winner, candidate, input.profile).why : '',
				matched: true,
			})),
			...nearest(judged),
		],
		unread: judged.flatMap(({failed}) => failed.filter(({unread}) => unread).map(({why}) => why)),
	};
}

/** TLS ends before the Host header is read: the server name chooses the listener (apis/v1 Listener.hostname). */
function servingListeners(input: SelectInput): readonly string[] {
	const {gateway, port, request, profile, serverName = request.host} = input;
	const names = listenersFor(gateway, {port, host: serverName})
		.filter(({protocol}) => speaks(protocol, request.scheme))
		.map(({name}) => name);
	return profile.isolatesListeners ? names.slice(0, 1) : names;
}

/** Whether an attachment is to this Gateway. */
export function isOf({gateway}: Attachment, wanted: Gateway): boolean {
	return (
		typeof gateway === 'object' &&
		'listeners' in gateway &&
		gateway.namespace === wanted.namespace &&
		gateway.name === wanted.name
	);
}

/** A route may reach a listener by two parentRefs: each of its matches counts once, with its most specific hostname. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
	const byMatch = new Map<string, Candidate>();
	for (const candidate of candidates) {
		const {route, ruleIndex, matchIndex} = candidate;
		const key = [route.routeKind, route.namespace, route.name, ruleIndex, matchIndex].join('/');
		const held = byMatch.get(key);
		if (!held || compareHostnames(candidate.hostname, held.hostname) < 0) {
			byMatch.set(key, candidate);
		}
	}

	return [...byMatch.values()];
}

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

type Among = SelectInput & {readonly listeners: readonly string[]};

/** Every match of the route on the listeners that serve the request, where one of its hosts takes it. */
function candidatesOf({route, answers}: Attachment, {listeners, request}: Among): readonly Candidate[] {
	return answers.flatMap((answer) => {
		if (answer.state !== 'attached' || !listeners.includes(answer.listener.name)) {
			return [];
		}

		const hostname = bestHostname(answer.hostnames, request.host);
		return hostname === undefined
			? []
			: route.rules.flatMap((rule, ruleIndex) =>
					(rule.matches.length === 0 ? [everyMatch] : rule.matches).map((match, matchIndex) => ({
						route,
						rule,
						ruleIndex,
						match,
						matchIndex,
						listener: answer.listener,
						hostname,
						hostnames: answer.hostnames,
					})),
				);
	});
}

type Judged = {readonly candidate: Candidate; readonly failed: readonly Mismatch[]};

const distances: Readonly<Record<Mismatch['on'], number>> = {path: 10, method: 2, header: 1, query: 1};

/** Those that did not match: the ones whose path fits first, then by how little was missing. */
function nearest(judged: readonly Judged[]): readonly Loser[] {
	const distance = ({failed}: Judged) => failed.reduce((sum, {on}) => sum + distances[on], 0);
	return judged
		.filter(({failed}) => failed.length > 0)
		.toSorted((left, right) => distance(left) - distance(right))
		.map(({candidate, failed}) => ({
			candidate,
			why: failed.map(({why}) => why).join(', '),
			matched: false,
		}));
}
