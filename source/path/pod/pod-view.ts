import {refOf} from '../../model/ref.ts';
import {findCondition} from '../../model/meta.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import type {Protocol, Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Severity} from '../catalogue-entry.ts';
import {objectField, type EvidenceField} from '../finding.ts';
import {isStarting} from './starting.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';

/** What the pod hop looks at. */
export type PodsView = {
	readonly snapshot: Snapshot;
	readonly service?: Service;
	readonly namespace: string;
	/** Pods behind the path that have not ended. */
	readonly pods: readonly Pod[];
	/** The pods were not read: endpoints and nodes are enough. */
	readonly unread?: true;
	readonly endpoints: readonly ResolvedEndpoint[];
	/** The port of each pod that traffic uses, where it is known. */
	readonly targetPort: (pod: Pod) => number | undefined;
	readonly protocol: Protocol;
	/** No pod takes traffic: then a problem of one of them is an error, else a warning. */
	readonly isNoneServing: boolean;
};

/** How bad it is that one pod is not ready. While others serve, a pod that just started is only worth a remark. */
export function severityFor({isNoneServing, snapshot}: PodsView, pod: Pod, canStart: boolean): Severity {
	if (isNoneServing) {
		return 'error';
	}

	return canStart && isStarting(pod, snapshot.now) ? 'info' : 'warning';
}

/** As `severityFor`, of a pod that lacks nothing but readiness: a Service that publishes such pods still sends to them. */
export function readinessSeverity(view: PodsView, pod: Pod): Severity {
	const isPublished = view.service?.publishNotReadyAddresses && !view.isNoneServing;
	return isPublished ? 'info' : severityFor(view, pod, true);
}

/** The worst of several severities. */
export function worstSeverity(severities: readonly Severity[]): Severity {
	return (['error', 'warning', 'info'] as const).find((severity) => severities.includes(severity)) ?? 'info';
}

/** `web-1`, or `web-1 and 2 more pods`: the first stands for all with the same problem. */
export function podNames(pods: readonly Pod[]): string {
	const [first] = pods;
	const more = pods.length - 1;
	return more === 0 ? `Pod ${first?.name ?? ''}` : `Pod ${first?.name ?? ''} and ${more} more`;
}

/** A field in the status of a container. */
export function containerField(pod: Pod, {name}: Container, field: string, value: string): EvidenceField {
	return objectField(refOf('Pod', pod), `status.containerStatuses[${name}].${field}`, value);
}

export function podReadyField(pod: Pod): EvidenceField {
	return objectField(
		refOf('Pod', pod),
		'status.conditions[Ready].status',
		findCondition(pod.conditions, 'Ready')?.status ?? 'absent',
	);
}
