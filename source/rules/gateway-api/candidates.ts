import {indexByPath} from '../ingress/path-index.ts';
import {mostForPath} from '../ingress/most-for-path.ts';
import {memoizeBy} from '../memoize.ts';
import type {Attachment} from './listeners/attachment.ts';
import {matchesOfRule, pathOf, type Candidate} from './candidate.ts';
import {offers} from './listeners/delegation.ts';
import {bestHostname, compareHostnames} from './listeners/hostnames.ts';
import {regexStart} from '../regex/regex-start.ts';

/** All matches that stand on some listeners for a host, and which of them may take a path. */
export type Candidates = {
	readonly all: readonly Candidate[];
	/** The most specific of their hostnames. Absent: there are no matches. */
	readonly best?: string;
	/** In the order of `all`. */
	readonly forPath: (urlPath: string) => readonly Candidate[];
};

type Requested = {
	readonly listeners: readonly string[];
	readonly host: string;
	/** A regular expression takes a path from its start on, not a part of it. */
	readonly wholeRegex: boolean;
	/** A TLSRoute takes every name of a listener that ends TLS. */
	readonly ignoresServerName: boolean;
};

/** Found once for all requests of a host: attachments are those of a snapshot, and never change. */
export function candidatesFor(attachments: readonly Attachment[], requested: Requested): Candidates {
	const {listeners, host, wholeRegex, ignoresServerName} = requested;
	return known(attachments, JSON.stringify([listeners, host, wholeRegex, ignoresServerName]));
}

const known = memoizeBy((attachments: readonly Attachment[], key): Candidates => {
	const [listeners, host, wholeRegex, ignoresServerName] = JSON.parse(key) as [
		readonly string[],
		string,
		boolean,
		boolean,
	];
	const all = distinct(
		attachments.flatMap((attachment) => candidatesOf(attachment, {listeners, host, ignoresServerName})),
	);
	const find = indexByPath(
		all.map((item, position) => ({item, position})),
		(candidate) => startOf(candidate, wholeRegex),
		mostForPath + 1,
	);
	const [best] = [...new Set(all.map(({hostname}) => hostname))].toSorted(compareHostnames);
	return {
		all,
		best,
		forPath: (urlPath) =>
			find(urlPath)
				.toSorted((a, b) => a.position - b.position)
				.map(({item}) => item),
	};
});

/** Where all paths begin that a match may take. */
function startOf({match}: Candidate, wholeRegex: boolean): string {
	const {type, value} = pathOf(match);
	if (type !== 'RegularExpression') {
		return value;
	}

	return wholeRegex || value.startsWith('^') ? regexStart(value) : '';
}

/** Every match of the route on the listeners that serve the request, where one of its hosts takes it. */
function candidatesOf(
	attachment: Attachment,
	{listeners, host, ignoresServerName}: Omit<Requested, 'wholeRegex'>,
): readonly Candidate[] {
	const {route, answers} = attachment;
	return answers.flatMap((answer) => {
		if (answer.state !== 'attached' || !listeners.includes(answer.listener.name)) {
			return [];
		}

		const isBlind =
			ignoresServerName && route.routeKind === 'TLSRoute' && answer.listener.tls?.mode !== 'Passthrough';
		const hostname = isBlind ? answer.listener.hostname : bestHostname(answer.hostnames, host);
		return hostname === undefined
			? []
			: route.rules
					.flatMap((rule, ruleIndex) =>
						matchesOfRule(rule).map((match, matchIndex) => ({
							route,
							rule,
							ruleIndex,
							match,
							matchIndex,
							listener: answer.listener,
							hostname,
							hostnames: answer.hostnames,
						})),
					)
					.filter(({ruleIndex, match}) => offers(attachment, ruleIndex, match));
	});
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
