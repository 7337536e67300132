import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {isKnown, lookup, type Snapshot} from '../../../model/snapshot.ts';
import {domainFit} from '../../istio/hosts.ts';
import {nameOf, type HttpCandidate} from '../../istio/http-routes.ts';
import {take, type Taken} from '../../istio/listener.ts';
import {isPassthrough, serversOf, type GatewayProxy, type ProxyServer} from '../../istio/servers.ts';
import {servicesFor, type LostDelegate, type MergedService} from '../../istio/virtual-services.ts';
import {
	noDecision,
	type RouterDecision,
	type RouterInputOf,
	type RouterProblem,
	type RouterRedirect,
} from '../router.ts';
import {routed, type Routed} from './backends.ts';
import {arrivalPort, gatewayNamesOf, proxyOf} from './proxy.ts';
import {httpRule, streamRule} from './rule.ts';

type Input = RouterInputOf<'VirtualService'>;

/** What the proxies of an Istio Gateway do with a request. */
export function decideByVirtualServices(input: Input): RouterDecision {
	const {snapshot, controller, request} = input;
	const proxy = proxyOf(snapshot, controller);
	if (!proxy) {
		return {...noDecision, undecided: ['the labels of its proxies, which are not seen']};
	}

	const unread = unreadKinds(snapshot);
	const port = arrivalPort(proxy, controller.services[0], request.port);
	const servers = serversOf(snapshot.list('IstioGateway'), proxy);
	const all = snapshot.list('VirtualService');
	const known = new Map<string, readonly MergedService[]>();
	const servicesOf = (gateway: string) => {
		const found = known.get(gateway) ?? servicesFor(all, {gateway, namespace: proxy.namespace});
		known.set(gateway, found);
		return found;
	};

	const taken = take({request, proxy, port, servers, servicesOf});
	const decision = decisionOf({snapshot, proxy, request, servers}, taken);
	const lost = servers.filter(({listensOn, lostTo}) => listensOn === port && lostTo);
	return {
		...decision,
		problems: [...decision.problems, ...lost.map(leftOut)],
		undecided: [...decision.undecided, ...unread],
	};
}

function unreadKinds(snapshot: Snapshot): readonly string[] {
	return (['IstioGateway', 'VirtualService'] as const)
		.filter((kind) => {
			const state = snapshot.state(kind);
			return !isKnown(state) && state.state !== 'absent';
		})
		.map(
			(kind) => `${kind === 'IstioGateway' ? 'Gateways of Istio' : 'VirtualServices'} that may not be read`,
		);
}

type Case = {
	readonly snapshot: Snapshot;
	readonly proxy: GatewayProxy;
	readonly request: HttpRequest;
	readonly servers: readonly ProxyServer[];
};

function decisionOf(each: Case, taken: Taken): RouterDecision {
	switch (taken.type) {
		case 'no-listener':
			return closed(each);
		case 'other-protocol':
			return otherProtocol(each.request, taken.server);
		case 'no-name':
			return noName(each.request, taken.servers);
		case 'not-followed':
			return {...noDecision, undecided: [`what server ${taken.server.index} does: ${taken.why}`]};
		case 'stream':
			return stream(each, taken);
		case 'http':
			return http(each, taken);
	}
}

/** Nothing listens: the pods refuse the connection. */
function closed({request, servers}: Case): RouterDecision {
	const [first] = servers;
	const ports = [...new Set(servers.map(({server}) => server.port.number))].join(', ');
	const problem = first && {
		type: 'port-closed' as const,
		object: refOf('IstioGateway', first.gateway),
		field: 'spec.servers[].port.number',
		value: ports,
		why: `no server of its Gateways listens on port ${request.port}; they have ${ports}`,
		ends: 'refused' as const,
	};
	return problem
		? {...noDecision, problems: [problem], answers: {refused: 'connection-refused'}}
		: {...noDecision, undecided: ['which port it listens on: no Gateway of it has a server']};
}

function otherProtocol({scheme}: HttpRequest, server: ProxyServer): RouterDecision {
	const isTls = scheme === 'https';
	const {number, protocol} = server.server.port;
	const why = isTls
		? `port ${number} is for plain ${protocol}`
		: `port ${number} is for TLS (${protocol}), and http is cut`;
	const place = serverPlace(server, 'port.protocol', protocol);
	return {
		...noDecision,
		problems: [
			isTls
				? {...place, type: 'no-tls', why, ends: 'tls-error'}
				: {...place, type: 'port-closed', why, ends: 'nobody'},
		],
	};
}

type Place = Pick<RouterProblem, 'object' | 'field' | 'value'>;

function serverPlace({gateway, index}: ProxyServer, field: string, value: string): Place {
	return {object: refOf('IstioGateway', gateway), field: `spec.servers[${index}].${field}`, value};
}

/** The handshake names a host that no server, and no TLS route, has. */
function noName({host}: HttpRequest, servers: readonly ProxyServer[]): RouterDecision {
	const [first] = servers;
	const hosts = servers.flatMap(({server}) => server.hosts).join(', ');
	const passes = servers.some(({server}) => isPassthrough(server));
	const why = passes
		? `no server that ends TLS, and no tls route of a VirtualService, has the name ${host}`
		: `no server of port ${first?.server.port.number} has the host ${host}`;
	return first
		? {
				...noDecision,
				problems: [{...serverPlace(first, 'hosts', hosts), type: 'no-tls', why, ends: 'tls-error'}],
			}
		: noDecision;
}

function leftOut(server: ProxyServer): RouterProblem {
	const {lostTo} = server;
	const who = `spec.servers[${lostTo?.index}] of Gateway ${lostTo?.gateway.namespace}/${lostTo?.gateway.name}`;
	return {
		object: refOf('IstioGateway', server.gateway),
		field: `spec.servers[${server.index}]`,
		value: `port ${server.server.port.number}`,
		type: 'refused',
		why: `${who} has the port or the host already`,
	};
}

type Stream = Extract<Taken, {readonly type: 'stream'}>;

/** Bytes go through: whatever fails behind cuts the connection. */
function stream(each: Case, {server, object, field, index, route, endsTls}: Stream): RouterDecision {
	const {backends, undecided} = routed({
		...each,
		server,
		namespace: object.namespace,
		field: `spec.${field}[${index}].route`,
		route,
	});
	const isTls = each.request.scheme === 'https';
	const cut = isTls && !endsTls ? ('tls-error' as const) : undefined;
	return {
		...noDecision,
		rule: streamRule(object, {field, index, host: each.request.host}),
		backends,
		undecided,
		problems: endsTls ? missingSecret(each, server) : [],
		answers: {
			'no-backend': cut,
			'no-endpoints': cut,
			refused: cut,
			reset: cut,
			unreachable: cut,
			dropped: cut,
		},
	};
}

type Http = Extract<Taken, {readonly type: 'http'}>;

function http(each: Case, {servers, choice}: Http): RouterDecision {
	const {request} = each;
	const [server] = servers;
	const secrets = request.scheme === 'https' && server ? missingSecret(each, server) : [];
	const lost = choice.lost.map(lostDelegate);
	if (choice.requiresTls && request.scheme === 'http') {
		return {...noDecision, ...toHttps(servers, request, choice.domain ?? ''), problems: lost};
	}

	const {winner, unread, losers} = choice;
	const problems = [...secrets, ...lost];
	const open = unread.map((candidate) => `whether ${textOf(candidate)} takes the request`).slice(0, 1);
	if (!winner) {
		const unfit = choice.domain === undefined ? unfitHosts(each, servers) : [];
		return {...noDecision, problems: [...problems, ...unfit], undecided: open};
	}

	const decided = byRoute(each, winner);
	return {
		...decided,
		losers: losers.map((loser) => ({rule: httpRule(loser), why: 'it comes later'})),
		problems,
		undecided: [...decided.undecided, ...open],
	};
}

/** VirtualServices that name the host, and no server of their Gateway on the port has it for them. */
function unfitHosts(
	{snapshot, request, proxy}: Case,
	servers: readonly ProxyServer[],
): readonly RouterProblem[] {
	const own = new Set(servers.map(nameOf));
	const hosts = servers.flatMap(({server}) => server.hosts).join(', ');
	return snapshot
		.list('VirtualService')
		.filter(
			(object) =>
				gatewayNamesOf(object).some((name) => own.has(name)) &&
				object.hosts.some((host) => domainFit(host, request.host) > 0),
		)
		.map((object) => {
			const isSeen = [...own].some(
				(gateway) => servicesFor([object], {gateway, namespace: proxy.namespace}).length > 0,
			);
			return {
				object: refOf('VirtualService', object),
				field: isSeen ? 'spec.hosts' : 'spec.exportTo',
				value: (isSeen ? object.hosts : object.exportTo).join(', '),
				type: 'refused',
				why: isSeen
					? `no server of its Gateways on port ${servers[0]?.server.port.number} has the host; they have ${hosts}`
					: `it is not exported to namespace ${proxy.namespace} of the proxies`,
				ends: 'no-rule',
			};
		});
}

function textOf(candidate: HttpCandidate): string {
	const {object, field} = httpRule(candidate);
	return `${field} of VirtualService ${object.name}`;
}

/** httpsRedirect: 301 (Envoy, require_tls). */
function toHttps(
	servers: readonly ProxyServer[],
	{host, urlPath}: HttpRequest,
	domain: string,
): Pick<RouterDecision, 'rule' | 'redirect'> {
	const server = servers.find((each) => each.server.tls?.httpsRedirect) ?? servers[0]!;
	return {
		rule: {
			object: refOf('IstioGateway', server.gateway),
			field: `spec.servers[${server.index}].tls.httpsRedirect`,
			rule: server.index,
			text: 'httpsRedirect',
			host: domain,
		},
		redirect: {status: 301, location: `https://${host}${urlPath}`},
	};
}

function byRoute(each: Case, winner: HttpCandidate): RouterDecision {
	const {route} = winner;
	const rule = httpRule(winner);
	const base = {...noDecision, rule};
	if (route.redirect) {
		return {...base, redirect: redirectOf(winner, each.request)};
	}

	if (route.directResponse !== undefined) {
		return {...base, answer: {status: route.directResponse, why: 'its directResponse says so'}};
	}

	const abort = route.fault?.abort;
	if (abort && abort.percentage >= 100) {
		return abort.status === undefined
			? {...base, undecided: ['what a client sees of its fault, which aborts with no HTTP status']}
			: {...base, answer: {status: abort.status, why: 'its fault aborts every request'}};
	}

	const {backends, undecided} = backendsOf(each, winner);
	const open = route.route.length === 0 ? ['what a route without destination does'] : [];
	return {
		...base,
		backends,
		undecided: [...undecided, ...open],
		changes: changesOf(winner, each.request),
	};
}

function backendsOf(each: Case, {route, server}: HttpCandidate): Routed {
	const {object, index} = route.place;
	return routed({
		...each,
		server,
		namespace: object.namespace,
		field: `spec.http[${index}].route`,
		route: route.route,
	});
}

/** Of a redirect without a path, path and query stay (route.go, ApplyRedirect). */
function redirectOf({route, server}: HttpCandidate, request: HttpRequest): RouterRedirect {
	const {uri, authority, scheme = request.scheme, port, derivePort, code} = route.redirect!;
	const wanted = derivePort === 'FROM_REQUEST_PORT' ? server.server.port.number : port;
	const own = request.port === (request.scheme === 'https' ? 443 : 80) ? undefined : request.port;
	const number = wanted ?? (authority || scheme !== request.scheme || derivePort ? undefined : own);
	const standard = scheme === 'https' ? 443 : 80;
	const shown = number === undefined || number === standard ? '' : `:${number}`;
	return {
		status: code,
		location: `${scheme}://${authority ?? request.host}${shown}${uri || request.urlPath}`,
	};
}

function changesOf({route, match}: HttpCandidate, {urlPath}: HttpRequest): readonly string[] {
	const {rewrite, fault, timeout} = route;
	const path = rewrite?.uri === undefined ? undefined : rewritten(rewrite.uri, match?.uri, urlPath);
	const regex = rewrite?.uriRegexRewrite;
	const {abort, delay} = fault ?? {};
	return [
		...(path === undefined || regex ? [] : [`the backend sees ${path}`]),
		...(regex ? [`the path is rewritten by ${regex.match}`] : []),
		...(rewrite?.authority === undefined ? [] : [`the backend sees the host ${rewrite.authority}`]),
		...(abort && abort.percentage > 0
			? [`${abort.percentage} % of the requests are aborted (${abort.status})`]
			: []),
		...(delay && delay.percentage > 0
			? [`${delay.percentage} % of the requests wait ${delay.fixedDelay} first`]
			: []),
		...(timeout === undefined ? [] : [`timeout ${timeout}`]),
	];
}

/** A prefix is replaced, of an exact match the whole path (Envoy, prefix_rewrite). */
function rewritten(
	uri: string,
	match: {readonly type: string; readonly value: string} | undefined,
	urlPath: string,
): string {
	if (match?.type === 'regex') {
		return uri;
	}

	const prefix = match === undefined || match.type === 'present' ? '/' : match.value;
	return `${uri}${urlPath.slice(prefix.length)}`;
}

/** Without the Secret Envoy has no certificate, and closes every handshake. */
function missingSecret({snapshot, proxy}: Case, server: ProxyServer): readonly RouterProblem[] {
	return (server.server.tls?.credentialNames ?? []).flatMap((credential) => {
		const [namespace, name] = secretName(credential, proxy.namespace);
		const found = name === undefined ? undefined : lookup(snapshot, 'Secret', namespace, name);
		return found && 'missing' in found
			? [
					{
						...serverPlace(server, 'tls.credentialName', credential),
						type: 'no-secret' as const,
						namespace,
						why: `Secret ${namespace}/${name} does not exist`,
						ends: 'tls-error' as const,
					},
				]
			: [];
	});
}

/** In the namespace of the proxies, unless another stands before it (pilot/pkg/model/credentials/resource.go). */
function secretName(credential: string, own: string): readonly [string, string?] {
	const text = credential.replace(/^kubernetes(?:-gateway)?:\/\//u, '');
	const [first = '', name] = text.split('/');
	return text.includes('://') ? [own] : name === undefined ? [own, first] : [first, name];
}

function lostDelegate({place, namespace, name, why}: LostDelegate): RouterProblem {
	const words = {
		missing: `VirtualService ${namespace}/${name} does not exist`,
		'not-exported': `VirtualService ${namespace}/${name} is not exported to namespace ${place.object.namespace}`,
		'has-hosts': `VirtualService ${namespace}/${name} has hosts of its own, and a delegate may have none`,
	};
	return {
		type: 'refused',
		object: refOf('VirtualService', place.object),
		field: `spec.http[${place.index}]`,
		value: `delegate ${namespace}/${name}`,
		why: words[why],
	};
}
