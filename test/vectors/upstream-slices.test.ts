import {expect, test} from 'vitest';
import {runEndpointSliceCase} from './endpointslice.ts';

/** Cases of kubernetes/endpointslice, utils_test.go and util/controller_utils_test.go, which the vectors leave out. */
type Wire = Readonly<Record<string, unknown>>;

const run = (query: string, given: Wire, expected: Wire, when: Wire = {}) =>
	expect(runEndpointSliceCase({id: '', given, when: {query, ...when}, expect: expected})).toMatchObject({
		pass: true,
	});

const tcp = (name: string, containerPort: number) => ({name, containerPort, protocol: 'TCP'});
const udp = {name: '', containerPort: 11, protocol: 'UDP'};

const ports: readonly (readonly [string, Wire, unknown, Wire])[] = [
	[
		'valid int, with ports',
		{containers: [{ports: [tcp('', 11), tcp('p', 22)]}]},
		93,
		{found: true, port: 93},
	],
	[
		'valid str, one ctr with ports',
		{containers: [{ports: [udp, tcp('p', 22), tcp('q', 33)]}]},
		'q',
		{found: true, port: 33},
	],
	[
		'valid str, two ctr with same port',
		{containers: [{}, {ports: [udp, tcp('p', 22), tcp('q', 22)]}]},
		'q',
		{found: true, port: 22},
	],
	[
		'valid hostPort',
		{containers: [{}, {ports: [{...tcp('a', 11), hostPort: 81}]}]},
		'a',
		{found: true, port: 11},
	],
	[
		'Sidecar initContainer named port',
		{containers: [], initContainers: [{restartPolicy: 'Always', ports: [tcp('a', 80)]}]},
		'a',
		{found: true, port: 80},
	],
	[
		'App and sidecar containers have the same named port',
		{
			containers: [{ports: [tcp('a', 81)]}, {ports: [tcp('a', 82)]}],
			initContainers: [{restartPolicy: 'Always', ports: [tcp('a', 80)]}],
		},
		'a',
		{found: true, port: 81},
	],
];

test.each(ports)('TestFindPort: %s', (_, spec, targetPort, expected) => {
	run('findPort', {pod: {spec}, servicePort: {protocol: 'TCP', targetPort}}, expected);
});

test('TestGetEndpointPorts: a named port and appProtocol on one port', () => {
	const pod = {spec: {containers: [{ports: [tcp('https', 443)]}]}};
	const service = {
		spec: {
			ports: [
				{name: 'http', port: 80, targetPort: 80, protocol: 'TCP'},
				{name: 'https', port: 443, targetPort: 'https', protocol: 'TCP', appProtocol: 'https'},
			],
		},
	};
	const expected = [
		{name: 'http', port: 80, protocol: 'TCP'},
		{name: 'https', port: 443, protocol: 'TCP', appProtocol: 'https'},
	];
	run('endpointPorts', {service, pod}, {ports: expected});
});

test('TestGetEndpointPorts: the same name in a container and in a sidecar', () => {
	const pod = {
		spec: {
			initContainers: [{restartPolicy: 'Always', ports: [tcp('http', 8080)]}],
			containers: [{ports: [tcp('http', 8090)]}],
		},
	};
	const service = {spec: {ports: [{name: 'http', port: 80, targetPort: 'http', protocol: 'TCP'}]}};
	run('endpointPorts', {service, pod}, {ports: [{name: 'http', port: 8090, protocol: 'TCP'}]});
});

const running = {phase: 'Running', podIPs: ['1.2.3.4']};
const deletionTimestamp = '2024-01-01T00:00:00Z';
const included: readonly (readonly [string, Wire, boolean, boolean])[] = [
	[
		'Failed pod with Never RestartPolicy',
		{spec: {restartPolicy: 'Never'}, status: {...running, phase: 'Failed'}},
		false,
		false,
	],
	[
		'Succeeded pod with OnFailure RestartPolicy',
		{spec: {restartPolicy: 'OnFailure'}, status: {...running, phase: 'Succeeded'}},
		false,
		false,
	],
	[
		'Pending pod with Never RestartPolicy',
		{spec: {restartPolicy: 'Never'}, status: {...running, phase: 'Pending'}},
		false,
		true,
	],
	['Running pod with Never RestartPolicy', {spec: {restartPolicy: 'Never'}, status: running}, false, true],
	[
		'Terminating Pod with includeTerminating=false',
		{metadata: {deletionTimestamp}, spec: {restartPolicy: 'Always'}, status: running},
		false,
		false,
	],
	[
		'Terminating Pod with includeTerminating=true',
		{metadata: {deletionTimestamp}, spec: {restartPolicy: 'Always'}, status: running},
		true,
		true,
	],
];

test.each(included)('TestShouldPodBeInEndpoints: %s', (_, pod, includeTerminating, isIn) => {
	run('podInSlices', {pod: {metadata: {}, ...pod}, includeTerminating}, {included: isIn});
});

const hostnames: readonly (readonly [string, Wire, boolean])[] = [
	['all matching, hostname not set', {metadata: {namespace: 'ns'}, spec: {subdomain: 'svc-name'}}, false],
	[
		'all set, different namespace',
		{metadata: {namespace: 'ns1'}, spec: {hostname: 'hostname', subdomain: 'svc-name'}},
		false,
	],
];

test.each(hostnames)('TestShouldSetHostname: %s', (_, pod, value) => {
	run('endpointHasHostname', {pod, service: {metadata: {namespace: 'ns', name: 'svc-name'}}}, {value});
});

const families: readonly (readonly [string, Wire, readonly string[]])[] = [
	['v6 service with no ip families (cluster upgrade)', {clusterIP: '2000::1'}, ['IPv6']],
	['v6 service', {ipFamilies: ['IPv6']}, ['IPv6']],
	['v6,v4 service', {ipFamilies: ['IPv6', 'IPv4']}, ['IPv4', 'IPv6']],
	[
		'headless with selector and no families (old api-server)',
		{clusterIP: 'None', selector: {foo: 'bar'}},
		['IPv4', 'IPv6'],
	],
	[
		'headless with selector with families',
		{clusterIP: 'None', ipFamilies: ['IPv4', 'IPv6'], selector: {foo: 'bar'}},
		['IPv4', 'IPv6'],
	],
];

test.each(families)('TestSupportedServiceAddressType: %s', (_, spec, addressTypes) => {
	run('addressTypes', {service: {spec}}, {addressTypes});
});

const pod = (ready: boolean, more: Wire = {}) => ({
	metadata: {namespace: 'test', name: 'pod1', labels: {foo: 'bar'}, ...more},
	spec: {nodeName: 'node-1', containers: [{name: 'c'}]},
	status: {podIPs: ['1.2.3.5'], conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}]},
});
const endpoints: readonly (readonly [string, Wire, boolean, Wire])[] = [
	['Ready pod + publishNotReadyAddresses', pod(true), true, {ready: true, serving: true, terminating: false}],
	[
		'Unready pod + publishNotReadyAddresses',
		pod(false),
		true,
		{ready: true, serving: false, terminating: false},
	],
	[
		'Ready terminating pod',
		pod(true, {deletionTimestamp}),
		false,
		{ready: false, serving: true, terminating: true},
	],
	[
		'Unready terminating pod + publishNotReadyAddresses',
		pod(false, {deletionTimestamp}),
		true,
		{ready: true, serving: false, terminating: true},
	],
];

test.each(endpoints)('TestPodToEndpoint: %s', (_, wire, publishNotReadyAddresses, conditions) => {
	const service = {
		metadata: {namespace: 'test', name: 'foo'},
		spec: {selector: {foo: 'bar'}, publishNotReadyAddresses, ports: [{port: 80, protocol: 'TCP'}]},
	};
	const endpoint = {addresses: ['1.2.3.5'], conditions, nodeName: 'node-1'};
	run('podToEndpoint', {pod: wire, service}, {endpoint}, {addressType: 'IPv4'});
});
