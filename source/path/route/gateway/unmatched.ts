import {type Selection, speaks} from '../../../rules/gateway-api/select.ts';
import type {Finding} from '../../finding.ts';
import {type Routing, type GatewayRouteEvaluation, hopOf, gatewayRef} from './routing.ts';
import type {Listener} from '../../../model/routes/gateway.ts';
import {listenersFor} from '../../../rules/gateway-api/listeners/listeners.ts';
import {problemOf} from '../../controller/gateway/listener-findings.ts';
import {refusalsOfHost} from './served-routes.ts';
import {notJudged} from '../not-judged.ts';
import {noMatchFinding} from './no-match.ts';
import {endsHandshake} from './ends-handshake.ts';
import {routeDetails} from './route-details.ts';
import {unreadListenerSets, withListenerSets} from '../../../rules/gateway-api/listeners/listener-sets.ts';
import {accessFinding} from '../../access.ts';
import {rememberRead} from '../../../rules/memoize.ts';
import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';
import {isKnown} from '../../../model/snapshot.ts';
import type {StopReason} from '../../../rules/stop.ts';

type Lost = {readonly selection: Selection; readonly refusal: Finding | undefined};

/** The listeners that would take the request are not served: then no route of theirs is, and the Gateway is to blame. */
function downListener({hopContext, requested, request}: Routing): Listener | undefined {
	const {gateway, listenerPort, controller} = requested;
	const profile = profileOf(controller);
	const listeners = listenersFor(gateway, {port: listenerPort, host: request.host}).filter(({protocol}) =>
		speaks(protocol, request.scheme),
	);
	return listeners.every((listener) => problemOf({snapshot: hopContext.snapshot, gateway, profile}, listener))
		? listeners[0]
		: undefined;
}

function behindDown(routing: Routing, listener: Listener): GatewayRouteEvaluation {
	const details = {backends: [], losers: []};
	const summary = `listener ${listener.name} does not serve`;
	const {hop} = hopOf(routing, {summary, findings: [], details, stop: 'nobody'});
	return {hop: {...hop, status: 'skipped'}, backends: []};
}

export function unmatched(routing: Routing, {selection, refusal}: Lost): GatewayRouteEvaluation {
	const {hopContext, requested, request} = routing;
	const down = downListener(routing);
	if (down) {
		return behindDown(routing, down);
	}

	const told = refusal ? [refusal] : refusalsOfHost(routing);
	const undecided =
		told.length === 0
			? [...undecidedFindings(routing), ...notJudged(selection.unread, gatewayRef(routing))].slice(0, 1)
			: [];
	const findings =
		told.length > 0
			? told
			: undecided.length > 0
				? undecided
				: [noMatchFinding({gateway: requested.gateway, request, port: requested.listenerPort, selection})];
	const noTls = request.scheme === 'https' && endsHandshake(requested, selection);
	return {
		...hopOf(routing, {
			summary: `no rule for ${request.method} ${request.host || '*'}${request.urlPath}`,
			findings,
			details: routeDetails(hopContext.snapshot, {selection: {...selection, winner: undefined}}),
			// Another rule answers in place of the route that was asked for.
			stop: selection.winner ? undefined : stopOf(routing, noTls),
		}),
		backends: [],
	};
}

function stopOf(routing: Routing, endsTls: boolean): StopReason {
	if (endsTls) {
		return 'tls-error';
	}

	return isClosed(routing) ? 'not-listening' : 'no-rule';
}

/** No Gateway that the proxies may serve has a listener of the port. */
function isClosed({
	hopContext: {snapshot},
	requested: {gateway, controller, listenerPort},
}: Routing): boolean {
	const others = snapshot
		.list('Gateway')
		.filter(({className}) => className === gateway.className)
		.map((other) => withListenerSets(snapshot, other));
	return (
		profileOf(controller).lostListener === 'refused' &&
		![gateway, ...others].some(({listeners}) => listeners.some(({port}) => port === listenerPort))
	);
}

/** A route may be there and not be seen, or be let in by labels that cannot be read. */
function undecidedFindings({hopContext, requested, attachments}: Routing): readonly Finding[] {
	const {snapshot} = hopContext;
	const sets = unreadListenerSets(snapshot, requested.gateway).flatMap(
		({kind, state}) => accessFinding(kind, undefined, state) ?? [],
	);
	return [...undecidedOf(snapshot, attachments), ...sets].slice(0, 1);
}

const undecidedOf = rememberRead((snapshot, attachments: readonly Attachment[]): readonly Finding[] => {
	const unread = (['HTTPRoute', 'GRPCRoute'] as const).flatMap((kind) => {
		const state = snapshot.state(kind);
		return isKnown(state) ? [] : (accessFinding(kind, undefined, state) ?? []);
	});
	const unlabelled = attachments
		.flatMap(({answers}) => answers)
		.flatMap((answer) =>
			answer.state === 'unknown' ? (accessFinding('Namespace', undefined, answer.because) ?? []) : [],
		);
	return [...unread, ...unlabelled].slice(0, 1);
});
