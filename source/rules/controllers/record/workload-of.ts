import type {ObjectRef} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {serverKinds, type Workload} from '../../../model/workloads/workload.ts';

/** The workload that a controller names, where it may be read. */
export function workloadOf(
	snapshot: Snapshot,
	{workload}: {readonly workload?: ObjectRef},
): Workload | undefined {
	const kind = serverKinds.find((each) => each === workload?.kind);
	return kind && workload && snapshot.get(kind, workload.namespace ?? '', workload.name);
}
