import {project} from '../../source/projection/project.ts';
import {parseIp} from '../../source/model/matching/ip.ts';
import {
	iptablesChains,
	iptablesEndpointChain,
	iptablesProbabilities,
	iptablesProbability,
} from '../../source/rules/kube-proxy/iptables-names.ts';
import {ipvsInterface, ipvsRealServer, ipvsRule, ipvsSets, type IpvsTopic} from '../oracles/ipvs-names.ts';
import {ipvsVirtualServer} from '../../source/rules/kube-proxy/ipvs-names.ts';
import {nftablesElements, nftablesElementText} from '../oracles/nftables-maps.ts';
import {
	nftablesChains,
	nftablesEndpointBase,
	nftablesEndpointChains,
	nftablesServiceBase,
} from '../../source/rules/kube-proxy/nftables-names.ts';
import {setsOf} from '../../source/rules/kube-proxy/categorize.ts';
import {proxyPort, type PortKey} from '../../source/rules/kube-proxy/proxy-port.ts';
import type {ProxyEndpoint} from '../../source/rules/kube-proxy/endpoints.ts';
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
			return compare(inOrder(asLists(expect)), inOrder(nftMaps(given, expect)));
		case 'ipsets':
			return compare(inOrder(expect), inOrder({names: Object.keys(ipvsSets)}));
		case 'ipvsIptablesRule':
			return compareWords(expect['rule'], ipvsRule(topicOf(given), optionsOf(given)));
		default:
			return ipvsAnswer(given, expect, when.query);
	}
}

/** Cases shape the table of `ipvsadm -ln` as they like: what counts is that everything they say stands in it. */
function ipvsAnswer(given: Wire, expect: Wire, query: string): Outcome {
	if (given['proxyMode'] !== 'ipvs' && !query.startsWith('ipvs')) {
		return {skip: `unknown query ${query}`};
	}

	const shared = endpointsIn(given['endpoints'] ?? given['realServers']);
	const services = list(given['services'] ?? [given]).map((wire) => ipvsTable(wire as Wire, shared));
	const table = [ipvsInterface, ...services].join('\n');
	const missing = leavesOf(expect).filter((leaf) => !table.toLowerCase().includes(leaf.toLowerCase()));
	return {pass: missing.length === 0, expected: expect, got: table};
}

/** The virtual servers of a Service with their real servers. */
function ipvsTable(given: Wire, shared: readonly string[]): string {
	const service = (typeof given['service'] === 'object' ? given['service'] : given) as Wire;
	const spec = (service['spec'] ?? service) as Wire;
	const own = endpointsIn(service['endpoints'] ?? service['realServers']);
	return list(spec['ports'] ?? [spec])
		.map((port) => ({...spec, ...(port as Wire)}))
		.flatMap((port) => [
			ipvsVirtualServer({protocol: (text(port['protocol']) || 'TCP') as 'TCP'}, endpointAt(hostPort(port)), {
				affinitySeconds: port['sessionAffinity'] === 'ClientIP' ? 10_800 : undefined,
			}),
			...(own.length > 0 ? own : shared).map(ipvsRealServer),
		])
		.join('\n');
}

/** Endpoints stand in lists, or in lists by Service. */
function endpointsIn(value: unknown): readonly string[] {
	if (typeof value === 'string') {
		return [value];
	}

	if (typeof value !== 'object' || value === null) {
		return [];
	}

	return 'port' in value || 'address' in value
		? [hostPort(value)]
		: Object.values(value).flatMap(endpointsIn);
}

function hostPort({clusterIP, address, ip, port}: Wire): string {
	const host = text(clusterIP ?? address ?? ip);
	return /:\d+$/.test(host) || port === undefined ? host : `${host}:${Number(port)}`;
}

function leavesOf(value: unknown): readonly string[] {
	if (typeof value === 'object' && value !== null) {
		return Object.values(value).flatMap(leavesOf);
	}

	return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? (value as readonly unknown[]) : [];
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
	const vips = list(given['loadBalancerIPs'] ?? [given['loadBalancerIP']])
		.map(text)
		.filter(Boolean);
	const service = project('Service', {
		metadata: {namespace: key.namespace, name: key.service},
		spec: {
			type: vips.length > 0 ? 'LoadBalancer' : given['nodePort'] ? 'NodePort' : 'ClusterIP',
			clusterIP: given['clusterIP'],
			externalIPs: given['externalIPs'] ?? (given['externalIP'] ? [given['externalIP']] : []),
			externalTrafficPolicy: given['externalTrafficPolicy'],
			internalTrafficPolicy: given['internalTrafficPolicy'],
			loadBalancerSourceRanges: given['loadBalancerSourceRanges'] ?? given['sourceRanges'],
			ports: [
				{name: key.portName, port: given['port'] ?? 80, protocol: key.protocol, nodePort: given['nodePort']},
			],
		},
		status: {loadBalancer: {ingress: vips.map((ip) => ({ip}))}},
	});
	const family = parseIp(text(given['clusterIP'] ?? vips[0] ?? given['externalIP']))?.family;
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
	const told = Object.entries(given).filter(([name]) => /endpoint/iu.test(name));
	return told.length === 0
		? endpointsOn('there', 1)
		: told.flatMap(([name, count]) => endpointsOn(/local/iu.test(name) ? 'here' : 'there', count));
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

function optionsOf(given: Wire): {readonly clusterCIDR?: string; readonly protocol?: string} {
	const {protocol, ports} = (given['service'] ?? {}) as Wire;
	const named = text(protocol ?? ((list(ports)[0] ?? {}) as Wire)['protocol'] ?? given['protocol']);
	return {
		...(given['clusterCIDR'] ? {clusterCIDR: text(given['clusterCIDR'])} : {}),
		...(named ? {protocol: named} : {}),
	};
}

/** The cases tell ipvs rules in prose: what counts is that chains, sets, verdicts and addresses stand in the rule. */
function compareWords(expected: unknown, rule: string): Outcome {
	const words =
		text(expected).match(
			/KUBE-[A-Z-]+|ACCEPT|RETURN|MASQUERADE|\d[\w./]+|\b(?:dst|src)(?!-)(?:,(?:dst|src))*/g,
		) ?? [];
	return {
		pass: words.length > 0 && words.every((word) => rule.split(/[ :;()]+|,(?=\s)/).includes(word)),
		expected,
		got: rule,
	};
}

/** A map may be told as a list of elements, one element, or keys with their verdicts. */
function asLists(expect: Wire): Wire {
	return Object.fromEntries(
		Object.entries(expect).map(([map, elements]) => [
			map,
			Array.isArray(elements)
				? elements
				: typeof elements === 'object'
					? Object.entries(elements ?? {}).map(([key, verdict]) => `${key} : ${String(verdict)}`)
					: [elements],
		]),
	);
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
