import {describe, expect, test} from 'vitest';
import {endpoint, endpointsOf, pod, said, service, slice} from './objects.ts';

describe('pods that are not ready', () => {
	test('KNET503 groups the reasons', () => {
		const crash = '{waiting: {reason: CrashLoopBackOff}}';
		const {hop, stop} = endpointsOf([
			service(),
			pod('web-1', {ready: false, state: crash}),
			pod('web-2', {ready: false, state: crash, ip: '10.244.2.9'}),
			pod('web-3', {ready: false, ip: '10.244.2.8'}),
			slice([
				endpoint('web-1', 'unready'),
				endpoint('web-2', 'unready', '10.244.2.9'),
				endpoint('web-3', 'unready', '10.244.2.8'),
			]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET503 error: 3 pods match app=web and none is ready (2 CrashLoopBackOff, 1 NotReady).',
		]);
		expect([hop.summary, stop]).toEqual(['0 of 3 ready', 'no-endpoints']);
	});

	test('KNET503 is known from the slices alone, the reason is not', () => {
		const {hop} = endpointsOf([service(), slice([endpoint('web-1', 'unready')])], {
			states: {Pod: {state: 'forbidden', group: '', resource: 'pods', reason: 'no'}},
		});
		expect(hop.findings.map(({code}) => code)).toEqual(['KNET503', 'KNET901']);
		expect(hop.status).toBe('broken');
		expect(hop.findings[0]?.message).toBe(
			'The only endpoint of Service web is not ready; its pods are not known, so the reason is not either.',
		);
	});

	test('KNET503 counts no endpoints where there are none and the pods are not known', () => {
		const {hop} = endpointsOf([service(), slice([])], {
			states: {Pod: {state: 'forbidden', group: '', resource: 'pods', reason: 'no'}},
		});
		expect(hop.findings[0]?.message).toBe(
			'Service web has no endpoint; its pods are not known, so the reason is not either.',
		);
	});

	test('KNET504 counts those that are not ready', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ready: false, ip: '10.244.2.9'}),
			slice([endpoint('web-1'), endpoint('web-2', 'unready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET504 warning: 1 of 2 endpoints of Service web is not ready: web-2.',
		]);
		expect([hop.status, hop.summary]).toEqual(['degraded', '1 of 2 ready']);
	});

	test('KNET504 is no warning while a pod has just started', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ready: false, ip: '10.244.2.9', age: 8}),
			slice([endpoint('web-1'), endpoint('web-2', 'unready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET504 info: 1 of 2 endpoints of Service web is not ready, and just started: web-2.',
		]);
		expect(hop.status).toBe('ok');
	});

	test('KNET504 is no fault of pods that became ready before their EndpointSlices say so', () => {
		const late = pod('web-2', {ip: '10.244.2.9', age: 3});
		const waiting = pod('web-3', {ready: false, ip: '10.244.2.8'});
		const listed = slice([
			endpoint('web-1'),
			endpoint('web-2', 'unready', '10.244.2.9'),
			endpoint('web-3', 'unready', '10.244.2.8'),
		]);
		const two = slice([endpoint('web-1'), endpoint('web-2', 'unready', '10.244.2.9')]);
		const {hop} = endpointsOf([service(), pod('web-1'), late, two]);
		expect(said(hop.findings)).toEqual([
			'KNET504 info: 1 of 2 pods of Service web is ready, and the EndpointSlices do not say so yet: web-2.',
		]);
		expect([hop.status, hop.findings[0]?.remedy]).toEqual([
			'ok',
			'Wait a moment; if it stays, look at kube-controller-manager, which writes the EndpointSlices.',
		]);
		expect(said(endpointsOf([service(), pod('web-1'), late, waiting, listed]).hop.findings)).toEqual([
			'KNET504 warning: 1 of 3 endpoints of Service web is not ready: web-3.',
			'KNET504 info: 1 of 3 pods of Service web is ready, and the EndpointSlices do not say so yet: web-2.',
		]);
	});

	test('KNET509 alone speaks of pods that are ready for long', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9'}),
			slice([endpoint('web-1'), endpoint('web-2', 'unready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET509 warning: The EndpointSlices of Service web are old: they lack 1 ready pod (web-2).',
		]);
	});

	test('KNET504 does not count endpoints that are leaving, or pods that have ended', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-4', {ip: '10.244.2.4'}),
			pod('web-2', {deleted: true, ready: false, ip: '10.244.2.9'}),
			pod('web-3', {phase: 'Succeeded', ready: false, ip: '10.244.2.3'}),
			slice([
				endpoint('web-1'),
				endpoint('web-4', 'ready', '10.244.2.4'),
				endpoint('web-2', 'leaving', '10.244.2.9'),
				endpoint('web-3', 'unready', '10.244.2.3'),
			]),
		]);
		expect(said(hop.findings)).toEqual([]);
		expect(hop.summary).toBe('2 of 2 ready');
	});
});
