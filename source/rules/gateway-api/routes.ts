import type {Route, RouteKind} from '../../model/gateway.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {attachments, type Attachment} from './attachment.ts';
import {matchesHostname} from './hostnames.ts';

const routeKinds: readonly RouteKind[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** Routes of every kind, of one namespace or of all. */
export function allRoutes(snapshot: Snapshot, namespace?: string): readonly Route[] {
	return routeKinds.flatMap((kind) => snapshot.list(kind, namespace));
}

/** Every attachment of the routes that name the Gateway; with a `host` only of those that may serve it. */
export function attachmentsTo(
	snapshot: Snapshot,
	gateway: {readonly namespace: string; readonly name: string},
	host?: string,
): readonly Attachment[] {
	return allRoutes(snapshot)
		.filter((route) => host === undefined || mayServe(route, host))
		.filter((route) =>
			route.parentRefs.some(
				(ref) => ref.name === gateway.name && (ref.namespace ?? route.namespace) === gateway.namespace,
			),
		)
		.flatMap((route) => attachments(snapshot, route))
		.filter(({parentRef, namespace}) => parentRef.name === gateway.name && namespace === gateway.namespace);
}

function mayServe({hostnames}: Route, host: string): boolean {
	return hostnames.length === 0 || hostnames.some((hostname) => matchesHostname(hostname, host));
}
