import type {Gateway, Listener, RouteKind} from '../../../model/routes/gateway.ts';
import {plainHost} from '../../host-match.ts';
import {compareHostnames, matchesHostname} from './hostnames.ts';

export const gatewayGroup = 'gateway.networking.k8s.io';

/** The route kinds that go with a protocol (apis/v1 ProtocolType, AllowedRoutes.kinds). None: the protocol is not known. */
export function kindsOfProtocol(listener: Listener): readonly RouteKind[] {
	switch (listener.protocol) {
		case 'HTTP':
		case 'HTTPS':
			return ['HTTPRoute', 'GRPCRoute'];
		case 'TLS':
			return listener.tls?.mode === 'Terminate' ? ['TLSRoute', 'TCPRoute'] : ['TLSRoute'];
		case 'TCP':
			return ['TCPRoute'];
		case 'UDP':
			return ['UDPRoute'];
		default:
			return [];
	}
}

/** The route kinds that may attach: what `allowedRoutes.kinds` leaves of the protocol's own. */
export function supportedKinds(listener: Listener): readonly RouteKind[] {
	const own = kindsOfProtocol(listener);
	const {kinds} = listener.allowedRoutes;
	return kinds.length === 0
		? own
		: own.filter((kind) => kinds.some((item) => item.group === gatewayGroup && item.kind === kind));
}

/** Kinds that `allowedRoutes` names and the protocol cannot serve: reason InvalidRouteKinds. */
export function invalidKinds(listener: Listener): readonly string[] {
	const own: readonly string[] = kindsOfProtocol(listener);
	return listener.allowedRoutes.kinds
		.filter(({group, kind}) => group !== gatewayGroup || !own.includes(kind))
		.map(({kind}) => kind);
}

export type Conflict = 'ProtocolConflict' | 'HostnameConflict';

/**
Whether another listener of the Gateway takes what this one asks for. Listeners of one port are compatible when all are
HTTP, or all HTTPS or TLS, with distinct hostnames (apis/v1 GatewaySpec.listeners); UDP shares a port with any of them.
*/
export function conflictOf(gateway: Gateway, listener: Listener): Conflict | undefined {
	const others = sharingPort(gateway, listener).filter((other) => !yields(gateway, other, listener));
	if (others.some((other) => family(other) !== family(listener))) {
		return 'ProtocolConflict';
	}

	const taken = others.some((other) => plainHost(other.hostname) === plainHost(listener.hostname));
	return taken ? 'HostnameConflict' : undefined;
}

/** The HTTP listener of its port whose name comes before that of this one, which ends TLS or passes it through. */
export function plainHolderOf(gateway: Gateway, listener: Listener): Listener | undefined {
	return family(listener) === 'HTTPS'
		? sharingPort(gateway, listener).find(({protocol, name}) => protocol === 'HTTP' && name < listener.name)
		: undefined;
}

/** When two conflict, the listener of the later ListenerSet is not served, and takes nothing from the other (GEP-1713). */
function yields({listeners}: Gateway, other: Listener, listener: Listener): boolean {
	const isSameOwner =
		other.set?.namespace === listener.set?.namespace && other.set?.name === listener.set?.name;
	return !isSameOwner && listeners.indexOf(other) > listeners.indexOf(listener);
}

/** The other listeners of its port. */
export function sharingPort(gateway: Gateway, listener: Listener): readonly Listener[] {
	return gateway.listeners.filter(
		(other) =>
			other.name !== listener.name &&
			other.port === listener.port &&
			(other.protocol === 'UDP') === (listener.protocol === 'UDP'),
	);
}

function family({protocol}: Listener): string {
	return protocol === 'TLS' ? 'HTTPS' : protocol;
}

/**
The listeners of a port that take a host, most specific hostname first. With listener isolation only the first of them
serves the request (apis/v1 Listener.hostname, feature GatewayHTTPListenerIsolation).
*/
export function listenersFor(
	gateway: Gateway,
	{port, host}: {readonly port: number; readonly host: string},
): readonly Listener[] {
	return gateway.listeners
		.filter((listener) => listener.port === port && matchesHostname(hostnameOf(listener), host))
		.toSorted((left, right) => compareHostnames(hostnameOf(left), hostnameOf(right)));
}

/** TCP and UDP listeners know no hostname: one that is set is ignored (apis/v1 Listener.hostname). */
function hostnameOf({protocol, hostname}: Listener): string {
	return protocol === 'TCP' || protocol === 'UDP' ? '' : hostname;
}
