import type {IstioDestination} from '../../model/routes/istio.ts';
import type {HttpRequest} from '../../model/request.ts';
import {chooseHttp, nameOf, type HttpChoice} from './http-routes.ts';
import {domainFit, gatewayName, hostsForNamespace, intersection} from './hosts.ts';
import {endsHttps, isHttp, isPassthrough, type GatewayProxy, type ProxyServer} from './servers.ts';
import type {MergedService} from './virtual-services.ts';

/** What a proxy does with a connection. */
export type Taken =
	/** Nothing listens on the port. */
	| {readonly type: 'no-listener'}
	/** https to a plain port, or http to one of TLS. */
	| {readonly type: 'other-protocol'; readonly server: ProxyServer}
	/** No server's hosts and no route's fit the name of the handshake: the connection is closed. */
	| {readonly type: 'no-name'; readonly servers: readonly ProxyServer[]}
	| {readonly type: 'http'; readonly servers: readonly ProxyServer[]; readonly choice: HttpChoice}
	/** Bytes are handed on as they come. */
	| {
			readonly type: 'stream';
			readonly server: ProxyServer;
			readonly object: MergedService['object'];
			readonly field: 'tls' | 'tcp';
			readonly index: number;
			readonly route: readonly IstioDestination[];
			readonly endsTls: boolean;
	  }
	/** Servers whose traffic is of a kind that is not followed. */
	| {readonly type: 'not-followed'; readonly server: ProxyServer; readonly why: string};

type ListenerInput = {
	readonly request: HttpRequest;
	readonly proxy: GatewayProxy;
	/** Where the client's connection arrives at the pods. */
	readonly port: number;
	readonly servers: readonly ProxyServer[];
	readonly servicesOf: (gateway: string) => readonly MergedService[];
};

/** By port, then by TLS and its name, then by HTTP: istio/istio of 2026-08-22, pilot/pkg/networking/core/gateway.go. */
export function take(input: ListenerInput): Taken {
	const here = input.servers.filter(({listensOn, lostTo}) => listensOn === input.port && !lostTo);
	const [first] = here;
	if (!first) {
		return {type: 'no-listener'};
	}

	if (isHttp(first.server)) {
		return input.request.scheme === 'https' ? {type: 'other-protocol', server: first} : http(input, here);
	}

	if (first.server.tls === undefined) {
		return tcp(input, first, false);
	}

	return input.request.scheme === 'http' ? {type: 'other-protocol', server: first} : byName(input, here);
}

function http(input: ListenerInput, servers: readonly ProxyServer[]): Taken {
	return {type: 'http', servers, choice: chooseHttp({...input, servers})};
}

type Chain = {readonly name: string; readonly taken: () => Taken};

/** The chain of filters whose name fits that of the handshake best. */
function byName(input: ListenerInput, servers: readonly ProxyServer[]): Taken {
	const chains = servers.flatMap((server) => chainsOf(input, server));
	const fitting = chains
		.map((chain) => ({...chain, fit: domainFit(chain.name, input.request.host)}))
		.filter(({fit}) => fit > 0)
		.toSorted((a, b) => b.fit - a.fit);
	return fitting[0]?.taken() ?? {type: 'no-name', servers};
}

function chainsOf(input: ListenerInput, server: ProxyServer): readonly Chain[] {
	const names = server.server.hosts.map((host) => host.slice(host.indexOf('/') + 1).toLowerCase());
	if (endsHttps(server.server)) {
		return names.map((name) => ({name, taken: () => http(input, [server])}));
	}

	if (server.server.tls?.mode === 'AUTO_PASSTHROUGH') {
		const why = 'AUTO_PASSTHROUGH: for the meshes of other networks';
		return names.map((name) => ({name, taken: () => ({type: 'not-followed', server, why})}));
	}

	return isPassthrough(server.server)
		? passthrough(input, server)
		: names.map((name) => ({name, taken: () => tcp(input, server, true)}));
}

/** A chain for each SNI host that a `tls` route names; of one host the first counts. */
function passthrough(input: ListenerInput, server: ProxyServer): readonly Chain[] {
	return bound(input, server).flatMap(({object}) =>
		object.tls.flatMap(({match, route}, index) =>
			route.length === 0
				? []
				: match
						.filter((each) => isForServer(each, server, object.namespace))
						.flatMap(({sniHosts}) =>
							sniHosts.map((name) => ({
								name: name.toLowerCase(),
								taken: (): Taken => ({
									type: 'stream',
									server,
									object,
									field: 'tls',
									index,
									route,
									endsTls: false,
								}),
							})),
						),
		),
	);
}

/** The first `tcp` route whose port and Gateway fit. */
function tcp(input: ListenerInput, server: ProxyServer, endsTls: boolean): Taken {
	for (const {object} of bound(input, server)) {
		const index = object.tcp.findIndex(
			({match, route}) =>
				route.length > 0 &&
				(match.length === 0 || match.some((each) => isForServer(each, server, object.namespace))),
		);
		const found = object.tcp[index];
		if (found) {
			return {type: 'stream', server, object, field: 'tcp', index, route: found.route, endsTls};
		}
	}

	return endsTls ? {type: 'no-name', servers: [server]} : {type: 'no-listener'};
}

/** VirtualServices that have a host of the server. */
function bound({servicesOf}: ListenerInput, server: ProxyServer): readonly MergedService[] {
	return servicesOf(nameOf(server)).filter(
		({object}) =>
			intersection(
				hostsForNamespace(server.server.hosts, {
					own: server.gateway.namespace,
					namespace: object.namespace,
				}),
				object.hosts.map((host) => host.toLowerCase()),
			).length > 0,
	);
}

/** l4SingleMatch: of a match only the port and the Gateways count here; subnets and sources are not looked at (gateway.go). */
function isForServer(
	{port, gateways}: {readonly port?: number; readonly gateways: readonly string[]},
	server: ProxyServer,
	namespace: string,
): boolean {
	return (
		(port === undefined || port === 0 || port === server.server.port.number) &&
		(gateways.length === 0 || gateways.some((name) => gatewayName(name, namespace) === nameOf(server)))
	);
}
