import type {RouteMatch, RouteRule} from '../../model/routes/gateway.ts';
import {memoizeBy} from '../memoize.ts';
import type {Attachment} from './listeners/attachment.ts';
import {compareAge} from './precedence.ts';
import type {GatewayProfile} from './profile.ts';
import {matchAsRead, matchesOfRule, pathOf, type Candidate} from './candidate.ts';

/**
The rules that Contour leaves out of a listener: one of their matches stands there already for one of their hosts, from an older
route of the same kind (gatewayapi_processor.go, hasConflictRoute). All matches and hosts of such a rule go.
*/
export function conflictsOf(
	attachments: readonly Attachment[],
	profile: GatewayProfile,
): (candidate: Candidate) => boolean {
	const left = leftOut(attachments, profile.redirectsAnyQuery ? 'any-query' : '');
	return ({rule, listener}) => left.get(listener.name)?.has(rule) ?? false;
}

const leftOut = memoizeBy(
	(attachments: readonly Attachment[], reading): ReadonlyMap<string, ReadonlySet<RouteRule>> => {
		const taken = new Set<string>();
		const left = new Map<string, Set<RouteRule>>();
		for (const {rule, listener, keys} of inOrder(attachments, {redirectsAnyQuery: reading !== ''})) {
			if (keys.some((key) => taken.has(key))) {
				left.set(listener, (left.get(listener) ?? new Set()).add(rule));
			} else {
				keys.forEach((key) => taken.add(key));
			}
		}

		return left;
	},
);

type Read = Pick<GatewayProfile, 'redirectsAnyQuery'>;

type Placed = {readonly rule: RouteRule; readonly listener: string; readonly keys: readonly string[]};

/** Every rule on every listener, those of older routes first. */
function inOrder(attachments: readonly Attachment[], profile: Read): readonly Placed[] {
	return attachments
		.toSorted((a, b) => compareAge(a.route, b.route))
		.flatMap(({route, answers}) =>
			answers.flatMap((answer) =>
				answer.state === 'attached'
					? route.rules.map((rule) => ({
							rule,
							listener: answer.listener.name,
							keys: matchesOfRule(rule).flatMap((match) =>
								answer.hostnames.map((host) =>
									JSON.stringify([
										answer.listener.name,
										route.routeKind,
										host,
										keyOf(matchAsRead(rule, match, profile)),
									]),
								),
							),
						}))
					: [],
			),
		);
}

/** Two matches of one key take the same requests. */
function keyOf(match: RouteMatch): string {
	const headers = match.headers.map(({type, name, value}) => `${name.toLowerCase()} ${type} ${value}`);
	const query = match.query.map(({type, name, value}) => `${name} ${type} ${value}`);
	return JSON.stringify([pathOf(match), match.method, headers.toSorted(), query.toSorted()]);
}
