import {answeredByFilter} from './answered-by-filter.ts';
import {type Kept, attachmentOf} from './without-dropped.ts';
import {type Candidate, matchField} from '../../../rules/gateway-api/candidate.ts';
import {type Finding, finding, objectField} from '../../finding.ts';
import {type Routing, type GatewayRouteEvaluation, gatewayRef, hopOf, isSame} from './routing.ts';
import {profileFor, type GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {parentStatus, type ParentStatus} from '../../../rules/gateway-api/parent-status.ts';
import {outcomeOf, type Outcome} from '../../../rules/gateway-api/outcome.ts';
import {backendFindings} from './backends/backend-findings.ts';
import {backendProtocols, type ProtocolProblem} from './backends/backend-protocol.ts';
import {negHealthOf} from './backends/neg-health.ts';
import {otherHealthCheck} from './backends/health-check.ts';
import {mirrorFindings} from './backends/mirror-findings.ts';
import {policiesOnPath} from './refused/policy-findings.ts';
import {refOf} from '../../../model/ref.ts';
import {isUntold} from '../../controller/control-plane.ts';
import {warningEvent} from '../../controller/controller-says.ts';
import {filtersOfBackends} from './backends/filter-of-backend.ts';
import {refusedFilters, isLeftOut} from './refused/refused-filters.ts';
import {redirectFindings} from './redirect-findings.ts';
import {statusFindings} from './refused/status-findings.ts';
import {stopOf, stopOfBackends} from './stop-of.ts';
import {equalPriority} from './equal-priority.ts';
import {notJudged} from '../not-judged.ts';
import {routeDetails, routedBackends} from './route-details.ts';
import {isDropped} from '../../../rules/gateway-api/dropped-rules.ts';
import type {Selection} from '../../../rules/gateway-api/select.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {routeFindings} from '../catalogue.ts';
import {ruleText} from './no-match.ts';
import {describeRoute} from './refused/refusal-findings.ts';
import {isInvalid, type Backend} from '../../../rules/gateway-api/backends.ts';
import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';

/** `refusal`: why the route that names the host is not the one that takes the request. */
type Won = Kept & {readonly winner: Candidate; readonly refusal?: Finding};

/** The rule that takes the request, and what its controller makes of it. */
type Ruled = {
	readonly selection: Won;
	readonly controller?: Controller;
	readonly profile: GatewayProfile;
	readonly attachment?: Attachment;
	readonly status?: ParentStatus;
	readonly outcome: Outcome;
	/** Those that the rule sends to; none where it answers by itself. */
	readonly backends: readonly Backend[];
};

/** A rule takes the request. */
export function matched(routing: Routing, selection: Won): GatewayRouteEvaluation {
	const ruled = ruledBy(routing, selection);
	const {outcome, backends, profile, controller} = ruled;
	const {winner} = selection;
	const {snapshot} = routing.hopContext;
	const behind = problemsBehind(routing, ruled);
	const loop = redirectFindings(routing.request, winner, outcome);
	const policies = policiesOnPath(snapshot, {
		...routing.requested,
		request: routing.request,
		winner,
		backends,
	});
	const isServed = outcome.type === 'backends' && !(profile.invalidFailsRule && outcome.errorShare === 1);
	return {
		...hopOf(routing, {
			summary: summaryOf(winner, outcome),
			findings: findingsOf(routing, ruled, {loop, behind, policies: policies.findings}),
			details: routeDetails(snapshot, {selection, outcome}),
			subject: winner,
			notChecked: policies.notChecked.length > 0 ? policies.notChecked : undefined,
			stop: loop.length > 0 ? 'nobody' : (policies.stop ?? stopOfRule(ruled, behind)),
		}),
		backends: routedBackends(
			isServed ? backends : [],
			(service) =>
				controller?.record.gateway?.sendsToService?.(snapshot, service, {
					flags: controller.flags,
					route: winner.route,
				}) ?? false,
		),
		answeredBy: answeredBy(outcome),
		passes: passedAs(winner),
	};
}

/** As what the connection is passed on, where the controller reads no HTTP in it. */
function passedAs({route, listener}: Candidate): GatewayRouteEvaluation['passes'] {
	const {routeKind} = route;
	return routeKind === 'HTTPRoute' || routeKind === 'GRPCRoute'
		? undefined
		: routeKind === 'TLSRoute' && listener.tls?.mode === 'Passthrough'
			? 'tls'
			: 'bytes';
}

function ruledBy({hopContext, requested, request, attachments}: Routing, selection: Won): Ruled {
	const {controller} = requested;
	const {winner} = selection;
	const profile = profileFor(controller, winner.route);
	const attachment = attachmentOf(attachments, winner);
	const status = attachment && parentStatus(attachment, controller?.controllerName);
	const outcome = outcomeOf(hopContext.snapshot, winner, {request, profile, status});
	const backends = outcome.type === 'backends' ? outcome.backends : [];
	return {selection, controller, profile, attachment, status, outcome, backends};
}

type ProblemsBehind = {
	readonly references: readonly Finding[];
	readonly health: readonly Finding[];
	readonly protocols: readonly ProtocolProblem[];
};

/** What is wrong with the backends of the rule. */
function problemsBehind(
	{hopContext: {snapshot}, requested: {gateway}, request}: Routing,
	ruled: Ruled,
): ProblemsBehind {
	const {controller, selection, status, profile, outcome, backends} = ruled;
	const {winner} = selection;
	if (outcome.type !== 'backends') {
		return {references: [], health: [], protocols: []};
	}

	const references = backendFindings(snapshot, {winner, status, profile}, backends);
	return {
		references: [...filtersOfBackends(winner, profile), ...references],
		health: [
			...negHealthOf(snapshot, controller, backends),
			...(winner.route.routeKind === 'HTTPRoute'
				? otherHealthCheck(snapshot, {gateway, controller, backends})
				: []),
		],
		protocols:
			references.length === 0
				? backendProtocols(snapshot, {gateway, controller, winner, backends, request})
				: [],
	};
}

type Found = {
	readonly loop: readonly Finding[];
	readonly behind: ProblemsBehind;
	readonly policies: readonly Finding[];
};

function findingsOf(routing: Routing, ruled: Ruled, {loop, behind, policies}: Found): readonly Finding[] {
	const {snapshot} = routing.hopContext;
	const {selection, profile, attachment, status} = ruled;
	const {winner, refusal, passed} = selection;
	return [
		...warningEvent(snapshot, refOf(winner.route.routeKind, winner.route), () => 'info'),
		...refusedFilters(winner, profile),
		...loop,
		...mirrorFindings(snapshot, {winner, status, profile}),
		...policies,
		...answeredByFilter(ruled.controller, {winner, losers: selection.losers}, ruled.outcome),
		...behind.references,
		...behind.health,
		...behind.protocols.map((problem) => problem.finding),
		...(attachment && status
			? statusFindings(
					snapshot,
					{attachment, status, winner, profile, passed, controller: ruled.controller},
					behind.references,
				)
			: []),
		...equalPriority(winner, selection, profile),
		...notJudged(selection.unread, gatewayRef(routing)),
		...(refusal ? [{...refusal, severity: 'warning' as const}] : shadowed(routing, winner)),
	];
}

function stopOfRule(
	{selection, status, profile, outcome, controller}: Ruled,
	behind: ProblemsBehind,
): StopReason | undefined {
	const {winner} = selection;
	if (status?.age === 'absent' && !isHttp(winner)) {
		return 'nobody';
	}

	if (status?.age === 'absent' && controller && isUntold(controller)) {
		return leftOut(selection);
	}

	if (isDropped(winner, status, profile)) {
		return 'no-rule';
	}

	if (outcome.type === 'answered' && outcome.status !== undefined) {
		return `answered-${outcome.status}`;
	}

	return isLeftOut(winner, status, profile)
		? leftOut(selection)
		: (stopOfBackends(behind) ??
				stopOf(winner, outcome, {profile, isEnvoy: controller?.record.isEnvoy === true}));
}

/**
A controller may open the listener of other kinds of routes only for a route that it reads, so what the client sees is not known
(seen at Istio: refused; at Envoy Gateway 1.9.1: the handshake fails).
*/
function isHttp({route: {routeKind}}: Candidate): boolean {
	return routeKind === 'HTTPRoute' || routeKind === 'GRPCRoute';
}

/** The rule is not there, and another one may take the request: knet does not follow it. */
function leftOut({losers}: Selection): StopReason | undefined {
	return losers.some(({matched}) => matched) ? undefined : 'no-rule';
}

/** KNET406: the route that was asked for does not take its own request. */
function shadowed({requested, attachments}: Routing, winner: Candidate): readonly Finding[] {
	const {focus} = requested;
	const isHandedOn = attachmentOf(attachments, winner)?.within !== undefined;
	return !focus || isHandedOn || isSame(winner.route, focus)
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

	const served = outcome.backends.filter(
		(backend) => !isInvalid(backend) && backend.result.state !== 'redirects' && backend.share > 0,
	);
	const [first] = served;
	const to = first
		? `${first.ref.kind === 'Service' ? '' : `${first.ref.kind} `}${first.ref.name}${first.ref.port === undefined ? '' : `:${first.ref.port}`}${served.length > 1 ? ` and ${served.length - 1} more` : ''}`
		: 'no backend that can be resolved';
	return `${route.routeKind} ${route.name}  ${path} → ${to}`;
}
