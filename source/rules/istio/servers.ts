import type {IstioGateway, IstioServer} from '../../model/routes/istio.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {Service} from '../../model/services/service.ts';
import {compareText} from '../../model/matching/compare-text.ts';

/** The proxies that a selector takes. */
export type GatewayProxy = {
	readonly namespace: string;
	readonly labels: Labels;
	/** Those that select its pods. */
	readonly services: readonly Service[];
};

/** A server of a Gateway on a proxy. */
export type ProxyServer = {
	readonly gateway: IstioGateway;
	/** Its place in `spec.servers`. */
	readonly index: number;
	readonly server: IstioServer;
	/** Where the proxy listens: the target port of a Service port of that number, else the number itself. */
	readonly listensOn: number;
	/** The server that holds the port, or the host on it, already: this one is left out. */
	readonly lostTo?: {readonly gateway: IstioGateway; readonly index: number};
};

/**
What listens on a proxy: the servers of all Gateways that select it, the oldest Gateway first. Source: istio/istio of 2026-08-22,
pilot/pkg/model/gateway.go, mergeGateways, and push_context.go.
*/
export function serversOf(gateways: readonly IstioGateway[], proxy: GatewayProxy): readonly ProxyServer[] {
	const all = gateways
		.filter(({selector}) => selector === undefined || matchesLabels(selector, proxy.labels))
		.toSorted(olderFirst)
		.flatMap((gateway) =>
			gateway.servers.map((server, index) => ({
				gateway,
				index,
				server,
				listensOn: listeningPort(server.port.number, proxy.services),
			})),
		);
	return all.reduce<readonly ProxyServer[]>(
		(kept, each) => [...kept, {...each, lostTo: holderOf(each, kept)}],
		[],
	);
}

type Dated = {readonly createdAt?: number; readonly name: string; readonly namespace: string};

/** By creation, then by name (model/config.go, configCompareByCreationTime). */
export function olderFirst(a: Dated, b: Dated): number {
	return (
		(a.createdAt ?? 0) - (b.createdAt ?? 0) ||
		compareText(a.name, b.name) ||
		compareText(a.namespace, b.namespace)
	);
}

const untranslated = 'experimental.istio.io/disable-gateway-port-translation';

/** The target port of the Service port that a server names (model/gateway.go, resolvePorts). A named one is not followed. */
function listeningPort(number: number, services: readonly Service[]): number {
	const found = services
		.filter(({labels}) => labels[untranslated] === undefined)
		.flatMap(({ports}) => ports)
		.find(({port}) => port === number);
	return typeof found?.targetPort === 'number' ? found.targetPort : number;
}

/** The server that keeps another one out: of another protocol on the port, or of the same host on a TLS port. */
function holderOf(each: ProxyServer, kept: readonly ProxyServer[]): ProxyServer['lostTo'] {
	const there = kept.filter(
		({listensOn, server, lostTo}) =>
			!lostTo && listensOn === each.listensOn && server.bind === each.server.bind,
	);
	const plain = there.find(({server}) => !isTls(server));
	const holder = plain
		? isHttp(plain.server) && isHttp(each.server)
			? undefined
			: plain
		: isTls(each.server)
			? there.find((other) => sharesHost(other, each))
			: there[0];
	return holder && {gateway: holder.gateway, index: holder.index};
}

function sharesHost(a: ProxyServer, b: ProxyServer): boolean {
	const own = new Set(ownHosts(a));
	return ownHosts(b).some((host) => own.has(host));
}

/** As Istio compares them: with the namespace where one is given. */
function ownHosts({gateway, server}: ProxyServer): readonly string[] {
	return server.hosts.map((host) => {
		const [first = '', name] = host.split('/');
		return name === undefined || first === '*'
			? (name ?? first)
			: `${first === '.' ? gateway.namespace : first}/${name}`;
	});
}

/** protocol.Parse, IsHTTP: istio/istio, pkg/config/protocol/instance.go. */
const httpProtocols = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB', 'GRPC-WEB-TEXT']);

/** Plain HTTP, also where `tls` stands there for a redirect. */
export function isHttp({port}: IstioServer): boolean {
	return httpProtocols.has(port.protocol);
}

function isTls(server: IstioServer): boolean {
	return server.tls !== undefined && !isHttp(server);
}

export function isPassthrough({tls}: IstioServer): boolean {
	return tls?.mode === 'PASSTHROUGH' || tls?.mode === 'AUTO_PASSTHROUGH';
}

/** TLS ends here, and HTTP is read. */
export function endsHttps(server: IstioServer): boolean {
	return server.port.protocol === 'HTTPS' && server.tls !== undefined && !isPassthrough(server);
}
