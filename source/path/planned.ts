import {plannedBy} from '../model/kept/annotations.ts';
import {kubectl} from '../model/safe-text/command.ts';
import type {Pod} from '../model/workloads/pod.ts';

/** Whether pods are those that manifests ask for: no cluster runs them. */
export function arePlanned(pods: readonly Pod[] = []): boolean {
	return pods.some(({annotations}) => annotations[plannedBy] !== undefined);
}

/** Whether no pod is one that a cluster runs. */
export function areAllPlanned(pods: readonly Pod[] = []): boolean {
	return pods.length > 0 && pods.every((pod) => arePlanned([pod]));
}

/** Shows a pod, or the workload of one that no cluster runs. */
export function showPod(pod: Pod): string {
	const [kind = 'Pod', name = pod.name] = pod.annotations[plannedBy]?.split('/') ?? [];
	return kubectl(pod, 'get', kind.toLowerCase(), name, '-o', 'yaml');
}
