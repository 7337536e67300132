import {rememberRead} from '../../../rules/memoize.ts';
import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Finding} from '../../finding.ts';
import {parentStatus} from '../../../rules/gateway-api/parent-status.ts';
import {refusalFinding} from './refused/refusal-findings.ts';
import {type Routing, isSame} from './routing.ts';
import {matchesHostname} from '../../../rules/gateway-api/listeners/hostnames.ts';

/** What the controller has said counts: a route that it does not accept takes no requests, whatever the objects suggest. */
export const servedOf = rememberRead((snapshot, attachments: readonly Attachment[], key) =>
	attachments.filter((attachment) => !refusalOf(snapshot, attachment, key)),
);

/** The properties of a controller that decide whether it takes a route: the key of the cache. */
export function wordKey(controller: Controller | undefined): string {
	return JSON.stringify([controller?.controllerName ?? null, profileOf(controller).servesUnsupported]);
}

function refusalOf(snapshot: Snapshot, attachment: Attachment, key: string): Finding | undefined {
	const [controllerName, servesUnsupported] = JSON.parse(key) as [string | null, boolean];
	const status = parentStatus(attachment, controllerName ?? undefined);
	return refusalFinding(snapshot, attachment, {status, servesUnsupported});
}

/** The route asked for is not served here, by none of its parentRefs to this Gateway. */
export function focusRefusal(routing: Routing): Finding | undefined {
	const {focus} = routing.requested;
	const own = routing.attachments.filter(({route}) => focus !== undefined && isSame(route, focus));
	const key = wordKey(routing.requested.controller);
	const refusals = own.map((attachment) => refusalOf(routing.hopContext.snapshot, attachment, key));
	return refusals.every((refusal) => refusal !== undefined) ? refusals[0] : undefined;
}

/** Routes that name the host and this Gateway and are not let in: the likely reason why nothing takes the request. */
export function refusalsOfHost({hopContext, requested, attachments, request}: Routing): readonly Finding[] {
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
