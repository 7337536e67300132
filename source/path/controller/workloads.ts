import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {serverKinds} from '../../model/workloads/workload.ts';
import {accessFindingsOf} from '../access.ts';
import type {EvidenceField, Finding} from '../finding.ts';

/** What may not be read of them. */
export function unreadWorkloads(snapshot: Snapshot): readonly Finding[] {
	return accessFindingsOf(
		snapshot,
		serverKinds.filter((kind) => !isKnown(snapshot.state(kind))),
	);
}

/** Evidence that none of them runs a controller. */
export const runByNone: readonly EvidenceField[] = serverKinds.map((kind) => ({
	object: `${kind}/*`,
	path: 'spec.template.spec.containers',
	value: 'none runs it',
}));
