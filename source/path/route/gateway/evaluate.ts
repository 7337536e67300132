import {noRequest} from '../no-request.ts';
import {refOf, type ObjectRef} from '../../../model/ref.ts';
import type {Gateway, Listener, Route} from '../../../model/gateway.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {accessFinding} from '../../access.ts';
import type {RouteDetails} from '../../details.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import type {Attachment} from '../../../rules/gateway-api/attachment.ts';
import {isDropped} from '../../../rules/gateway-api/dropped-rules.ts';
import {backendFindings} from './backend-findings.ts';
import {isInvalid} from '../../../rules/gateway-api/backends.ts';
import {matchField, type Candidate} from '../../../rules/gateway-api/candidate.ts';
import {notJudged} from '../not-judged.ts';
import {equalPriority} from './equal-priority.ts';
import {endsHandshake} from './ends-handshake.ts';
import {withRootDot} from '../../../rules/host-match.ts';
import {matchesHostname} from '../../../rules/gateway-api/hostnames.ts';
import {problemOf} from '../../controller/gateway/listener-findings.ts';
import {unreadListenerSets} from '../../../rules/gateway-api/listener-sets.ts';
import {listenersFor} from '../../../rules/gateway-api/listeners.ts';
import {noMatchFinding, ruleText} from './no-match.ts';
import {outcomeOf, type Outcome} from '../../../rules/gateway-api/outcome.ts';
import {parentStatus} from '../../../rules/gateway-api/parent-status.ts';
import {profileOf, type GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {describeRoute, refusalFinding} from './refusal-findings.ts';
import {warningEvent} from '../../controller/controller-says.ts';
import {backendProtocols} from './backend-protocol.ts';
import {mirrorFindings} from './mirror-findings.ts';
import {negHealthOf} from './neg-health.ts';
import {policiesOnPath} from './policy-findings.ts';
import {isLeftOut, refusedFilters} from './refused-filters.ts';
import {routeDetails, routedBackends} from './route-details.ts';
import {attachmentsTo} from '../../../rules/gateway-api/routes.ts';
import {speaks, type Selection} from '../../../rules/gateway-api/select.ts';
import {statusFindings} from './status-findings.ts';
import {attachmentOf, withoutDropped, type Kept} from './without-dropped.ts';
import {statusOf} from '../../hop-status.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../../hop-evaluator.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';
import {routeFindings} from '../catalogue.ts';
import {rememberRead} from '../../../rules/memo.ts';

export type GatewayRouteInput = {
	readonly gateway: Gateway;
	readonly controller?: Controller;
	/** The listener's port that the client's port leads to (`listenerPorts` of the controller hop). */
	readonly listenerPort: number;
	/** A route that names the host: another one that takes its requests is told. */
	readonly focus?: {
		readonly kind: string;
		readonly namespace: string;
		readonly name: string;
		/** The question is about this route, not about the URL. */
		readonly isAsked?: boolean;
	};
};

export type GatewayRouteEvaluation = HopEvaluation<'route'> & {
	readonly backends: readonly RoutedBackend[];
	/** The rule answers by itself: with what, in words. */
	readonly answeredBy?: string;
};

/** Which rule on a Gateway takes the request, and where it leads: findings 401 to 403 and 421 to 428. */
export const gatewayRouteEvaluator: HopEvaluator<'route', GatewayRouteInput, GatewayRouteEvaluation> = {
	kind: 'route',
	evaluate(given, requested) {
		if (!given.request) {
			return noRequest;
		}

		const urlPath = profileOf(requested.controller).readsPath(given.request.urlPath);
		const request = {...given.request, urlPath};
		const hopContext = {...given, request};

		// What a rule of another host takes away, only all of them tell.
		const host = profileOf(requested.controller).dropsConflicts ? undefined : request.host;
		const attachments = attachmentsTo(hopContext.snapshot, requested.gateway, host);
		const routing = {hopContext, requested, request, attachments};
		const selection = withoutDropped(requested.controller?.controllerName, {
			gateway: requested.gateway,
			attachments: servedOf(hopContext.snapshot, attachments, wordKey(requested.controller)),
			port: requested.listenerPort,
			request: asMatched(request, profileOf(requested.controller)),
			profile: profileOf(requested.controller),
		});
		const refusal = focusRefusal(routing);
		return selection.winner && !(refusal && requested.focus?.isAsked)
			? matched(routing, {...selection, winner: selection.winner, refusal})
			: unmatched(routing, {selection, refusal});
	},
};

function asMatched(request: HttpRequest, {keepsRootDot}: GatewayProfile): HttpRequest {
	return keepsRootDot ? {...request, host: withRootDot(request)} : request;
}

type Routing = {
	readonly hopContext: HopContext;
	readonly requested: GatewayRouteInput;
	readonly request: HttpRequest;
	readonly attachments: readonly Attachment[];
};

/** What the controller has said counts: a route that it does not accept takes no requests, whatever the objects suggest. */
const servedOf = rememberRead((snapshot, attachments: readonly Attachment[], key) =>
	attachments.filter((attachment) => !refusalOf(snapshot, attachment, key)),
);

/** What of a controller decides whether it takes a route, as the key of what is remembered. */
function wordKey(controller: Controller | undefined): string {
	return JSON.stringify([controller?.controllerName ?? null, profileOf(controller).servesUnsupported]);
}

function refusalOf(snapshot: Snapshot, attachment: Attachment, key: string): Finding | undefined {
	const [controllerName, servesUnsupported] = JSON.parse(key) as [string | null, boolean];
	const status = parentStatus(attachment, controllerName ?? undefined);
	return refusalFinding(snapshot, attachment, {status, servesUnsupported});
}

/** The route asked for is not served here, by none of its parentRefs to this Gateway. */
function focusRefusal(routing: Routing): Finding | undefined {
	const {focus} = routing.requested;
	const own = routing.attachments.filter(({route}) => focus !== undefined && isSame(route, focus));
	const key = wordKey(routing.requested.controller);
	const refusals = own.map((attachment) => refusalOf(routing.hopContext.snapshot, attachment, key));
	return refusals.every((refusal) => refusal !== undefined) ? refusals[0] : undefined;
}

function isSame(route: Route, {kind, namespace, name}: Required<GatewayRouteInput>['focus']): boolean {
	return route.routeKind === kind && route.namespace === namespace && route.name === name;
}

type Shown = {
	readonly summary: string;
	readonly findings: readonly Finding[];
	readonly details: RouteDetails;
	readonly subject?: Candidate;
	readonly notChecked?: readonly string[];
	/** Absent: the request goes another way. */
	readonly stop?: StopReason;
};

function hopOf({requested}: Routing, {subject, stop, ...shown}: Shown): HopEvaluation<'route'> {
	const status = statusOf(shown.findings);
	const ref = subject
		? {kind: subject.route.routeKind, namespace: subject.route.namespace, name: subject.route.name}
		: (requested.focus ?? {
				kind: 'Gateway',
				namespace: requested.gateway.namespace,
				name: requested.gateway.name,
			});
	return {
		hop: {kind: 'route', status, basis: 'objects', subject: ref, ...shown},
		stop: status === 'broken' ? stop : undefined,
	};
}

/** `refusal`: why the route that names the host is not the one that takes the request. */
type Won = Kept & {readonly winner: Candidate; readonly refusal?: Finding};

function matched(routing: Routing, selection: Won): GatewayRouteEvaluation {
	const {snapshot} = routing.hopContext;
	const {winner, refusal, passed} = selection;
	const profile = profileOf(routing.requested.controller);
	const attachment = attachmentOf(routing.attachments, winner);
	const status = attachment && parentStatus(attachment, routing.requested.controller?.controllerName);
	const outcome = outcomeOf(snapshot, winner, {request: routing.request, profile, status});
	const ofBackends =
		outcome.type === 'backends' ? backendFindings(snapshot, {winner, status, profile}, outcome.backends) : [];
	const protocols =
		outcome.type === 'backends' && ofBackends.length === 0
			? backendProtocols(snapshot, {
					controller: routing.requested.controller,
					winner,
					backends: outcome.backends,
				})
			: [];
	const health =
		outcome.type === 'backends' ? negHealthOf(snapshot, routing.requested.controller, outcome.backends) : [];
	const mirrors = mirrorFindings(snapshot, {winner, status, profile});
	const policies = policiesOnPath(snapshot, {
		...routing.requested,
		winner,
		backends: outcome.type === 'backends' ? outcome.backends : [],
	});
	const routeRef = refOf(winner.route.routeKind, winner.route);
	const findings = [
		...warningEvent(snapshot, routeRef, () => 'info'),
		...refusedFilters(winner, profile),
		...mirrors,
		...policies.findings,
		...ofBackends,
		...health,
		...protocols.map((problem) => problem.finding),
		...(attachment && status
			? statusFindings(snapshot, {attachment, status, winner, profile, passed}, ofBackends)
			: []),
		...equalPriority(winner, selection, profile),
		...notJudged(selection.unread, gatewayRef(routing)),
		...(refusal ? [{...refusal, severity: 'warning' as const}] : shadowed(routing, winner)),
	];
	const isServed = outcome.type === 'backends' && !(profile.invalidFailsRule && outcome.errorShare === 1);
	const backends = isServed ? outcome.backends : [];
	return {
		...hopOf(routing, {
			summary: summaryOf(winner, outcome),
			findings,
			details: routeDetails(snapshot, {selection, outcome}),
			subject: winner,
			notChecked: policies.notChecked.length > 0 ? policies.notChecked : undefined,
			stop: isDropped(winner, status)
				? 'no-rule'
				: isLeftOut(winner, status, profile)
					? leftOut(selection)
					: health.some(({severity}) => severity === 'error')
						? 'no-endpoints'
						: (protocols.find((problem) => problem.finding.severity === 'error')?.stop ??
							stopOf(winner, outcome, profile)),
		}),
		backends: routedBackends(backends),
		answeredBy: answeredBy(outcome),
	};
}

/** The rule is not there for its filter, and another one may take the request: which, is not told. */
function leftOut({losers}: Selection): StopReason | undefined {
	return losers.some(({matched}) => matched) ? undefined : 'no-rule';
}

/** Only HTTP has an answer for a backend that cannot be resolved (500): gRPC says UNAVAILABLE in its own words, TLS or TCP are cut. */
function stopOf({route}: Candidate, outcome: Outcome, profile: GatewayProfile): StopReason {
	const weightless = outcome.type === 'backends' && outcome.backends.every(({share}) => share === 0);
	const noWeight = weightless && profile.noBackend === 503 ? 'no-endpoints' : undefined;
	switch (route.routeKind) {
		case 'HTTPRoute':
			return noWeight ?? 'invalid-backend';
		case 'GRPCRoute':
			return noWeight ?? 'nobody';
		case 'TLSRoute':
			return 'tls-error';
		case 'TCPRoute':
		case 'UDPRoute':
			return 'nobody';
	}
}

/** KNET406: the route that was asked for does not take its own request. */
function shadowed({requested}: Routing, winner: Candidate): readonly Finding[] {
	const {focus} = requested;
	return !focus || isSame(winner.route, focus)
		? []
		: [
				finding(routeFindings.ruleShadowed, {
					message: `Another rule takes this request from ${focus.kind} ${focus.namespace}/${focus.name}: ${ruleText(winner)}.`,
					evidence: [
						objectField(
							refOf(winner.route.routeKind, winner.route),
							matchField(winner),
							winner.hostname || '*',
						),
					],
					remedy: 'Make one of the two more specific, or remove it.',
					command: describeRoute(winner),
				}),
			];
}

function answeredBy(outcome: Outcome): string | undefined {
	switch (outcome.type) {
		case 'redirect':
			return 'the redirect';
		case 'answered':
			return `${outcome.by.kind} ${outcome.by.name}`;
		case 'backends':
			return undefined;
	}
}

function summaryOf(winner: Candidate, outcome: Outcome): string {
	const {route, match, hostname} = winner;
	const path = match.path ? `${match.path.type} ${match.path.value}` : hostname || '*';
	if (outcome.type === 'redirect') {
		return `${path} → ${outcome.redirect.statusCode} ${outcome.redirect.location}`;
	}

	if (outcome.type === 'answered') {
		return `${path} → ${outcome.by.kind} ${outcome.by.name}`;
	}

	const served = outcome.backends.filter((backend) => !isInvalid(backend) && backend.share > 0);
	const [first] = served;
	const to = first
		? `${first.ref.kind === 'Service' ? '' : `${first.ref.kind} `}${first.ref.name}${first.ref.port === undefined ? '' : `:${first.ref.port}`}${served.length > 1 ? ` and ${served.length - 1} more` : ''}`
		: 'no backend that can be resolved';
	return `${route.routeKind} ${route.name}  ${path} → ${to}`;
}

type Lost = {readonly selection: Selection; readonly refusal: Finding | undefined};

/** The listeners that would take the request are not served: then no route of theirs is, and the Gateway is to blame. */
function downListener({hopContext, requested, request}: Routing): Listener | undefined {
	const {gateway, listenerPort} = requested;
	const listeners = listenersFor(gateway, {port: listenerPort, host: request.host}).filter(({protocol}) =>
		speaks(protocol, request.scheme),
	);
	return listeners.every((listener) => problemOf(hopContext.snapshot, gateway, listener))
		? listeners[0]
		: undefined;
}

function behindDown(routing: Routing, listener: Listener): GatewayRouteEvaluation {
	const details = {backends: [], losers: []};
	const summary = `listener ${listener.name} does not serve`;
	const {hop} = hopOf(routing, {summary, findings: [], details, stop: 'nobody'});
	return {hop: {...hop, status: 'skipped'}, backends: []};
}

function unmatched(routing: Routing, {selection, refusal}: Lost): GatewayRouteEvaluation {
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
			stop: selection.winner ? undefined : noTls ? 'tls-error' : 'no-rule',
		}),
		backends: [],
	};
}

function gatewayRef({requested: {gateway}}: Routing): ObjectRef {
	return {kind: 'Gateway', namespace: gateway.namespace, name: gateway.name};
}

/** Routes that name the host and this Gateway and are not let in: the likely reason why nothing takes the request. */
function refusalsOfHost({hopContext, requested, attachments, request}: Routing): readonly Finding[] {
	const key = JSON.stringify([request.host, wordKey(requested.controller)]);
	return refusals(hopContext.snapshot, attachments, key);
}

const refusals = rememberRead((snapshot, attachments: readonly Attachment[], key): readonly Finding[] => {
	const [host, word] = JSON.parse(key) as [string, string];
	return attachments
		.filter(({route}) => route.hostnames.some((hostname) => matchesHostname(hostname, host)))
		.flatMap((attachment) => refusalOf(snapshot, attachment, word) ?? [])
		.slice(0, 3);
});

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
