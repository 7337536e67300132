import {describe, expect, test} from 'vitest';
import {endpoint, endpointsOf, pod, said, service, slice} from '../endpoints/objects.ts';

const two = [
	pod('web-1'),
	pod('web-2', {ip: '10.244.2.9'}),
	slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
];

describe('a healthy Service', () => {
	test('is silent', () => {
		const {hop, stop} = endpointsOf([service(), ...two]);
		expect(said(hop.findings)).toEqual([]);
		expect(hop).toMatchObject({status: 'ok', summary: '2 of 2 ready', basis: 'objects'});
		expect(stop).toBeUndefined();
	});

	test('lists its endpoints with the pods', () => {
		const {hop, endpoints} = endpointsOf([service(), ...two]);
		expect(hop.details).toEqual({
			slices: ['web-1'],
			endpoints: [
				{
					address: '10.244.1.7',
					port: 8080,
					ready: true,
					serving: true,
					terminating: false,
					node: 'node-a',
					zone: 'zone-1',
					pod: 'web-1',
				},
				{
					address: '10.244.2.9',
					port: 8080,
					ready: true,
					serving: true,
					terminating: false,
					node: 'node-a',
					zone: 'zone-1',
					pod: 'web-2',
				},
			],
		});
		expect(endpoints.map(({podObject, family}) => [podObject?.name, family])).toEqual([
			['web-1', 'IPv4'],
			['web-2', 'IPv4'],
		]);
	});

	test('is judged without Pods in the overview', () => {
		const {hop} = endpointsOf([service(), ...two], {
			depth: 'overview',
			states: {Pod: {state: 'not-watched'}},
		});
		expect(hop.status).toBe('ok');
		expect(said(hop.findings)).toEqual([]);
	});

	test('treats absent conditions as ready', () => {
		const {hop} = endpointsOf(
			[service(), pod('web-1'), slice(["{addresses: ['10.244.1.7']}", "{addresses: ['10.244.1.8']}"])],
			{
				depth: 'overview',
			},
		);
		expect(hop.summary).toBe('2 of 2 ready');
	});
});

describe('other kinds of Service', () => {
	test('ExternalName has no endpoints', () => {
		const {hop} = endpointsOf([service('type: ExternalName\nexternalName: www.example.com')]);
		expect([hop.status, hop.summary, hop.findings]).toEqual(['skipped', 'an alias: no endpoints', []]);
	});

	test('a headless Service without ready endpoints has no record; behind a route it has no endpoints', () => {
		const documents = [
			service().replace('10.96.0.10', 'None'),
			pod('web-1', {ready: false}),
			slice([endpoint('web-1', 'unready')]),
		];
		expect(endpointsOf(documents).stop).toBe('nxdomain');
		expect(endpointsOf(documents, {behindRoute: true}).stop).toBe('no-endpoints');
	});

	test('clients of a headless Service choose ports themselves', () => {
		const {hop} = endpointsOf([
			service().replace('10.96.0.10', 'None').replace('targetPort: 8080', 'targetPort: pg'),
			...two.slice(0, 2),
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {ports: '[]'}),
		]);
		expect(hop.findings.map(({code, severity}) => `${code} ${severity}`)).toEqual(['KNET505 warning']);
	});
});

test('is unknown where EndpointSlices may not be read', () => {
	const {hop, stop} = endpointsOf([service()], {
		states: {
			EndpointSlice: {
				state: 'forbidden',
				group: 'discovery.k8s.io',
				resource: 'endpointslices',
				reason: 'no',
			},
		},
	});
	expect([hop.status, hop.findings.map(({code}) => code), stop]).toEqual(['unknown', ['KNET901'], undefined]);
});
