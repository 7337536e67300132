import {parseIp} from '../../source/model/ip.ts';
import {projectService} from '../../source/projection/service.ts';
import {
	iptablesChains,
	iptablesEndpointChain,
	iptablesProbabilities,
	iptablesProbability,
} from '../../source/path/proxy/iptables-names.ts';
import {
	ipvsInterface,
	ipvsRule,
	ipvsSets,
	ipvsVirtualServer,
	type IpvsTopic,
} from '../../source/path/proxy/ipvs-names.ts';
import {nftablesElements, nftablesElementText} from '../../source/path/proxy/nftables-maps.ts';
import {
	nftablesChains,
	nftablesEndpointBase,
	nftablesEndpointChains,
	nftablesServiceBase,
} from '../../source/path/proxy/nftables-names.ts';
import {setsOf} from '../../source/path/proxy/packet-verdict.ts';
import {proxyPort, type PortKey} from '../../source/path/proxy/proxy-port.ts';
import type {ProxyEndpoint} from '../../source/path/proxy/endpoints.ts';
import {compare, type Outcome} from './kube-proxy-compare.ts';

type Wire = Readonly<Record<string, unknown>>;

export type ChainsCase = {
	readonly id: string;
	readonly given: Wire;
	readonly when: {readonly query: string};
	readonly expect: Wire;
};

export function runChainsCase({given, when, expect}: ChainsCase): Outcome {
	switch (when.query) {
		case 'iptablesServiceChains':
			return compare(expect, iptablesChains(keyOf(given)));
		case 'iptablesEndpointChain':
			return compare(expect, {SEP: iptablesEndpointChain(keyOf(given), text(given['endpoint']))});
		case 'probability':
			return compare(expect, {probability: iptablesProbability(Number(given['remainingEndpoints']))});
		case 'probabilities':
			return compare(expect, {rules: probabilities(given)});
		case 'nftServiceChainNameBase':
			return compare(expect, {base: nftablesServiceBase(keyOf(given))});
		case 'nftEndpointChainNameBase':
			return compare(expect, {base: nftablesEndpointBase(keyOf(given), endpointAt(given['endpoint']))});
		case 'nftServiceChains':
			return compare(expect, nftablesChains(keyOf(given)));
		case 'nftEndpointChains':
			return compare(expect, nftablesEndpointChains(keyOf(given), endpointAt(given['endpoint'])));
		case 'nftMaps':
			return compare(inOrder(expect), inOrder(nftMaps(given, expect)));
		case 'ipsets':
			return compare(inOrder(expect), inOrder({names: Object.keys(ipvsSets)}));
		case 'ipvsIptablesRule':
			return compare(
				{rule: words(expect['rule'])},
				{rule: words(ipvsRule(topicOf(given), optionsOf(given)))},
			);
		default:
			return ipvsAnswer(given, expect, when.query);
	}
}

function ipvsAnswer(given: Wire, expect: Wire, query: string): Outcome {
	return query.startsWith('ipvs')
		? compare(expect, {
				interface: ipvsInterface,
				scheduler: 'rr',
				virtualServer: ipvsVirtualServer(keyOf(given), endpointAt(given['address'])),
			})
		: {skip: `unknown query ${query}`};
}

function keyOf(given: Wire): PortKey {
	const [, namespace, service, portName] = /^(?:(.*?)\/)?(.*?)(?::(.*))?$/.exec(text(given['service'])) ?? [];
	return {
		namespace: text(given['namespace']) || (namespace ?? ''),
		service: service ?? '',
		portName: text(given['portName']) || (portName ?? ''),
		protocol: (text(given['protocol']) || 'TCP') as PortKey['protocol'],
	};
}

function probabilities(given: Wire): readonly Wire[] {
	return iptablesProbabilities((given['endpoints'] as readonly string[]).toSorted()).map(
		({endpoint, probability}) => ({endpoint, probability: probability ?? null}),
	);
}

function endpointAt(value: unknown): {readonly address: string; readonly port: number} {
	const [, address = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(text(value)) ?? [];
	return {address, port: Number(port)};
}

/** A case gives no more of the Service than matters; addresses it leaves out are made up and left out of the answer. */
function nftMaps(given: Wire, expect: Wire): Wire {
	const key = keyOf(given);
	const service = projectService({
		metadata: {namespace: key.namespace, name: key.service},
		spec: {
			type: given['loadBalancerIP'] ? 'LoadBalancer' : given['nodePort'] ? 'NodePort' : 'ClusterIP',
			clusterIP: given['clusterIP'],
			externalIPs: given['externalIP'] ? [given['externalIP']] : [],
			externalTrafficPolicy: given['externalTrafficPolicy'],
			internalTrafficPolicy: given['internalTrafficPolicy'],
			loadBalancerSourceRanges: given['loadBalancerSourceRanges'] ?? given['sourceRanges'],
			ports: [
				{name: key.portName, port: given['port'] ?? 80, protocol: key.protocol, nodePort: given['nodePort']},
			],
		},
		status: {loadBalancer: {ingress: given['loadBalancerIP'] ? [{ip: given['loadBalancerIP']}] : []}},
	});
	const family = parseIp(text(given['clusterIP'] ?? given['loadBalancerIP'] ?? given['externalIP']))?.family;
	const port = service.ports[0] && proxyPort(service, service.ports[0], family ?? 'IPv4');
	if (!port) {
		return {};
	}

	const elements = nftablesElements(port, setsOf(port, {node: 'here'}, madeUp(given)));
	return Object.fromEntries(
		Object.keys(expect).map((map) => [
			map,
			elements.filter((element) => element.map === map).map(nftablesElementText),
		]),
	);
}

/** A case tells how many endpoints there are, and where; of a Service that has some it may tell nothing. */
function madeUp(given: Wire): readonly ProxyEndpoint[] {
	const told = ['localEndpoints', 'remoteEndpoints', 'endpoints'].filter((name) => name in given);
	const remote = told.length === 0 ? 1 : (given['remoteEndpoints'] ?? given['endpoints']);
	return [...endpointsOn('here', given['localEndpoints']), ...endpointsOn('there', remote)];
}

function endpointsOn(node: string, count: unknown): readonly ProxyEndpoint[] {
	const length = Array.isArray(count) ? count.length : Number(count ?? 0);
	return Array.from({length}, (_, index) => ({
		address: `10.180.${node === 'here' ? 0 : 1}.${index + 1}`,
		port: 80,
		ready: true,
		serving: true,
		terminating: false,
		node,
	}));
}

function topicOf(given: Wire): IpvsTopic {
	const service = (given['service'] ?? {}) as Wire;
	if (given['clusterCIDR'] || given['masqueradeAll']) {
		return 'cluster-ip';
	}

	if (service['externalIPs'] || service['externalIP']) {
		return 'external-ip';
	}

	return service['type'] === 'LoadBalancer'
		? 'load-balancer'
		: service['type'] === 'NodePort'
			? 'node-port'
			: 'postrouting';
}

function optionsOf(given: Wire): {readonly clusterCIDR?: string} {
	return given['clusterCIDR'] ? {clusterCIDR: text(given['clusterCIDR'])} : {};
}

/** The cases tell ipvs rules in prose: what counts is the chains, sets and verdicts, in order, and the addresses. */
function words(rule: unknown): string {
	return (text(rule).match(/[A-Z][A-Z-]+|\d[\w./]+|(?:dst|src)(?:,(?:dst|src))*/g) ?? []).join(' ');
}

function inOrder(answer: Wire): Wire {
	return Object.fromEntries(
		Object.entries(answer).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.map(withoutComment).toSorted() : value,
		]),
	);
}

/** Releases differ in which elements carry a comment. */
function withoutComment(value: unknown): string {
	return String(value).replace(/ comment "[^"]*"/, '');
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
