import {matchesLabels, matchesSelector} from '../model/matching/label-selector.ts';
import type {Pod} from '../model/workloads/pod.ts';
import type {WorkloadKind} from '../model/request.ts';
import type {Service} from '../model/services/service.ts';
import {lookup, type Lookup, type Snapshot} from '../model/snapshot.ts';
import type {Workload} from '../model/workloads/workload.ts';

export type WorkloadName = {
	readonly workload: WorkloadKind;
	readonly namespace: string;
	readonly name: string;
};

/** The pods that the selector of a workload matches, by the index of its first label. */
export function podsSelectedBy(snapshot: Snapshot, {namespace, selector}: Workload): readonly Pod[] {
	const [pair] = Object.entries(selector.matchLabels);
	const pods = pair ? snapshot.podsLabelled(namespace, ...pair) : snapshot.list('Pod', namespace);
	return pods.filter(({labels}) => matchesSelector(selector, labels));
}

/** Pods that a workload owns, those that serve first. */
export function workloadPods(snapshot: Snapshot, workload: WorkloadName): readonly Pod[] {
	return snapshot
		.list('Pod', workload.namespace)
		.filter((pod) => owns(workload, pod))
		.toSorted((a, b) => rank(a) - rank(b));
}

/** The Deployment controller names its ReplicaSets NAME-HASH, with the pods' label pod-template-hash (deployment/sync.go). */
function owns({workload, name}: WorkloadName, {owner, labels}: Pod): boolean {
	return workload === 'Deployment'
		? owner?.kind === 'ReplicaSet' && owner.name === `${name}-${labels['pod-template-hash']}`
		: owner?.kind === workload && owner.name === name;
}

function rank({ready, phase, deletedAt}: Pod): number {
	return deletedAt !== undefined ? 3 : ready ? 0 : phase === 'Running' ? 1 : 2;
}

/** The object itself. knet reads no Jobs: their pods tell of them. */
export function lookUpWorkload(
	snapshot: Snapshot,
	{workload, namespace, name}: WorkloadName,
): Lookup<Workload> | undefined {
	return workload === 'Job' ? undefined : lookup<typeof workload>(snapshot, workload, namespace, name);
}

/** Services that select what the workload's template makes; for a Job, its pods. */
export function servicesOfWorkload(snapshot: Snapshot, workload: WorkloadName): readonly Service[] {
	const found = lookUpWorkload(snapshot, workload);
	const labels =
		found && 'found' in found
			? [found.found.templateLabels]
			: workloadPods(snapshot, workload).map((pod) => pod.labels);
	return snapshot
		.list('Service', workload.namespace)
		.filter(
			({selector}) =>
				selector && Object.keys(selector).length > 0 && labels.some((each) => matchesLabels(selector, each)),
		);
}
