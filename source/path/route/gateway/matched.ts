import {type Kept, attachmentOf} from './without-dropped.ts';
import {type Candidate, matchField} from '../../../rules/gateway-api/candidate.ts';
import {type Finding, finding, objectField} from '../../finding.ts';
import {type Routing, type GatewayRouteEvaluation, gatewayRef, hopOf, isSame} from './routing.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';
import {parentStatus} from '../../../rules/gateway-api/parent-status.ts';
import {outcomeOf, type Outcome} from '../../../rules/gateway-api/outcome.ts';
import {backendFindings} from './backend-findings.ts';
import {backendProtocols} from './backend-protocol.ts';
import {negHealthOf} from './neg-health.ts';
import {mirrorFindings} from './mirror-findings.ts';
import {policiesOnPath} from './policy-findings.ts';
import {refOf} from '../../../model/ref.ts';
import {warningEvent} from '../../controller/controller-says.ts';
import {refusedFilters, isLeftOut} from './refused-filters.ts';
import {redirectLoop} from './redirect-loop.ts';
import {statusFindings} from './status-findings.ts';
import {stopOf, stopOfBackends} from './stop-of.ts';
import {equalPriority} from './equal-priority.ts';
import {notJudged} from '../not-judged.ts';
import {routeDetails, routedBackends} from './route-details.ts';
import {isDropped} from '../../../rules/gateway-api/dropped-rules.ts';
import type {Selection} from '../../../rules/gateway-api/select.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {routeFindings} from '../catalogue.ts';
import {ruleText} from './no-match.ts';
import {describeRoute} from './refusal-findings.ts';
import {isInvalid} from '../../../rules/gateway-api/backends.ts';

/** `refusal`: why the route that names the host is not the one that takes the request. */
type Won = Kept & {readonly winner: Candidate; readonly refusal?: Finding};

export function matched(routing: Routing, selection: Won): GatewayRouteEvaluation {
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
	const loop = redirectLoop(routing.request, winner, outcome);
	const findings = [
		...warningEvent(snapshot, routeRef, () => 'info'),
		...refusedFilters(winner, profile),
		...loop,
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
			stop:
				loop.length > 0
					? 'nobody'
					: isDropped(winner, status)
						? 'no-rule'
						: isLeftOut(winner, status, profile)
							? leftOut(selection)
							: (stopOfBackends({health, protocols}) ?? stopOf(winner, outcome, profile)),
		}),
		backends: routedBackends(backends),
		answeredBy: answeredBy(outcome),
	};
}

/** The rule is not there for its filter, and another one may take the request: which, is not told. */
function leftOut({losers}: Selection): StopReason | undefined {
	return losers.some(({matched}) => matched) ? undefined : 'no-rule';
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
