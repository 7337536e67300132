import {describe, expect, test} from 'vitest';
import {endpoint, endpointsOf, pod, said, saidOf, service, slice} from './objects.ts';

const two = [
	pod('web-1'),
	pod('web-2', {ip: '10.244.2.9'}),
	slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
];

describe('target ports', () => {
	const named = service('selector: {app: web}').replace('targetPort: 8080', 'targetPort: htttp');
	const portless = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {ports: '[]'});

	test('KNET505: no pod has the name', () => {
		const {hop, stop, endpoints} = endpointsOf([named, ...two.slice(0, 2), portless]);
		expect(said(hop.findings)).toEqual([
			'KNET505 error: Target port "htttp" (TCP) of Service web is not a port of any of the 2 pods; they have http = 8080/TCP.',
		]);
		expect([hop.status, stop]).toEqual(['broken', 'no-endpoints']);
		expect(endpoints.map(({port}) => port)).toEqual([undefined, undefined]);
	});

	test('KNET505: the slices say so where pods may not be listed', () => {
		const {hop} = endpointsOf([named, portless], {
			states: {Pod: {state: 'forbidden', group: '', resource: 'pods', reason: 'no'}},
		});
		expect(said(hop.findings)[0]).toBe(
			'KNET505 error: Target port "htttp" (TCP) of Service web is not a port of any of the 2 pods.',
		);
	});

	test('KNET505 of a headless Service is an error behind a controller, which needs the number', () => {
		const headless = named.replace('clusterIPs: [10.96.0.10]', 'clusterIP: None');
		const documents = [headless, ...two.slice(0, 2), portless];
		expect(endpointsOf(documents, {behindRoute: true}).hop.findings.map(({code}) => code)).toEqual([
			'KNET505',
		]);
		expect(endpointsOf(documents).hop.status).toBe('degraded');
	});

	test('KNET505: the name has another protocol', () => {
		const {hop} = endpointsOf([
			named,
			pod('web-1', {container: 'ports: [{name: htttp, containerPort: 53, protocol: UDP}]'}),
			slice([endpoint('web-1')], {ports: '[]'}),
		]);
		expect(saidOf('KNET505', hop.findings)).toEqual([
			'KNET505 error: Target port "htttp" (TCP) of Service web is not a port of the only pod; it has htttp = 53/UDP.',
		]);
	});

	test('KNET505 is a remark when some pods have the name: the others serve all traffic', () => {
		const {hop} = endpointsOf([
			service().replace('targetPort: 8080', 'targetPort: http'),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9', container: 'ports: []'}),
			slice([endpoint('web-1')]),
			slice([endpoint('web-2', 'ready', '10.244.2.9')], {name: 'web-2', ports: '[]'}),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET505 info: Target port "http" (TCP) of Service web is not a port of 1 of 2 pods; they have http = 8080/TCP.',
		]);
		expect(hop.status).toBe('ok');
	});

	test('KNET505 gives way to pods that are not ready', () => {
		const {hop} = endpointsOf([
			named,
			pod('web-1', {ready: false}),
			slice([endpoint('web-1', 'unready')], {ports: '[]'}),
		]);
		expect(hop.findings.map(({code, severity}) => `${code} ${severity}`)).toEqual([
			'KNET503 error',
			'KNET505 warning',
		]);
	});

	test('KNET505 is not said where a sidecar has the name', () => {
		const {hop} = endpointsOf([
			named,
			pod('web-1', {
				spec: 'initContainers: [{name: side, restartPolicy: Always, ports: [{name: htttp, containerPort: 8080}]}]',
			}),
			slice([endpoint('web-1')]),
		]);
		expect(saidOf('KNET505', hop.findings)).toEqual([]);
	});

	test('KNET505: a slice made by hand calls the port otherwise', () => {
		const {hop} = endpointsOf([
			service('externalIPs: []'),
			slice(["{addresses: ['192.0.2.7']}"], {managedBy: 'me', ports: '[{name: web, port: 8080}]'}),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET505 error: The EndpointSlices of Service web call their port "web", the Service calls it "http" (TCP): no endpoint counts.',
			'KNET519 info: Service web has one endpoint, 192.0.2.7: when it goes, nothing answers.',
		]);
	});

	test('KNET506: no container declares the number', () => {
		const {hop} = endpointsOf([
			service().replace('targetPort: 8080', 'targetPort: 8081'),
			...two.slice(0, 2),
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {
				ports: '[{name: http, port: 8081}]',
			}),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET506 info: No container behind Service web declares target port 8081; they declare 8080/TCP.',
		]);
		expect(hop.status).toBe('ok');
	});

	test('KNET506 is a warning after a probe was refused', () => {
		const {hop} = endpointsOf(
			[
				service().replace('targetPort: 8080', 'targetPort: 8081'),
				...two.slice(0, 2),
				slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {
					ports: '[{name: http, port: 8081}]',
				}),
			],
			{
				evidence: [
					{
						type: 'connect',
						at: 1,
						vantage: {type: 'port-forward', namespace: 'shop', pod: 'web-1'},
						subject: {address: '127.0.0.1', port: 8081, protocol: 'TCP', pod: 'web-1', namespace: 'shop'},
						result: {outcome: 'refused', message: ''},
						of: {},
					},
				],
			},
		);
		expect(hop.findings.map(({code, severity}) => `${code} ${severity}`)).toEqual(['KNET506 warning']);
	});

	test('KNET507: the number is declared with another protocol only', () => {
		const dns = service().replace('targetPort: 8080', 'targetPort: 53');
		const udp = 'ports: [{name: dns, containerPort: 53, protocol: UDP}]';
		const listed = slice([endpoint('web-1')], {ports: '[{name: http, port: 53}]'});
		const {hop} = endpointsOf([dns, pod('web-1', {container: udp}), listed]);
		expect(saidOf('KNET507', hop.findings)).toEqual([
			'KNET507 warning: Service web sends TCP to port 53, which the pods declare as 53/UDP only.',
		]);

		const both = `${udp.slice(0, -1)}, {name: dns-tcp, containerPort: 53}]`;
		const {hop: fine} = endpointsOf([dns, pod('web-1', {container: both}), listed]);
		expect(said(fine.findings).filter((text) => !text.startsWith('KNET519'))).toEqual([]);
	});
});
