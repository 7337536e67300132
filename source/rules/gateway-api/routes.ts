import type {Route, RouteKind} from '../../model/routes/gateway.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Attachment} from './listeners/attachment.ts';
import {attachments} from './listeners/delegation.ts';
import {indexByHost} from '../ingress/host-index.ts';
import {memoize, rememberRead} from '../memoize.ts';
import {plainHost} from '../host-match.ts';
import {matchesHostname} from './listeners/hostnames.ts';

const routeKinds: readonly RouteKind[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** Routes of every kind, of one namespace or of all. */
export function allRoutes(snapshot: Snapshot, namespace?: string): readonly Route[] {
	return routeKinds.flatMap((kind) => snapshot.list(kind, namespace));
}

/** Those of a list of routes that may serve a host, in its order: that name it, or a wildcard above it, or no host. */
export function routesFor(snapshot: Snapshot, host: string, namespace?: string): readonly Route[] {
	return routeKinds.flatMap((kind) =>
		byHost(snapshot.list(kind, namespace))(host).filter((route) => mayServe(route, host)),
	);
}

const byHost = memoize((routes: readonly Route[]) =>
	indexByHost(routes, ({hostnames}) => (hostnames.length === 0 ? [''] : hostnames.map(plainHost))),
);

/** Every attachment of the routes that name the Gateway; with a `host` only of those that may serve it. */
export function attachmentsTo(
	snapshot: Snapshot,
	gateway: {readonly namespace: string; readonly name: string},
	host?: string,
): readonly Attachment[] {
	const key = JSON.stringify([gateway.namespace, gateway.name, host]);
	return attachmentsByKey(snapshot, snapshot.version, key);
}

const attachmentsByKey = rememberRead((snapshot, _all, key): readonly Attachment[] => {
	const [inNamespace, toName, host] = JSON.parse(key) as [string, string, string | null];
	return (host === null ? allRoutes(snapshot) : routesFor(snapshot, host))
		.filter(
			({parentRefs}) =>
				parentRefs.length === 0 || parentRefs.some(({kind, name}) => kind !== 'Gateway' || name === toName),
		)
		.flatMap((route) => attachments(snapshot, route))
		.filter(({gatewayName}) => gatewayName?.name === toName && gatewayName.namespace === inNamespace);
});

function mayServe({hostnames}: Route, host: string): boolean {
	return hostnames.length === 0 || hostnames.some((hostname) => matchesHostname(hostname, host));
}
