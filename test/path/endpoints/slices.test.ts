import {describe, expect, test} from 'vitest';
import {ago, endpoint, endpointsOf, pod, said, saidOf, service, slice} from './objects.ts';

describe('slices', () => {
	test('KNET508: nobody wrote one', () => {
		const {hop} = endpointsOf([service(), pod('web-1')]);
		expect(said(hop.findings)).toEqual([
			'KNET508 error: 1 pod with an IP matches Service web, and it has no EndpointSlice.',
		]);
	});

	test('KNET508 is not said of a Service that was just made', () => {
		const {hop} = endpointsOf([service().replace(ago(3600), ago(4)), pod('web-1')]);
		expect(said(hop.findings)).toEqual([
			'KNET503 error: 1 pod matches app=web, 1 of them ready, and the EndpointSlices do not say so yet.',
		]);
	});

	test('KNET509: they lack a ready pod, or list an address that no pod has', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9'}),
			slice([endpoint('web-1'), endpoint('web-9', 'ready', '10.244.2.5')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET509 warning: The EndpointSlices of Service web are old: they lack 1 ready pod (web-2) and list 10.244.2.5, which no pod has.',
		]);
	});

	test('KNET509: they call a pod ready that is not', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9', ready: false}),
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET509 warning: The EndpointSlices of Service web are old: they call 10.244.2.9 ready though its pod is not.',
		]);
	});

	test('KNET509 is an error when they list no ready pod, or nobody is where they send', () => {
		const none = endpointsOf([service(), pod('web-1'), slice([], {ports: '[]'})]);
		expect(said(none.hop.findings)).toEqual([
			'KNET509 error: The EndpointSlices of Service web are old: they lack 1 ready pod (web-1).',
		]);
		const gone = endpointsOf([
			service(),
			slice([endpoint('web-8'), endpoint('web-9', 'ready', '10.244.2.5')]),
		]);
		expect(said(gone.hop.findings)).toEqual([
			'KNET509 error: The EndpointSlices of Service web are old: they list 10.244.1.7 and 10.244.2.5, which no pod has.',
		]);
		expect(gone.stop).toBe('unreachable');
	});

	test('KNET509 gives the controller 10 s, and does not mind endpoints that are leaving', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9', age: 6}),
			slice([endpoint('web-1'), endpoint('web-0', 'serving', '10.244.2.5')]),
		]);
		expect(saidOf('KNET509', hop.findings)).toEqual([]);
		const fresh = endpointsOf([
			service(),
			pod('web-1'),
			slice([endpoint('web-1'), endpoint('web-9', 'ready', '10.244.2.5')], {
				meta: `annotations: {endpoints.kubernetes.io/last-change-trigger-time: '${ago(2)}'}`,
			}),
		]);
		expect(saidOf('KNET509', fresh.hop.findings)).toEqual([]);
	});

	test('KNET510 asks for no new pods before the old ones end, where a workload makes them only then', () => {
		const meta =
			'ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: u, controller: true}]';
		const leaving = [service(), pod('web-1', {deleted: true, meta}), slice([endpoint('web-1', 'serving')])];
		expect(endpointsOf(leaving).hop.findings.map(({remedy}) => remedy)).toEqual([
			'Wait for the pods that take their place; if none come, see what keeps these from ending.',
		]);
		const pending = pod('web-2', {ready: false, ip: '', phase: 'Pending', state: '{waiting: {}}', meta});
		expect(endpointsOf([...leaving, pending]).hop.findings.map(({remedy}) => remedy)).toContain(
			'Bring up new pods before the grace period of these ends.',
		);
	});

	test('KNET510: only endpoints that are shutting down answer', () => {
		const {hop, stop} = endpointsOf([
			service(),
			pod('web-1', {deleted: true}),
			slice([endpoint('web-1', 'serving')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET510 warning: Service web has no ready endpoint; 1 endpoint that is shutting down still answers: web-1.',
		]);
		expect([hop.status, hop.summary, stop]).toEqual([
			'degraded',
			'0 ready, 1 shutting down and still serving',
			undefined,
		]);
	});

	test('KNET510 is not said where those do not serve any more', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1', {deleted: true, ready: false}),
			slice([endpoint('web-1', 'leaving')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET503 error: 1 pod matches app=web and none is ready (1 Terminating).',
		]);
	});

	test('KNET511: no selector and no slice', () => {
		const {hop, stop} = endpointsOf([service('externalIPs: []')]);
		expect(said(hop.findings)).toEqual([
			'KNET511 error: Service web has no selector, and there is no EndpointSlice for it.',
		]);
		expect(stop).toBe('no-endpoints');
	});

	test('KNET511: kube-proxy ignores slices of type FQDN', () => {
		const {hop} = endpointsOf([
			service('externalIPs: []'),
			slice(['{addresses: [db.example.com]}'], {type: 'FQDN', managedBy: 'me'}),
		]);
		expect(saidOf('KNET511', hop.findings)).toEqual([
			'KNET511 error: Service web has no selector, and its EndpointSlices are of type FQDN, which kube-proxy ignores.',
		]);
	});

	test('KNET511 is not said where people made a slice, or it was copied from Endpoints', () => {
		for (const managedBy of ['me', 'endpointslicemirroring-controller.k8s.io']) {
			const {hop} = endpointsOf([
				service('externalIPs: []'),
				slice(["{addresses: ['192.0.2.7']}", "{addresses: ['192.0.2.8']}"], {managedBy}),
			]);
			expect(said(hop.findings)).toEqual([]);
			expect(hop.summary).toBe('2 of 2 ready');
		}
	});

	test('one address in two slices counts once, and ready wins', () => {
		const {endpoints} = endpointsOf(
			[service(), slice([endpoint('web-1', 'unready')]), slice([endpoint('web-1')], {name: 'web-2'})],
			{detail: 'overview'},
		);
		expect(endpoints.map(({address, ready}) => [address, ready])).toEqual([['10.244.1.7', true]]);
	});

	test('a Service port takes the slice port of its own name and protocol', () => {
		const ports =
			'[{name: metrics, port: 9090}, {name: http, port: 8080}, {name: http, port: 8443, protocol: UDP}]';
		const {endpoints} = endpointsOf([service(), slice([endpoint('web-1')], {ports})], {detail: 'overview'});
		expect(endpoints.map(({port}) => port)).toEqual([8080]);
	});
});
