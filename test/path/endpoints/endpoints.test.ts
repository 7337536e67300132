import {describe, expect, test} from 'vitest';
import {recordReads} from '../../../source/model/recording-snapshot.ts';
import {endpoint, endpointsIn, endpointsOf, node, pod, said, service, slice, snapshotFor} from './objects.ts';

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
			detail: 'overview',
			states: {Pod: {state: 'not-watched'}},
		});
		expect(hop.status).toBe('ok');
		expect(said(hop.findings)).toEqual([]);
	});

	test('is judged without Pods in the overview where the node says why an endpoint is not ready', () => {
		const onLostNode = endpoint('web-2', 'unready', '10.244.2.9').replace('node-a', 'node-b');
		const documents = [service(), slice([endpoint('web-1'), onLostNode]), node('node-a')];
		const overview = {detail: 'overview', states: {Pod: {state: 'not-watched'}}} as const;
		const {hop} = endpointsOf([...documents, node('node-b', false)], overview);
		expect([hop.status, said(hop.findings)]).toEqual([
			'degraded',
			['KNET504 warning: 1 of 2 endpoints of Service web is not ready: web-2.'],
		]);
		expect(hop.findings[0]?.evidence).toEqual([
			{object: 'EndpointSlice/shop/web-1', path: 'endpoints[1].conditions.ready', value: 'false (web-2)'},
		]);
		const recording = recordReads(snapshotFor([...documents, node('node-b')], overview));
		endpointsIn(recording.snapshot, overview);
		expect([...recording.reads.keys()]).toContain('Pod');
	});

	test('treats absent conditions as ready', () => {
		const {hop} = endpointsOf(
			[service(), pod('web-1'), slice(["{addresses: ['10.244.1.7']}", "{addresses: ['10.244.1.8']}"])],
			{
				detail: 'overview',
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
