import {answeredByFilter} from './answered-by-filter.ts';
import {type Kept, attachmentOf} from './without-dropped.ts';
import {type Candidate, matchField} from '../../../rules/gateway-api/candidate.ts';
import {type Finding, finding, objectField} from '../../finding.ts';
import {type Routing, gatewayRef, isSame} from './routing.ts';
import type {GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import type {ParentStatus} from '../../../rules/gateway-api/parent-status.ts';
import type {Outcome} from '../../../rules/gateway-api/outcome.ts';
import {backendFindings} from './backends/backend-findings.ts';
import {backendProtocols, type ProtocolProblem} from './backends/backend-protocol.ts';
import {negHealthOf} from './backends/neg-health.ts';
import {otherHealthCheck} from './backends/health-check.ts';
import {mirrorFindings} from './backends/mirror-findings.ts';
import {refOf, type ObjectRef} from '../../../model/ref.ts';
import {warningEvent} from '../../controller/controller-says.ts';
import {filtersOfBackends} from './backends/filter-of-backend.ts';
import {missingExtensionFindings} from './refused/missing-extension.ts';
import {refusedFilters} from './refused/refused-filters.ts';
import {statusFindings} from './refused/status-findings.ts';
import {equalPriority} from './equal-priority.ts';
import {notJudged} from '../not-judged.ts';
import {routeFindings} from '../catalogue.ts';
import {ruleText} from './no-match.ts';
import {describeRoute} from './refused/refusal-findings.ts';
import type {Backend} from '../../../rules/gateway-api/backends.ts';
import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';

/** `refusal`: why the route that names the host is not the one that takes the request. */
export type Won = Kept & {readonly winner: Candidate; readonly refusal?: Finding};

/** The rule that takes the request, and what its controller makes of it. */
export type Ruled = {
	readonly selection: Won;
	readonly controller?: Controller;
	readonly profile: GatewayProfile;
	readonly attachment?: Attachment;
	readonly status?: ParentStatus;
	readonly outcome: Outcome;
	/** Those that the rule sends to; none where it answers by itself. */
	readonly backends: readonly Backend[];
	/** What a filter or a backendRef of the rule names and is not there, so that the rule is left out. */
	readonly missing: ObjectRef | undefined;
};

export type ProblemsBehind = {
	readonly references: readonly Finding[];
	readonly health: readonly Finding[];
	readonly protocols: readonly ProtocolProblem[];
};

/** What is wrong with the backends of the rule. */
export function problemsBehind(
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

export function findingsOf(
	routing: Routing,
	ruled: Ruled,
	{loop, behind, policies}: Found,
): readonly Finding[] {
	const {snapshot} = routing.hopContext;
	const {selection, profile, attachment, status, missing} = ruled;
	const {winner, refusal, passed} = selection;
	return [
		...warningEvent(snapshot, refOf(winner.route.routeKind, winner.route), () => 'info'),
		...refusedFilters(winner, profile),
		...missingExtensionFindings(selection, missing),
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
