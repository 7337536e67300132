import type {Gateway, Route} from '../../../model/routes/gateway.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Entry} from '../../report.ts';
import {matchesOf, routeRequests} from './route-requests.ts';

/** What a person can pick of Gateway API: each host and path of a route, and each Gateway. None where it is not installed. */
export function gatewayEntries(snapshot: Snapshot, namespace: string | undefined): readonly Entry[] {
	return [
		...snapshot.list('HTTPRoute', namespace).flatMap((route) => urlEntries(snapshot, route)),
		...snapshot.list('GRPCRoute', namespace).flatMap((route) => objectEntry(route, 'grpcroute')),
		...snapshot.list('TLSRoute', namespace).flatMap((route) => tlsEntries(snapshot, route)),
		...snapshot.list('TCPRoute', namespace).map(tcpEntry),
		...snapshot.list('Gateway', namespace).map(gatewayEntry),
	];
}

function urlEntries(snapshot: Snapshot, route: Route): readonly Entry[] {
	const {namespace, name} = route;
	// The requests of a route that hands all of them on are entries of the others.
	if (route.rules.length > 0 && matchesOf(snapshot, route).length === 0) {
		return [];
	}

	const byTitle = Map.groupBy(routeRequests(snapshot, route), ({place}) => place);
	return [...byTitle].map(([title, requests]) => ({
		id: `HTTPRoute/${namespace}/${name}/${title}`,
		title,
		namespace,
		// What no plain URL asks for is walked as the route it stands in.
		target: requests.find(({plain}) => plain)?.target.text ?? `httproute/${namespace}/${name}`,
		subject: {kind: 'HTTPRoute', namespace, name},
	}));
}

function objectEntry(route: Route, prefix: 'grpcroute'): readonly Entry[] {
	const {routeKind, namespace, name, hostnames} = route;
	return (hostnames.length > 0 ? hostnames : ['*']).map((host) => ({
		id: `${routeKind}/${namespace}/${name}/${host}`,
		title: `${host} (gRPC)`,
		namespace,
		target: `${prefix}/${namespace}/${name}`,
		subject: {kind: routeKind, namespace, name},
	}));
}

/** TLS is passed through by server name: the URL of the name leads there. */
function tlsEntries(snapshot: Snapshot, route: Route): readonly Entry[] {
	const {namespace, name} = route;
	return routeRequests(snapshot, route)
		.filter(({plain}) => plain)
		.map(({target}) => ({
			id: `TLSRoute/${namespace}/${name}/${target.request.host}`,
			title: `${target.request.host} (TLS)`,
			namespace,
			target: target.text,
			subject: {kind: 'TLSRoute', namespace, name},
		}));
}

/** A port is all that it has. */
function tcpEntry({namespace, name}: Route): Entry {
	return {
		id: `TCPRoute/${namespace}/${name}`,
		title: `tcproute/${name}`,
		namespace,
		target: `tcproute/${namespace}/${name}`,
		subject: {kind: 'TCPRoute', namespace, name},
	};
}

function gatewayEntry({namespace, name}: Gateway): Entry {
	return {
		id: `Gateway/${namespace}/${name}`,
		title: `gateway/${name}`,
		namespace,
		target: `gateway/${namespace}/${name}`,
		subject: {kind: 'Gateway', namespace, name},
	};
}
