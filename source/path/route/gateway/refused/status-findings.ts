import type {Condition} from '../../../../model/meta.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import {objectField, type Finding, finding} from '../../../finding.ts';
import {statusOf} from '../../../hop-status.ts';
import type {Attachment} from '../../../../rules/gateway-api/listeners/attachment.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import {conditionText} from '../../../controller/gateway/gateway-findings.ts';
import {fateOfRule} from '../../../../rules/gateway-api/dropped-rules.ts';
import type {ParentStatus} from '../../../../rules/gateway-api/parent-status.ts';
import type {Controller} from '../../../../rules/controllers/record/controller.ts';
import {isUntold} from '../../../controller/control-plane.ts';
import type {GatewayProfile} from '../../../../rules/gateway-api/profile.ts';
import {concerned, extensionOf, referencesOf} from '../../../../rules/gateway-api/refs-word.ts';
import {routeRef, conditionField, describeRoute, isServedUnsupported, routeOf} from './refusal-findings.ts';
import {resolvedRefsOf} from '../../../../rules/gateway-api/route-conditions.ts';
import {gatewayRouteFindings} from '../catalogue.ts';

/** A route that won, and what its controller says of it. */
export type Attached = {
	readonly attachment: Attachment;
	readonly status: ParentStatus;
	readonly winner: Candidate;
	readonly profile: GatewayProfile;
	readonly controller?: Controller;
	/** A dropped rule that would have taken the request. */
	readonly passed?: Candidate;
};

/** What the status of an attached route adds to what the objects show: KNET422, 427 and 428. */
export function statusFindings(
	snapshot: Snapshot,
	attached: Attached,
	known: readonly Finding[],
): readonly Finding[] {
	const {status} = attached;
	const observed = [
		...notResolved(snapshot, attached, known),
		...unsupported(attached),
		...(status.age === 'fresh' && status.partiallyInvalid?.status === 'True'
			? [partiallyInvalid(attached, status.partiallyInvalid)]
			: []),
	];
	// A status that lags behind says nothing new where something is known to be broken.
	const verdict = statusOf([...known, ...observed]);
	return status.age === 'fresh' || verdict === 'broken' || verdict === 'unknown'
		? observed
		: [...observed, notSeen(attached)];
}

/**
ResolvedRefs False is never silent. A backend of the rule that won has its own finding. The condition is a remark where it is about
other rules, and where it names nothing, whether it concerns the rule is not known.
*/
function notResolved(
	snapshot: Snapshot,
	{attachment, status, winner, profile}: Attached,
	known: readonly Finding[],
): readonly Finding[] {
	const {route} = attachment;
	const condition = status.resolvedRefs;
	if (status.age !== 'fresh' || condition?.status !== 'False') {
		return [];
	}

	const named = concerned(route, condition);
	const own = referencesOf(winner.rule);
	const rules = profile.unsupportedFilter === 'left-out' ? route.rules : [winner.rule];
	const filter = rules
		.flatMap(({filters}) => filters.flatMap(extensionOf))
		.find((ref) => named.includes(ref));
	if (filter) {
		return [unresolved(attachment, condition, {subject: `${filter.kind} ${filter.name}`})];
	}

	const isOwn = own.some((ref) => named.includes(ref)) || (named.length === 0 && known.length > 0);
	if (isOwn || statusOf(known) === 'broken') {
		return [];
	}

	const isExplained = named.length > 0 || resolvedRefsOf(snapshot, route, profile).status === 'False';
	return [unresolved(attachment, condition, isExplained ? {severity: 'info'} : {undecided: true})];
}

function unresolved(
	attachment: Attachment,
	condition: Condition,
	{subject = 'a reference', ...certainty}: Certainty,
): Finding {
	return finding(gatewayRouteFindings.routeRefsNotResolved, {
		...certainty,
		message:
			certainty.severity === 'info'
				? `Another rule of ${routeOf(attachment)} has a reference that does not resolve: ${conditionText(condition)}`
				: `The controller cannot resolve ${subject} of ${routeOf(attachment)}: ${conditionText(condition)}`,
		evidence: [conditionField(attachment, condition)],
		remedy: 'Change the reference that the message names.',
		command: describeRoute(attachment),
	});
}

type Certainty = {readonly subject?: string; readonly severity?: 'info'; readonly undecided?: true};

/** KNET421 of a route that is still served: without what is not accepted, or with an error. */
function unsupported({attachment, status, profile}: Attached): readonly Finding[] {
	const {accepted} = status;
	if (!accepted || !isServedUnsupported(status, profile.servesUnsupported)) {
		return [];
	}

	const isIgnored = profile.unsupportedFilter === 'ignored';
	return [
		finding(gatewayRouteFindings.routeNotAccepted, {
			severity: isIgnored ? 'warning' : 'error',
			message: `The controller does not accept ${routeOf(attachment)}, and ${isIgnored ? 'serves it without the filter' : 'answers its requests with an error'}: ${conditionText(accepted)}`,
			evidence: [conditionField(attachment, accepted)],
			remedy: 'Change the route as the message says.',
			command: describeRoute(attachment),
		}),
	];
}

/** The rules that the message names are not served (GEP-1364). */
function partiallyInvalid({attachment, winner, status, passed}: Attached, condition: Condition): Finding {
	const fate = fateOfRule(winner.ruleIndex, status);
	const isPassed = passed?.route === attachment.route;
	return finding(gatewayRouteFindings.routePartiallyInvalid, {
		severity: fate === 'served' ? (isPassed ? 'warning' : 'info') : fate && 'error',
		message: `Parts of ${routeOf(attachment)} are invalid: ${conditionText(condition)}`,
		evidence: [conditionField(attachment, condition)],
		remedy: 'Change the rule that the message names.',
		command: describeRoute(attachment),
	});
}

/** Without a control plane no controller looks at the route: one without any status is not served. */
function notSeen({attachment, status, controller}: Attached): Finding {
	const {route, parentRef} = attachment;
	const {age, accepted} = status;
	const untold = controller && isUntold(controller) ? controller : undefined;
	const why = untold ? `, and no pod of ${untold.implementation} is Ready` : '';
	return finding(gatewayRouteFindings.routeStatusStale, {
		severity: untold && age === 'absent' ? 'error' : undefined,
		message:
			age === 'stale'
				? `The status of ${routeOf(attachment)} is about an older form of it${why}, so whether the present one is served is not known.`
				: `No controller has said anything about ${routeOf(attachment)} for Gateway ${parentRef.name}${why || ', so whether it is served is not known'}.`,
		evidence: [
			objectField(
				routeRef(attachment),
				age === 'stale' ? 'status.parents[].conditions[].observedGeneration' : 'status.parents[]',
				age === 'stale'
					? `${accepted?.observedGeneration} of ${route.generation}`
					: route.parents.length === 0
						? 'absent'
						: 'no entry for the parentRef',
			),
		],
		remedy: untold
			? 'Look at the pods of the controller: they say why they are not Ready.'
			: 'Wait a few seconds; if it stays, look at the log of the controller.',
		command: describeRoute(attachment),
	});
}
