import type {Endpoint} from '../../../model/services/endpoint-slice.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {notReadyFields} from '../../endpoints/slice-fields.ts';
import {objectField, type Finding} from '../../finding.ts';

/** One pod of the cluster's DNS, as its Service sees it. */
export type DnsPod = {
	readonly namespace: string;
	readonly name: string;
	readonly address: string;
	readonly ready: boolean;
	readonly node?: string;
	/** Absent where pods were not read. */
	readonly restarts?: number;
};

export function dnsPodsOf(
	snapshot: Snapshot,
	service: Service,
	detail: 'overview' | 'full',
): readonly DnsPod[] {
	const port = service.ports.find((item) => item.port === 53 && item.protocol === 'UDP');
	const endpoints = snapshot.slicesOf(service.namespace, service.name).flatMap((slice) => {
		const served = slice.ports.some(
			(item) => item.name === port?.name && item.protocol === port.protocol && item.port !== undefined,
		);
		return served || !port ? slice.endpoints : [];
	});
	const pods = endpoints.map((endpoint) => toDnsPod(snapshot, endpoint, {service, detail}));
	// A dual-stack Service lists each pod once a family.
	return [...new Map(pods.map((pod) => [pod.name, pod])).values()];
}

function toDnsPod(
	snapshot: Snapshot,
	endpoint: Endpoint,
	{service, detail}: {readonly service: Service; readonly detail: 'overview' | 'full'},
): DnsPod {
	const address = endpoint.addresses[0] ?? '';
	const ref = endpoint.pod ?? {namespace: service.namespace, name: address};
	const pod = detail === 'full' ? snapshot.get('Pod', ref.namespace, ref.name) : undefined;
	return {
		namespace: ref.namespace,
		name: ref.name,
		address,
		// While all others are gone kube-proxy sends to serving, terminating endpoints (KEP-1669).
		ready: endpoint.ready || (endpoint.serving && endpoint.terminating),
		node: endpoint.nodeName,
		restarts: pod?.restarts,
	};
}

export function objectsOf(snapshot: Snapshot, pods: readonly DnsPod[]): readonly Pod[] {
	return pods.flatMap(({namespace, name, restarts}) =>
		restarts === undefined ? [] : (snapshot.get('Pod', namespace, name) ?? []),
	);
}

export function unreadyFields(
	snapshot: Snapshot,
	service: Service,
	pods: readonly DnsPod[],
): Finding['evidence'] {
	const slices = snapshot.slicesOf(service.namespace, service.name);
	return pods.flatMap((pod) => [...notReadyFields(slices, pod.address), ...waitingFields(snapshot, pod)]);
}

/** Where pods were read, that the pod is not ready, and why the container does not run. */
function waitingFields(snapshot: Snapshot, {namespace, name, restarts}: DnsPod): Finding['evidence'] {
	const pod = restarts === undefined ? undefined : snapshot.get('Pod', namespace, name);
	const waiting = (pod?.containers ?? []).flatMap((container) =>
		container.state.type === 'waiting' && container.state.reason
			? [
					objectField(
						{kind: 'Pod', namespace, name},
						`status.containerStatuses[${container.name}].state.waiting.reason`,
						container.state.reason,
					),
				]
			: [],
	);
	return pod && !pod.ready && waiting.length === 0
		? [objectField(refOf('Pod', pod), 'status.conditions[Ready].status', 'False')]
		: waiting;
}
