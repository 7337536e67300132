import {refOf} from '../../model/ref.ts';
import type {NamedWorkload} from '../../rules/endpoint-slices/workloads.ts';
import {type EvidenceField, objectField} from '../finding.ts';

/** How many pods a workload wants, and where that is written. */
export function replicasField(kind: string, workload: NamedWorkload['workload']): EvidenceField {
	return objectField(
		refOf(kind, workload),
		kind === 'DaemonSet' ? 'status.desiredNumberScheduled' : 'spec.replicas',
		String(workload.replicas),
	);
}
