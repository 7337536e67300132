import type {Gateway} from '../../model/routes/gateway.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {membershipOf} from './membership.ts';

/** Of a Service, or of its namespace for all of them. */
export const waypointLabel = 'istio.io/use-waypoint';

/** Its listeners are those of ztunnel alone: a waypoint, which nobody reaches from outside (istio.io, Configure waypoint proxies). */
export function isForMesh({listeners}: Gateway): boolean {
	return listeners.length > 0 && listeners.every(({protocol}) => protocol === 'HBONE');
}

/** A waypoint, and the object whose label names it. */
type Waypoint = {
	readonly waypoint: Required<ObjectRef>;
	readonly askedBy: ObjectRef;
	/** The Deployment that istiod makes of the Gateway, where none of its replicas is ready. */
	readonly down?: ObjectRef;
};

/**
The waypoint that takes what a captured client sends to a Service. One that does not exist is passed over (istio.io, Configure
waypoint proxies).
*/
export function waypointOf(snapshot: Snapshot, client: Pod, service: Service): Waypoint | undefined {
	const isOwn = service.labels[waypointLabel] !== undefined;
	const labels = isOwn ? service.labels : (snapshot.get('Namespace', '', service.namespace)?.labels ?? {});
	const name = labels[waypointLabel] ?? 'none';
	if (name === 'none' || membershipOf(snapshot, client) !== 'ambient') {
		return undefined;
	}

	const namespace = labels[`${waypointLabel}-namespace`] ?? service.namespace;
	const found = snapshot.get('Gateway', namespace, name);
	const isServed = found
		? ['service', 'all'].includes(found.labels['istio.io/waypoint-for'] ?? 'service')
		: !isKnown(snapshot.state('Gateway', namespace));
	const askedBy = isOwn
		? refOf('Service', service)
		: refOf('Namespace', {namespace: '', name: service.namespace});
	return isServed
		? {waypoint: {kind: 'Gateway', namespace, name}, askedBy, down: downOf(snapshot, namespace, name)}
		: undefined;
}

/** ztunnel closes connections for a waypoint without a healthy upstream (istio/ztunnel, src/state.rs, finalize_upstream). */
function downOf(snapshot: Snapshot, namespace: string, name: string): ObjectRef | undefined {
	const workload = snapshot.get('Deployment', namespace, name);
	return workload?.readyReplicas === 0 ? refOf('Deployment', workload) : undefined;
}
