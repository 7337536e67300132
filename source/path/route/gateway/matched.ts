import {attachmentOf} from './without-dropped.ts';
import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import {type Routing, type GatewayRouteEvaluation, hopOf} from './routing.ts';
import {profileFor} from '../../../rules/gateway-api/profile.ts';
import {parentStatus} from '../../../rules/gateway-api/parent-status.ts';
import {outcomeOf, type Outcome} from '../../../rules/gateway-api/outcome.ts';
import {policiesOnPath} from './refused/policy-findings.ts';
import {isUntold} from '../../controller/control-plane.ts';
import {isLeftOut} from './refused/refused-filters.ts';
import {missingExtension} from './refused/missing-extension.ts';
import {redirectFindings} from './redirect-findings.ts';
import {stopOf, stopOfBackends} from './stop-of.ts';
import {routeDetails, routedBackends} from './route-details.ts';
import {isDropped} from '../../../rules/gateway-api/dropped-rules.ts';
import type {Selection} from '../../../rules/gateway-api/select.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {isInvalid} from '../../../rules/gateway-api/backends.ts';
import {type Won, type Ruled, type ProblemsBehind, problemsBehind, findingsOf} from './rule-findings.ts';

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
	const missing = missingExtension(hopContext.snapshot, winner, profile);
	return {selection, controller, profile, attachment, status, outcome, backends, missing};
}

function stopOfRule(
	{selection, status, profile, outcome, controller, missing}: Ruled,
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

	return isLeftOut(winner, status, profile) || missing
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
