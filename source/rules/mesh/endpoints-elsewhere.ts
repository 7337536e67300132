import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';
import {memoize} from '../memoize.ts';
import {isOfLinkerd} from './proxies.ts';
import {membershipOf} from './membership.ts';

/** Endpoints of a Service that stand in no EndpointSlice of this cluster, and what shows them. */
type Elsewhere = {
	/** `endpoints of other clusters`, as the end of a sentence. */
	readonly what: string;
	readonly object: ObjectRef;
	readonly path: string;
	readonly value: string;
};

/** `client` undefined: no pod, or any: only what holds for every client is said of it. */
export function endpointsElsewhere(
	snapshot: Snapshot,
	service: Service,
	client: Pod | undefined,
): Elsewhere | undefined {
	return (
		ofClusterMesh(snapshot, service) ??
		(client && isOfLinkerd(client) ? ofLinkerd(service) : undefined) ??
		(client && membershipOf(snapshot, client) ? ofIstio(snapshot, service) : undefined)
	);
}

/**
A global Service has the endpoints of its namesakes in all clusters of the mesh (Cilium, Load-balancing and Service Discovery in
Cluster Mesh; the older annotation: pkg/annotation). A cluster of the mesh has an id other than 0; where it cannot be read, the
cluster may be one.
*/
function ofClusterMesh(snapshot: Snapshot, service: Service): Elsewhere | undefined {
	const path = ['service.cilium.io/global', 'io.cilium/global-service'].find(
		(name) => service.annotations[name] === 'true',
	);
	return path !== undefined && mayBeInClusterMesh(snapshot)
		? {
				what: 'endpoints of other clusters (Cilium Cluster Mesh)',
				object: refOf('Service', service),
				path: `metadata.annotations[${path}]`,
				value: 'true',
			}
		: undefined;
}

function mayBeInClusterMesh(snapshot: Snapshot): boolean {
	const config = lookup(snapshot, 'ConfigMap', 'kube-system', 'cilium-config');
	return 'found' in config ? (config.found.data['cluster-id'] ?? '0') !== '0' : !('missing' in config);
}

/** Its destination controller looks these up in other clusters, for the proxies alone (linkerd2, controller/api/destination/server.go). */
function ofLinkerd(service: Service): Elsewhere | undefined {
	const name = 'multicluster.linkerd.io/remote-discovery';
	const inLabels = service.labels[name];
	const value =
		inLabels ?? service.annotations[name] ?? service.annotations['multicluster.linkerd.io/local-discovery'];
	return value === undefined
		? undefined
		: {
				what: 'endpoints of other clusters (Linkerd multicluster)',
				object: refOf('Service', service),
				path: `metadata.${inLabels === undefined ? 'annotations' : 'labels'}[${name}]`,
				value,
			};
}

/** A Service selects WorkloadEntries as it does pods, and those of other clusters stand behind a gateway for it (istio.io, Virtual Machine Installation; Install Multicluster). */
function ofIstio(snapshot: Snapshot, service: Service): Elsewhere | undefined {
	const {namespace, selector} = service;
	const machine = selector
		? snapshot.list('WorkloadEntry', namespace).find(({labels}) => matchesLabels(selector, labels))
		: undefined;
	if (machine) {
		return {
			what: 'endpoints that are no pods (WorkloadEntry)',
			object: refOf('WorkloadEntry', machine),
			path: 'spec.address',
			value: machine.address,
		};
	}

	const gateway = eastWestGateway(snapshot.list('Service'));
	return (
		gateway && {
			what: 'endpoints of other clusters (Istio multicluster)',
			object: refOf('Service', gateway),
			path: 'metadata.labels[istio]',
			value: 'eastwestgateway',
		}
	);
}

/** Every Service without endpoints asks. */
const eastWestGateway = memoize((services: readonly Service[]) =>
	services.find(({labels}) => labels['istio'] === 'eastwestgateway'),
);
