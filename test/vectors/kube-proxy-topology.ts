import type {EndpointSlice} from '../../source/model/services/endpoint-slice.ts';
import {project} from '../../source/projection/project.ts';
import {categorizeEndpoints} from '../../source/rules/kube-proxy/categorize.ts';
import {endpointsOf, endpointText, type ProxyEndpoint} from '../../source/rules/kube-proxy/endpoints.ts';
import type {RulesMode} from '../../source/rules/kube-proxy/exposure-type-verdict.ts';
import {localReadyEndpoints} from '../../source/rules/kube-proxy/local-endpoints.ts';
import {withoutLocalEndpoints} from '../oracles/local-endpoints.ts';
import {packetVerdict, type Packet, type ProxyNode} from '../oracles/packet-verdict.ts';
import {
	capturesLoadBalancerIp,
	isProxied,
	proxyPort,
	usesClusterEndpoints,
	usesLocalEndpoints,
	type ProxyPort,
} from '../../source/rules/kube-proxy/proxy-port.ts';
import type {Service} from '../../source/model/services/service.ts';
import {parseIp} from '../../source/model/matching/ip.ts';
import {compare, type Outcome} from './kube-proxy-compare.ts';

type Wire = Readonly<Record<string, unknown>>;

export type TopologyCase = {
	readonly id: string;
	readonly given: {
		readonly node?: WireNode;
		readonly service?: Wire;
		readonly services?: readonly Wire[];
		readonly endpoints?: readonly WireEndpoint[];
		readonly endpointSlices?: readonly Wire[];
		readonly proxyModes?: readonly RulesMode[];
		readonly nodePortAddresses?: readonly string[];
		readonly featureGates?: Readonly<Record<string, boolean>>;
	};
	readonly when: {readonly query?: string; readonly ip?: string; readonly packet?: WirePacket};
	readonly expect: Wire;
};

type WireNode = {
	readonly name: string;
	readonly labels?: Readonly<Record<string, string>>;
	readonly primaryIPs?: readonly string[];
	readonly secondaryIPs?: readonly string[];
	readonly localDetector?: {readonly podCIDRs: readonly string[]} | null;
	readonly serviceCIDR?: string;
	readonly masqueradeAll?: boolean;
};

type WireEndpoint = {
	readonly address: string;
	readonly ready: boolean;
	readonly serving: boolean;
	readonly terminating: boolean;
	readonly isLocal: boolean;
	readonly hints?: {readonly forZones?: readonly string[]; readonly forNodes?: readonly string[]};
};

type WirePacket = {
	readonly protocol: Packet['protocol'];
	readonly srcIP: string;
	readonly dstIP: string;
	readonly dstPort: number;
};

const zoneLabel = 'topology.kubernetes.io/zone';

export function runTopologyCase(vector: TopologyCase): Outcome {
	const {when, expect} = vector;
	if (when.packet) {
		return compare(expect, packetAnswer(vector, when.packet, expect));
	}

	switch (when.query ?? '') {
		case 'categorizeEndpoints':
			return compare(sorted(expect), sorted(categorized(vector)));
		case 'proxiedServicePorts':
			return compare(expect, {
				count: services(vector)
					.filter(isProxied)
					.flatMap(({ports}) => ports).length,
			});
		case 'loadBalancerIPHandledByProxy':
			return compare(expect, {
				handled: services(vector).some((service) => capturesLoadBalancerIp(service, when.ip ?? '')),
			});
		case 'servicesWithNoLocalEndpoints':
			return compare(expect, noLocal(vector));
		case 'localReadyEndpoints':
			return compare(expect, {
				count: localReadyEndpoints(
					slices(vector).flatMap((slice) =>
						endpointsOf([slice], slice.ports[0] ?? {name: '', protocol: 'TCP'}, {family: 'IPv4'}),
					),
					vector.given.node?.name ?? '',
				),
			});
		default:
			return {skip: `unknown query ${when.query}`};
	}
}

function categorized({given}: TopologyCase): Wire {
	const node = given.node ?? {name: ''};
	const [service] = [given.service ?? {}].map((spec) =>
		project('Service', {
			metadata: {namespace: 'ns', name: 'svc'},
			spec: {
				...spec,
				clusterIP: '10.0.0.1',
				type: 'nodePort' in spec ? 'NodePort' : 'ClusterIP',
				ports: [{port: 80, nodePort: spec['nodePort']}],
			},
		}),
	);
	const port = service?.ports[0] && proxyPort(service, service.ports[0], 'IPv4');
	const sets = categorizeEndpoints({
		endpoints: (given.endpoints ?? []).map((endpoint) => fromWire(endpoint, node.name)),
		usesCluster: port !== undefined && usesClusterEndpoints(port),
		usesLocal: port !== undefined && usesLocalEndpoints(port),
		place: {node: node.name, zone: node.labels?.[zoneLabel]},
		nodeHints: given.featureGates?.['PreferSameTrafficDistribution'],
	});
	return {
		clusterEndpoints: sets.cluster?.map(endpointText) ?? null,
		localEndpoints: sets.local?.map(endpointText) ?? null,
		allReachableEndpoints: sets.reachable.map(endpointText),
		hasAnyEndpoints: sets.hasAny,
	};
}

function fromWire(endpoint: WireEndpoint, node: string): ProxyEndpoint {
	const {ready, serving, terminating, hints} = endpoint;
	const [, address = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(endpoint.address) ?? [];
	return {
		address,
		port: Number(port),
		ready,
		serving,
		terminating,
		node: endpoint.isLocal ? node : `not ${node}`,
		forZones: hints?.forZones,
		forNodes: hints?.forNodes,
	};
}

/** Every mode the case names has to give the answer; the first that does not is what is shown. */
function packetAnswer(vector: TopologyCase, packet: WirePacket, expected: Wire): Wire {
	const answers = (vector.given.proxyModes ?? ['iptables', 'nftables']).map((mode) => {
		const verdict = packetVerdict({
			packet: {
				protocol: packet.protocol,
				source: packet.srcIP,
				destination: packet.dstIP,
				port: packet.dstPort,
			},
			node: toNode(vector, mode),
			services: services(vector),
			endpointsOf: (port) => endpointsOfPort(vector, port),
		});
		return verdict.verdict === 'DNAT'
			? {
					verdict: verdict.verdict,
					endpoints: verdict.endpoints.map(endpointText),
					masquerade: verdict.masquerade,
				}
			: {verdict: verdict.verdict};
	});
	return answers.find((answer) => !isPass(expected, answer)) ?? answers[0] ?? {};
}

function isPass(expected: Wire, answer: Wire): boolean {
	const outcome = compare(expected, answer);
	return 'pass' in outcome && outcome.pass;
}

function toNode({given}: TopologyCase, mode: RulesMode): ProxyNode {
	const node = given.node ?? {name: ''};
	return {
		mode,
		node: node.name,
		zone: node.labels?.[zoneLabel],
		primary: node.primaryIPs ?? [],
		secondary: node.secondaryIPs ?? [],
		podCIDRs: node.localDetector?.podCIDRs,
		serviceCIDRs: node.serviceCIDR ? [node.serviceCIDR] : [],
		masqueradeAll: node.masqueradeAll ?? false,
		nodePortAddresses: given.nodePortAddresses ?? undefined,
	};
}

function noLocal(vector: TopologyCase): Wire {
	const node = vector.given.node?.name ?? '';
	const found = services(vector)
		.flatMap((service) => service.ports.map((port) => proxyPort(service, port, familyOf(service))))
		.flatMap((port) => (port ? [withoutLocalEndpoints(port, node, endpointsOfPort(vector, port))] : []));
	return {
		internal: found.filter(({internal}) => internal).length,
		external: found.filter(({external}) => external).length,
	};
}

function familyOf(service: Service): 'IPv4' | 'IPv6' {
	return parseIp(service.clusterIPs[0] ?? '')?.family ?? 'IPv4';
}

function endpointsOfPort(vector: TopologyCase, port: ProxyPort): readonly ProxyEndpoint[] {
	const own = slices(vector).filter(
		({namespace, service}) => namespace === port.namespace && service === port.service,
	);
	return endpointsOf(
		own,
		{name: port.portName, protocol: port.protocol},
		{
			family: port.family,
			node: vector.given.node?.name,
		},
	);
}

function services({given}: TopologyCase): readonly Service[] {
	return (given.services ?? []).map((wire) => project('Service', wire));
}

function slices({given}: TopologyCase): readonly EndpointSlice[] {
	return (given.endpointSlices ?? []).map((wire) => project('EndpointSlice', wire));
}

/** The cases compare sets of endpoints. */
function sorted(answer: Wire): Wire {
	return Object.fromEntries(
		Object.entries(answer).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.map(String).toSorted() : value,
		]),
	);
}
