import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const;

/** A workload and its kind, which the model object does not carry. */
export type NamedWorkload = {readonly kind: (typeof workloadKinds)[number]; readonly workload: Workload};

/**
Workloads whose pod template the selector of the Service fits. ReplicaSets of a Deployment are left out: the Deployment stands
for them.
*/
export function workloadsBehind(snapshot: Snapshot, service: Service): readonly NamedWorkload[] {
	const selector = service.selector;
	return selector
		? workloadsOf(snapshot, service.namespace).filter(({workload}) =>
				matchesLabels(selector, workload.templateLabels),
			)
		: [];
}

export function workloadsOf(snapshot: Snapshot, namespace: string): readonly NamedWorkload[] {
	return workloadKinds
		.flatMap((kind) => snapshot.list(kind, namespace).map((workload) => ({kind, workload})))
		.filter(({kind, workload}) => kind !== 'ReplicaSet' || workload.owner === undefined);
}

/** Kinds of workload whose lists are not known: such a workload may exist. */
export function unknownWorkloadKinds(snapshot: Snapshot, namespace: string): readonly string[] {
	return workloadKinds.filter((kind) => !isKnown(snapshot.state(kind, namespace)));
}
