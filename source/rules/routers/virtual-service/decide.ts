import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {envoyPathWithSlashes} from '../../ingress/url-path.ts';
import {queryText} from '../../query-text.ts';
import type {HttpCandidate} from '../../istio/http-routes.ts';
import {take, type Taken} from '../../istio/listener.ts';
import {serversOf, type GatewayProxy, type ProxyServer} from '../../istio/servers.ts';
import {servicesFor, type LostDelegate, type MergedService} from '../../istio/virtual-services.ts';
import {noDecision, type RouterDecision, type RouterProblem} from '../router.ts';
import {routed} from './backends.ts';
import {strictlyMerged, type Gateways} from '../../istio/strict-merging.ts';
import {isBefore} from '../../version.ts';
import {keptOut} from './kept-out.ts';
import {arrivalPort, proxyOf} from './proxy.ts';
import {httpRule, streamRule} from './rule.ts';
import type {Input, Case} from './case.ts';
import {closed, otherProtocol, noName, leftOut, unfitHosts} from './not-taken.ts';
import {byRoute} from './by-route.ts';
import {refusedByEnvoy} from './refused.ts';
import {missingSecret} from './missing-secret.ts';

/** What the proxies of an Istio Gateway do with a request. */
export function decideByVirtualServices(input: Input): RouterDecision {
	const {snapshot, controller} = input;
	// MeshConfig pathNormalization BASE, its default (seen on 2026-08-27).
	const request = {...input.request, urlPath: envoyPathWithSlashes(input.request.urlPath)};
	const proxy = proxyOf(snapshot, controller);
	if (!proxy) {
		return {...noDecision, undecided: ['the labels of its proxies, which are not seen']};
	}

	const unread = unreadKinds(snapshot);
	const port = arrivalPort(proxy, controller.services[0], request.port);
	const gateways = gatewaysOf(input, proxy);
	const servers = serversOf(gateways.merged, proxy);
	const all = snapshot.list('VirtualService');
	const known = new Map<string, readonly MergedService[]>();
	const servicesOf = (gateway: string) => {
		const found = known.get(gateway) ?? servicesFor(all, {gateway, namespace: proxy.namespace});
		known.set(gateway, found);
		return found;
	};

	const taken = take({request, proxy, port, servers, servicesOf});
	const each = {snapshot, proxy, request, servers};
	const found = decisionOf(each, taken);
	const kept = found.rule ? [] : keptOut(each, gateways.leftOut);
	const decision = kept.length > 0 ? withoutKept(kept, gateways.isSure) : found;
	const ofPort = servers.filter(({listensOn}) => listensOn === port);
	const lost = ofPort.filter(({lostTo}) => lostTo);
	const refused = taken.type === 'http' ? refusedByEnvoy(all, ofPort) : undefined;
	return {
		...decision,
		problems: [...decision.problems, ...lost.map(leftOut)],
		undecided: [...(refused ? [refused] : []), ...decision.undecided, ...unread],
	};
}

type Merging = Gateways & {
	/** The version, or its environment, says so. */
	readonly isSure: boolean;
};

/** Since 1.31 (istio/istio#59825), unless its environment says no. */
function gatewaysOf({snapshot, controller: {version, flags}}: Input, proxy: GatewayProxy): Merging {
	const all = snapshot.list('IstioGateway');
	const given = flags['pilot-enable-strict-gateway-merging'];
	const isStrict = !isBefore(version, [1, 31, 0]) && given !== 'false';
	const gateways = isStrict ? strictlyMerged(all, proxy) : {merged: all, leftOut: []};
	return {...gateways, isSure: version !== undefined || given !== undefined};
}

function withoutKept(kept: readonly RouterProblem[], isSure: boolean): RouterDecision {
	return isSure
		? {...noDecision, problems: kept}
		: {
				...noDecision,
				undecided: kept.map(
					({object: {namespace, name}}) =>
						`whether istiod, whose version is not known, merges Gateway ${namespace}/${name}`,
				),
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

function http(each: Case, {servers, choice}: Extract<Taken, {readonly type: 'http'}>): RouterDecision {
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

function textOf(candidate: HttpCandidate): string {
	const {object, field} = httpRule(candidate);
	return `${field} of VirtualService ${object.name}`;
}

/** httpsRedirect: 301 (Envoy, require_tls). */
function toHttps(
	servers: readonly ProxyServer[],
	request: HttpRequest,
	domain: string,
): Pick<RouterDecision, 'rule' | 'redirect'> {
	const {host, urlPath} = request;
	const server = servers.find((each) => each.server.tls?.httpsRedirect) ?? servers[0]!;
	return {
		rule: {
			object: refOf('IstioGateway', server.gateway),
			field: `spec.servers[${server.index}].tls.httpsRedirect`,
			rule: server.index,
			text: 'httpsRedirect',
			host: domain,
		},
		redirect: {status: 301, location: `https://${host}${urlPath}${queryText(request)}`},
	};
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
