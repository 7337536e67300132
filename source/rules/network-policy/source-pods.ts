import type {Labels} from '../../model/meta.ts';
import type {Kind} from '../../model/kinds.ts';
import type {WorkloadKind} from '../../model/request.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {podsSelectedBy} from '../workload-pods.ts';
import type {PolicySource} from './connections.ts';

/** What policies may select a sender by. */
export type SenderLabels = {readonly namespace: string; readonly labels: Labels};

/** The pods that send, as their workload's template has them where pods were not read. */
export function senderLabels(snapshot: Snapshot, from: PolicySource): readonly SenderLabels[] {
	if (from.type === 'pod') {
		return [from.pod];
	}

	if (from.type !== 'controller' || from.sender) {
		return [];
	}

	const workload = unreadWorkload(snapshot, from);
	return workload ? [{namespace: workload.namespace, labels: workload.templateLabels}] : from.pods;
}

/** The source with its pods: an overview leaves them out as long as no policy may concern them. */
export function withPods(snapshot: Snapshot, from: PolicySource): PolicySource {
	const workload = unreadWorkload(snapshot, from);
	return workload && from.type === 'controller' ? {...from, pods: podsSelectedBy(snapshot, workload)} : from;
}

function unreadWorkload(snapshot: Snapshot, from: PolicySource): Workload | undefined {
	if (from.type !== 'controller' || from.sender || from.pods.length > 0 || !from.workload) {
		return undefined;
	}

	const {kind, namespace = '', name} = from.workload;
	return snapshot.get(kind as Exclude<WorkloadKind, 'Job'> & Kind, namespace, name);
}
