import {project} from '../../source/projection/project.ts';
import {isDeepStrictEqual} from 'node:util';
import type {Endpoint} from '../../source/model/services/endpoint-slice.ts';
import type {Pod} from '../../source/model/workloads/pod.ts';
import type {Protocol} from '../../source/model/services/service.ts';
import {addressTypes} from '../../source/rules/endpoint-slices/address-types.ts';
import {distributionHints} from '../oracles/distribution-hints.ts';
import {endpointPorts, findPort} from '../../source/rules/endpoint-slices/endpoint-ports.ts';
import type {ExpectedSlice} from '../../source/rules/endpoint-slices/expected-slices.ts';
import {hintedSlicesFor} from '../oracles/hinted-slices.ts';
import {shouldPodBeInEndpoints} from '../../source/rules/endpoint-slices/membership.ts';
import {hasHostname, podToEndpoint} from '../../source/rules/endpoint-slices/pod-endpoint.ts';
import {topologyHintsEnabled, type MeasuredNode} from '../oracles/topology-hints.ts';
import {endpointsOf, endpointText} from '../../source/rules/kube-proxy/endpoints.ts';
import {
	list,
	optionalNumber,
	optionalText,
	record,
	text,
	textMap,
	type Wire,
} from '../../source/projection/wire.ts';
import {evaluate} from './arithmetic.ts';

/** A case of the vectors: what upstream says happens. */
export type VectorCase = {
	readonly id: string;
	readonly given: Wire;
	readonly when: Wire;
	readonly expect: Wire;
	readonly feature?: string;
};

export type VectorResult =
	| {readonly pass: boolean; readonly expected: unknown; readonly got: unknown}
	| {readonly skip: string};

/** Runs an EndpointSlice case through the functions that the walk uses. Only fields that the case expects are compared. */
export function runEndpointSliceCase({given, when, expect}: VectorCase): VectorResult {
	const query = queries[text(when['query'])];
	if (!query) {
		return {skip: `no such query: ${text(when['query'])}`};
	}

	const got = query(given, when);
	return {pass: includes(normal(inSet(expect)), normal(inSet(got))), expected: expect, got};
}

/** Address types are a set. */
function inSet(answer: Wire): Wire {
	return 'addressTypes' in answer
		? {...answer, addressTypes: list(answer['addressTypes']).map(text).toSorted()}
		: answer;
}

const queries: Readonly<Record<string, (given: Wire, when: Wire) => Wire>> = {
	podToEndpoint: (given, when) => ({
		endpoint: wireEndpoint(
			podToEndpoint(podOf(given['pod']), {
				service: project('Service', record(given['service'])),
				node: given['node'] === undefined ? undefined : project('Node', record(given['node'])),
				family: when['addressType'] === 'IPv6' ? 'IPv6' : 'IPv4',
			}),
		),
	}),
	endpointPorts: (given) => ({
		ports: endpointPorts(project('Service', record(given['service'])), podOf(given['pod'])),
	}),
	findPort: (given) => {
		const [servicePort] = project('Service', {spec: {ports: [given['servicePort']]}}).ports;
		const port = servicePort && findPort(podOf(given['pod']), servicePort);
		return {found: port !== undefined, port};
	},
	podInSlices: (given) => ({
		included: shouldPodBeInEndpoints(podOf(given['pod']), given['includeTerminating'] === true),
	}),
	endpointHasHostname: (given) => ({
		value: hasHostname(podOf(given['pod']), project('Service', record(given['service']))),
	}),
	addressTypes: (given) => ({addressTypes: addressTypes(project('Service', record(given['service'])))}),
	topologyHintsEnabled: (given) => ({enabled: topologyHintsEnabled(textMap(given['annotations']))}),
	hints: (given) => ({
		endpoints: distributionHints(
			project('EndpointSlice', {endpoints: given['endpoints']}).endpoints,
			optionalText(given['trafficDistribution']),
		).map(wireEndpoint),
	}),
	slices: (given) => ({slices: slicesOf(given).map(wireSlice)}),
	sliceSummary: (given) => summary(given),
	hintDistribution: (given) => hintDistribution(given),
	kubeProxyEndpoints: (given) => ({endpoints: proxyEndpoints(record(given['endpointSlice']))}),
};

/** Protocols that the API would refuse are kept, so that the rule under test meets them. */
function podOf(wire: unknown): Pod {
	const pod = project('Pod', record(wire));
	const spec = record(record(wire)['spec']);
	const keep = (containers: Pod['containers'], wires: unknown): Pod['containers'] =>
		containers.map((container, at) => ({
			...container,
			ports: container.ports.map((port, place) => {
				const protocol = optionalText(record(list(record(list(wires)[at])['ports'])[place])['protocol']);
				return {...port, protocol: (protocol ?? port.protocol) as Protocol};
			}),
		}));
	return {
		...pod,
		containers: keep(pod.containers, spec['containers']),
		initContainers: keep(pod.initContainers, spec['initContainers']),
	};
}

function podsOf(given: Wire): readonly Pod[] {
	const generator = record(given['podGenerator']);
	const service = record(given['service']);
	const generated = Array.from({length: optionalNumber(generator['count']) ?? 0}, (_, i) =>
		podOf({
			metadata: {
				namespace: record(service['metadata'])['namespace'],
				name: `pod${i}`,
				labels: record(service['spec'])['selector'],
				...record(generator['metadata']),
			},
			spec: {
				nodeName: generator['nodeName'],
				containers: [
					{
						name: 'container-1',
						ports: list(generator['containerPorts']).map((port) => ({
							...record(port),
							containerPort: Number(evaluate(text(record(port)['containerPort']), i)),
						})),
					},
				],
			},
			status: {
				podIPs: [`10.1.${i >> 8}.${i & 255}`],
				conditions: [{type: 'Ready', status: isReady(generator, i) ? 'True' : 'False'}],
			},
		}),
	);
	return [...list(given['pods']).map(podOf), ...generated];
}

function isReady(generator: Wire, i: number): boolean {
	const rule = generator['ready'];
	return typeof rule === 'string' ? Boolean(evaluate(rule, i)) : rule !== false;
}

/** Nodes are given by name, as objects, or as `{name, zone, allocatableCPU}`. */
function nodesOf(given: Wire): readonly MeasuredNode[] | undefined {
	return given['nodes'] === undefined
		? undefined
		: list(given['nodes']).map((item) => {
				const node = record(item);
				const plain = {
					metadata: {
						name: typeof item === 'string' ? item : node['name'],
						labels: node['zone'] === undefined ? {} : {'topology.kubernetes.io/zone': node['zone']},
					},
					status: {
						conditions: [{type: 'Ready', status: 'True'}],
					},
				};
				const {allocatable} = record(node['status']);
				return {
					...project('Node', 'metadata' in node ? node : plain),
					allocatableCpu: milliCpu(text(node['allocatableCPU'] ?? record(allocatable)['cpu'])),
				};
			});
}

/** A CPU quantity (`2`, `500m`, `1.5`) in thousandths. Nodes report no other forms. */
function milliCpu(quantity: string): number | undefined {
	const [, amount, unit] = /^(\d+(?:\.\d+)?)(m?)$/u.exec(quantity) ?? [];
	return amount === undefined ? undefined : Math.round(Number(amount) * (unit ? 1 : 1000));
}

function slicesOf(given: Wire): readonly ExpectedSlice[] {
	return hintedSlicesFor({
		service: project('Service', record(given['service'])),
		pods: podsOf(given),
		nodes: nodesOf(given),
		maxEndpoints: optionalNumber(given['maxEndpointsPerSlice']),
	});
}

function wireSlice({addressType, labels, ports, endpoints}: ExpectedSlice): Wire {
	return {
		addressType,
		labels,
		ports,
		addresses: endpoints.flatMap(({addresses}) => addresses),
		endpoint: endpoints[0] && wireEndpoint(endpoints[0]),
		endpointCount: endpoints.length,
	};
}

function summary(given: Wire): Wire {
	const slices = slicesOf(given);
	const endpoints = slices.flatMap((slice) => slice.endpoints);
	const selector = project('Service', record(given['service'])).selector ?? {};
	const members = podsOf(given).filter(
		(pod) =>
			shouldPodBeInEndpoints(pod, true) &&
			Object.entries(selector).every(([key, value]) => pod.labels[key] === value),
	);
	return {
		endpointCounts: slices.map((slice) => slice.endpoints.length).toSorted((a, b) => b - a),
		slices: slices.map(wireSlice),
		sliceCount: slices.length,
		endpointCount: endpoints.length,
		allReady: endpoints.every(({ready}) => ready),
		readyCount: endpoints.filter(({ready}) => ready).length,
		notReadyCount: endpoints.filter(({ready}) => !ready).length,
		servingCount: endpoints.filter(({serving}) => serving).length,
		terminatingCount: endpoints.filter(({terminating}) => terminating).length,
		// The controller reports an error, to try again, when it had to leave a pod out.
		error: members.some(({name}) => !endpoints.some(({pod}) => pod?.name === name)),
	};
}

/** The reconciler's own table counts the endpoints without hints under the empty name. */
const unhinted = [''];

function hintDistribution(given: Wire): Wire {
	const podNodes = list(given['podNodes']).map((item) => text(item));
	const gates = record(given['featureGates']);
	const [slice] = hintedSlicesFor({
		service: project('Service', {
			metadata: {namespace: 'test', name: 'web', annotations: given['annotations']},
			spec: {
				selector: {app: 'web'},
				ipFamilies: ['IPv4'],
				ports: [{port: 80}],
				trafficDistribution: given['trafficDistribution'],
			},
		}),
		pods: podNodes.map((nodeName, i) =>
			podOf({
				metadata: {namespace: 'test', name: `pod${i}`, labels: {app: 'web'}},
				spec: {nodeName, containers: [{name: 'main'}]},
				status: {podIPs: [`10.1.0.${i}`], conditions: [{type: 'Ready', status: 'True'}]},
			}),
		),
		nodes: nodesOf(given),
		preferSame: gates['PreferSameTrafficDistribution'] !== false,
	});
	const endpoints = slice?.endpoints ?? [];
	return {
		byZone: countOf(endpoints.flatMap(({forZones}) => forZones ?? unhinted)),
		byNode: countOf(endpoints.flatMap(({forNodes}) => forNodes ?? unhinted)),
		endpointsWithCrossZoneHints: endpoints.filter(
			({zone, forZones}) => forZones && !forZones.includes(zone ?? ''),
		).length,
	};
}

function countOf(names: readonly string[]): Wire {
	return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}

function proxyEndpoints(wire: Wire): readonly Wire[] {
	const slice = project('EndpointSlice', wire);
	const family = slice.addressType;
	return family === 'FQDN'
		? []
		: slice.ports.flatMap((port) =>
				endpointsOf([slice], port, {family}).map((endpoint) => ({
					address: endpointText(endpoint),
					portName: port.name,
					ready: endpoint.ready,
					serving: endpoint.serving,
					terminating: endpoint.terminating,
					nodeName: endpoint.node,
					forZones: endpoint.forZones,
					forNodes: endpoint.forNodes,
				})),
			);
}

function wireEndpoint(endpoint: Endpoint): Wire {
	const {addresses, ready, serving, terminating, nodeName, zone, hostname, pod, forZones, forNodes} =
		endpoint;
	return {
		addresses,
		conditions: {ready, serving, terminating},
		nodeName,
		zone,
		hostname,
		targetRef: pod && {kind: 'Pod', namespace: pod.namespace, name: pod.name},
		hints: forZones || forNodes ? {forZones, forNodes} : undefined,
	};
}

/** JSON only, without absent fields. */
function normal(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value)) as unknown;
}

// Fields whose absence an endpoint's or a case's expectation means as such.
const exact = new Set(['hints', 'hostname', 'zone', 'nodeName', 'appProtocol']);

/** Every field that is expected is there. Lists of slices are sets; other lists are compared in order. */
function includes(expected: unknown, got: unknown): boolean {
	if (Array.isArray(expected) && Array.isArray(got)) {
		return (
			expected.length === got.length &&
			(expected.some((item) => typeof item === 'object')
				? expected.every((item) => got.some((other) => includes(item, other)))
				: isDeepStrictEqual(expected, got))
		);
	}

	if (typeof expected !== 'object' || expected === null || typeof got !== 'object' || got === null) {
		return expected === got;
	}

	const wanted = expected as Wire;
	const found = got as Wire;
	const isEndpoint = 'addresses' in wanted && !('addressType' in wanted);
	return (
		Object.keys(wanted).every((key) => includes(wanted[key], found[key])) &&
		(!isEndpoint || [...exact].every((key) => key in wanted === key in found))
	);
}
