import type {Workload} from '../model/workload.ts';
import {projectContainers} from './container.ts';
import {projectLabelSelector} from './label-selector.ts';
import {projectMeta} from './meta.ts';
import {projectPlacement} from './placement.ts';
import {number, optionalText, record, textMap, type Wire} from './wire.ts';

/** Deployment, StatefulSet or ReplicaSet. An absent `spec.replicas` means 1 (apps/v1). */
export function projectWorkload(wire: Wire): Workload {
	const status = record(wire['status']);
	return {
		...projectShared(wire),
		replicas: number(record(wire['spec'])['replicas'], 1),
		readyReplicas: number(status['readyReplicas']),
		updatedReplicas: number(status['updatedReplicas']),
	};
}

export function projectDaemonSet(wire: Wire): Workload {
	const status = record(wire['status']);
	return {
		...projectShared(wire),
		placement: projectPlacement(record(record(record(wire['spec'])['template'])['spec'])),
		replicas: number(status['desiredNumberScheduled']),
		readyReplicas: number(status['numberReady']),
		updatedReplicas: number(status['updatedNumberScheduled']),
	};
}

function projectShared(wire: Wire) {
	const spec = record(wire['spec']);
	const template = record(spec['template']);
	const podSpec = record(template['spec']);
	return {
		...projectMeta(wire),
		selector: projectLabelSelector(spec['selector']),
		templateLabels: textMap(record(template['metadata'])['labels']),
		containers: projectContainers(podSpec['containers'], []),
		hostNetwork: podSpec['hostNetwork'] === true,
		serviceName: optionalText(spec['serviceName']),
	};
}
