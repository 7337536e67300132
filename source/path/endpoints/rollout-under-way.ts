import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {NamedWorkload} from '../../rules/endpoint-slices/workloads.ts';
import {type EvidenceField, type Finding, finding, objectField} from '../finding.ts';
import {instant} from '../words.ts';
import {endpointsFindings} from './catalogue.ts';

/** How long a new ReplicaSet may take to make its first pod before that is called a fault. Milliseconds. */
const creationTime = 10_000;

/**
KNET501 in the middle of a rollout. With the strategy Recreate a Deployment has no pod from the end of its old ones until its
new ReplicaSet makes some (kubernetes/kubernetes pkg/controller/deployment/recreate.go): none of its ReplicaSets wants a pod
yet, or the newest was made a moment ago.
*/
export function rolloutUnderWay(
	snapshot: Snapshot,
	service: Service,
	{kind, workload}: NamedWorkload,
): Finding | undefined {
	const owned =
		kind === 'Deployment' && !workload.planned
			? snapshot
					.list('ReplicaSet', workload.namespace)
					.filter(({owner}) => owner?.kind === 'Deployment' && owner.name === workload.name)
			: [];
	const evidence = owned.some((set) => isRefused(snapshot, set)) ? undefined : sign(owned, snapshot.now);
	return (
		evidence &&
		finding(endpointsFindings.selectorMatchesNoPods, {
			message: `Deployment ${workload.name} behind Service ${service.name} has no pod yet: its rollout is under way.`,
			evidence: [evidence],
			remedy: 'Wait for its new pods; if none come, look at its conditions and events.',
			command: kubectl(workload, 'rollout', 'status', `deployment/${workload.name}`),
		})
	);
}

function isRefused(snapshot: Snapshot, {namespace, name}: Workload): boolean {
	return snapshot.eventsOf('ReplicaSet', namespace, name).some(({reason}) => reason === 'FailedCreate');
}

function sign(owned: readonly Workload[], now: number): EvidenceField | undefined {
	const [newest] = owned.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
	if (!newest) {
		return undefined;
	}

	const object = refOf('ReplicaSet', newest);
	if (owned.every(({replicas}) => replicas === 0)) {
		return objectField(object, 'spec.replicas', '0');
	}

	const {createdAt} = newest;
	return createdAt !== undefined && now - createdAt < creationTime
		? objectField(object, 'metadata.creationTimestamp', instant(createdAt))
		: undefined;
}
