import type {BackendRef} from '../../../model/gateway.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {type Finding, finding} from '../../finding.ts';
import {statusOf} from '../../hop-status.ts';
import type {Attachment} from '../../../rules/gateway-api/attachment.ts';
import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import {told} from '../../controller/gateway/gateway-findings.ts';
import type {ParentStatus} from './parent-status.ts';
import type {GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {describeRoute, objectOf, routeOf} from './refusal-findings.ts';
import {resolvedRefsOf} from '../../../rules/gateway-api/route-conditions.ts';
import {gatewayRouteFindings} from './catalogue.ts';

/** A route that won, and what its controller says of it. */
export type Attached = {
	readonly attachment: Attachment;
	readonly status: ParentStatus;
	readonly winner: Candidate;
	readonly profile: GatewayProfile;
};

/** What the status of an attached route adds to what the objects show: KNET422, 427 and 428. */
export function statusFindings(
	snapshot: Snapshot,
	attached: Attached,
	known: readonly Finding[],
): readonly Finding[] {
	const {attachment, status} = attached;
	const observed = [
		...unexplained(snapshot, attached),
		...(status.age === 'fresh' && status.partiallyInvalid?.status === 'True'
			? [partiallyInvalid(attachment, status.partiallyInvalid)]
			: []),
	];
	// A status that lags behind says nothing new where something is known to be broken.
	const verdict = statusOf([...known, ...observed]);
	return status.age === 'fresh' || verdict === 'broken' || verdict === 'unknown'
		? observed
		: [...observed, notSeen(attachment, status)];
}

/**
ResolvedRefs is about all rules of a route. Where the objects show which reference is bad, that one is meant. Else it concerns the rule
that won if its message names a backend of that rule, or if there is no other; where it names none, that is not known.
*/
function unexplained(
	snapshot: Snapshot,
	{attachment, status, winner, profile}: Attached,
): readonly Finding[] {
	const {route} = attachment;
	if (
		status.age !== 'fresh' ||
		status.resolvedRefs?.status !== 'False' ||
		resolvedRefsOf(snapshot, route, profile).status === 'False'
	) {
		return [];
	}

	const words = new Set(status.resolvedRefs.message.split(/[^0-9a-z\-]+/v));
	const namesOne = (refs: readonly BackendRef[]) => refs.some(({name}) => words.has(name));
	const others = route.rules.filter((rule) => rule !== winner.rule).flatMap((rule) => rule.backendRefs);
	if (others.length === 0 || namesOne(winner.rule.backendRefs)) {
		return [notResolved(attachment, status)];
	}

	return namesOne(others) ? [] : [notResolved(attachment, status, {undecided: true})];
}

function notResolved(
	attachment: Attachment,
	{resolvedRefs}: ParentStatus,
	certainty: {readonly undecided?: true} = {},
): Finding {
	return finding(gatewayRouteFindings.routeRefsNotResolved, {
		...certainty,
		message: `The controller cannot resolve a reference of ${routeOf(attachment)}: ${resolvedRefs ? told(resolvedRefs) : ''}`,
		evidence: [
			{
				object: objectOf(attachment),
				path: 'status.parents[].conditions[ResolvedRefs]',
				value: `${resolvedRefs?.status} (${resolvedRefs?.reason})`,
			},
		],
		remedy: 'Change the backendRef that the message names.',
		command: describeRoute(attachment),
	});
}

function partiallyInvalid(
	attachment: Attachment,
	condition: NonNullable<ParentStatus['partiallyInvalid']>,
): Finding {
	return finding(gatewayRouteFindings.routePartiallyInvalid, {
		message: `Parts of ${routeOf(attachment)} are invalid: ${told(condition)}`,
		evidence: [
			{
				object: objectOf(attachment),
				path: 'status.parents[].conditions[PartiallyInvalid]',
				value: `${condition.status} (${condition.reason})`,
			},
		],
		remedy: 'Mend the rule that the message names.',
		command: describeRoute(attachment),
	});
}

function notSeen(attachment: Attachment, {age, accepted}: ParentStatus): Finding {
	const {route, parentRef} = attachment;
	return finding(gatewayRouteFindings.routeStatusStale, {
		message:
			age === 'stale'
				? `The status of ${routeOf(attachment)} is about an older form of it, so whether the present one is served is not known.`
				: `No controller has said anything about ${routeOf(attachment)} for Gateway ${parentRef.name}, so whether it is served is not known.`,
		evidence: [
			{
				object: objectOf(attachment),
				path: age === 'stale' ? 'status.parents[].conditions[].observedGeneration' : 'status.parents[]',
				value:
					age === 'stale'
						? `${accepted?.observedGeneration} of ${route.generation}`
						: 'no entry for the parentRef',
			},
		],
		remedy: 'Wait a few seconds; if it stays, look at the log of the controller.',
		command: describeRoute(attachment),
	});
}
