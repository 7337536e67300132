import type {
	V1DaemonSet,
	V1Deployment,
	V1ReplicaSet,
	V1StatefulSet,
	V1StatefulSetSpec,
	V1ObjectMeta,
} from '@kubernetes/client-node';
import type {Workload} from '../../model/workloads/workload.ts';
import {projectContainers} from './container.ts';
import {projectLabelSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {projectMounts} from './mounted-config-maps.ts';
import {projectPlacement} from './placement.ts';
import {is, number, optionalText, record, textMap, type Wire, type WireOf} from '../wire.ts';

/** Deployment, StatefulSet or ReplicaSet. An absent `spec.replicas` means 1 (apps/v1). */
export function projectWorkload(wire: WireOf<V1Deployment & V1StatefulSet & V1ReplicaSet>): Workload {
	const status = record(wire['status']);
	const replicas = number(record(wire['spec'])['replicas'], 1);
	return isPlanned(wire)
		? {...projectShared(wire), ...plannedOf(replicas)}
		: {
				...projectShared(wire),
				replicas,
				readyReplicas: number(status['readyReplicas']),
				updatedReplicas: number(status['updatedReplicas']),
			};
}

export function projectDaemonSet(wire: WireOf<V1DaemonSet>): Workload {
	const status = record(wire['status']);
	const placement = projectPlacement(record(record(record(wire['spec'])['template'])['spec']), status);
	return isPlanned(wire)
		? {...projectShared(wire), placement, ...plannedOf(1)}
		: {
				...projectShared(wire),
				placement,
				replicas: number(status['desiredNumberScheduled']),
				readyReplicas: number(status['numberReady']),
				updatedReplicas: number(status['updatedNumberScheduled']),
			};
}

/** No server has seen it: each gives an object a UID and, of these kinds, a status. `kubectl create --dry-run` writes `status: {}`. */
export function isPlanned(wire: Wire): boolean {
	return record(wire['metadata'])['uid'] === undefined && Object.keys(record(wire['status'])).length === 0;
}

function plannedOf(replicas: number) {
	return {replicas, readyReplicas: replicas, updatedReplicas: replicas, planned: true as const};
}

/** What they have in common; only a StatefulSet names a Service. */
type Shared = {
	readonly metadata?: V1ObjectMeta;
	readonly spec?: Partial<Pick<V1StatefulSetSpec, 'selector' | 'template' | 'serviceName'>>;
};

function projectShared(wire: WireOf<Shared>) {
	const spec = record(wire['spec']);
	const template = record(spec['template']);
	const podSpec = record(template['spec']);
	return {
		...projectMeta(wire),
		selector: projectLabelSelector(spec['selector']),
		templateLabels: textMap(record(template['metadata'])['labels']),
		containers: projectContainers(podSpec['containers']),
		hostNetwork: is(podSpec['hostNetwork'], true),
		mountedConfigMaps: projectMounts(podSpec),
		serviceName: optionalText(spec['serviceName']),
	};
}
