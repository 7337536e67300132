import type {IstioDestination, VirtualService} from '../../model/routes/istio.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {ObjectRef} from '../../model/ref.ts';
import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {domainFit, fullName} from '../istio/hosts.ts';
import {virtualServicesFor} from '../istio/virtual-services.ts';
import {membershipOf} from './membership.ts';
import {meshDomain} from './mesh-config.ts';

/**
Routes of the mesh that send what a client asks of a Service to another place, or answer it. A VirtualService is for sidecars, a
route whose parent is the Service for ztunnel's waypoints as well (istio.io, Virtual Service; GEP-1324).
*/
export function meshRoutesOf(snapshot: Snapshot, client: Pod, service: Service): readonly ObjectRef[] {
	const membership = membershipOf(snapshot, client);
	if (membership === undefined) {
		return [];
	}

	const domain = meshDomain(snapshot);
	const full = fullName(service.name, {namespace: service.namespace, domain});
	const virtual = virtualServicesFor(snapshot, client)
		.filter(({hosts, namespace}) =>
			hosts.some((host) => domainFit(fullName(host, {namespace, domain}), full) > 0),
		)
		.filter((object) => changesPlace(object, full, domain))
		.map((object) => refOf('VirtualService', object));
	return membership === 'sidecar'
		? [...virtual, ...parentRoutes(snapshot, client, service)]
		: parentRoutes(snapshot, client, service);
}

/** Routes of the Service's own namespace, which hold for clients of every namespace (GEP-1324, producer routes). */
export function producerRoutesOf(snapshot: Snapshot, service: Service): readonly ObjectRef[] {
	return parentRoutes(snapshot, service, service);
}

/** Timeouts and retries leave the place as it is. */
function changesPlace({http, tls, tcp, namespace}: VirtualService, full: string, domain: string): boolean {
	const isElsewhere = ({host, subset}: IstioDestination): boolean =>
		subset !== '' || fullName(host, {namespace, domain}) !== full;
	return (
		http.some(
			({route, redirect, directResponse, delegate, rewrite, fault}) =>
				redirect !== undefined ||
				directResponse !== undefined ||
				delegate !== undefined ||
				rewrite !== undefined ||
				fault?.abort !== undefined ||
				route.some(isElsewhere),
		) || [...tls, ...tcp].some(({route}) => route.some(isElsewhere))
	);
}

/** A route in the namespace of the Service is for all clients, one in another namespace for the clients there (GEP-1324, producer and consumer routes). */
function parentRoutes(
	snapshot: Snapshot,
	client: Pick<Pod, 'namespace'>,
	service: Service,
): readonly ObjectRef[] {
	return (['HTTPRoute', 'GRPCRoute'] as const).flatMap((kind) =>
		snapshot
			.list(kind)
			.filter(({namespace}) => namespace === service.namespace || namespace === client.namespace)
			.filter(({namespace, parentRefs}) =>
				parentRefs.some(
					(parent) =>
						parent.kind === 'Service' &&
						parent.name === service.name &&
						(parent.namespace ?? namespace) === service.namespace,
				),
			)
			.map((route) => refOf(kind, route)),
	);
}
