import type {Snapshot} from '../model/snapshot.ts';
import {type ServerKind, serverKinds, type Workload} from '../model/workloads/workload.ts';

export type KindedWorkload = {readonly kind: ServerKind; readonly workload: Workload};

/** All that may run a controller or a proxy of it. */
export function allWorkloads(snapshot: Snapshot, namespace?: string): readonly KindedWorkload[] {
	return serverKinds.flatMap((kind) => snapshot.list(kind, namespace).map((workload) => ({kind, workload})));
}
