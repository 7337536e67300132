import {describe, expect, test} from 'vitest';
import {endpoint, event, pod, podsOf, said, saidOf, service, slice} from '../endpoints/objects.ts';

const listed = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]);
const second = pod('web-2', {ip: '10.244.2.9'});

/** One pod that is not ready, alone, or beside one that serves. */
function alone(options: Parameters<typeof pod>[1], ...more: readonly string[]) {
	return podsOf([
		service(),
		pod('web-1', {ready: false, ...options}),
		slice([endpoint('web-1', 'unready')]),
		...more,
	]);
}

function beside(options: Parameters<typeof pod>[1], ...more: readonly string[]) {
	const slices = slice([endpoint('web-1', 'unready'), endpoint('web-2', 'ready', '10.244.2.9')]);
	return podsOf([service(), pod('web-1', {ready: false, ...options}), second, slices, ...more]);
}

describe('KNET702', () => {
	const unhealthy = event(
		'web-1',
		'Unhealthy',
		'Readiness probe failed: HTTP probe failed with statuscode: 500',
	);

	test('quotes the last event', () => {
		const {hop} = alone({age: 252}, unhealthy);
		expect(said(hop.findings)).toEqual([
			'KNET702 error: Pod web-1: container main runs and has not been ready for 4m (readiness probe HTTP GET :http/healthz): "Readiness probe failed: HTTP probe failed with statuscode: 500".',
		]);
		expect(hop.findings[0]?.evidence.at(-1)).toEqual({
			object: 'Event/shop/web-1.unhealthy',
			path: 'message',
			value: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
		});
	});

	test('names each kind of probe', () => {
		const texts = ['{tcpSocket: {port: 8080}}', '{grpc: {port: 9000}}', '{exec: {command: [ls]}}'].map(
			(probe) => alone({container: `readinessProbe: ${probe}`, age: 60}).hop.findings[0]?.message,
		);
		expect(texts).toEqual([
			'Pod web-1: container main runs and has not been ready for 1m (readiness probe TCP :8080).',
			'Pod web-1: container main runs and has not been ready for 1m (readiness probe gRPC :9000).',
			'Pod web-1: container main runs and has not been ready for 1m (readiness probe by a command).',
		]);
	});

	test('names no time while the first second of it lasts', () => {
		expect(said(alone({age: 0}, unhealthy).hop.findings)).toEqual([
			'KNET702 error: Pod web-1: container main runs and is not ready (readiness probe HTTP GET :http/healthz): "Readiness probe failed: HTTP probe failed with statuscode: 500".',
		]);
	});

	test('is only a remark while a pod starts beside one that serves', () => {
		expect(beside({age: 8}).hop.status).toBe('ok');
		expect(saidOf('KNET702', beside({age: 8}).hop.findings)).toEqual([
			'KNET702 info: Pod web-1: container main runs and has not been ready for 8s (readiness probe HTTP GET :http/healthz).',
		]);
		expect(beside({age: 45}).hop.findings[0]?.severity).toBe('warning');
	});

	test('is only a remark where the Service publishes pods before they are ready', () => {
		const {hop} = podsOf([
			service('selector: {app: web}\npublishNotReadyAddresses: true'),
			pod('web-1', {ready: false, age: 60}),
			slice([endpoint('web-1')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET702 info: Pod web-1: container main runs and has not been ready for 1m (readiness probe HTTP GET :http/healthz).',
		]);
		expect(hop.status).toBe('ok');
	});
});

describe('KNET703', () => {
	const gate = (status: string): Parameters<typeof pod>[1] => ({
		spec: 'readinessGates: [{conditionType: lb.example.com/target}]',
		conditions: `- {type: lb.example.com/target, status: '${status}', message: not registered}`,
		status: '',
	});
	const containerReady = (text: string): string =>
		text.replace('ready: false\n      restartCount', 'ready: true\n      restartCount');

	test('names the gate', () => {
		const {hop} = podsOf([
			service(),
			containerReady(pod('web-1', {ready: false, ...gate('False')})),
			slice([endpoint('web-1', 'unready')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET703 error: Pod web-1: the containers are ready, and readiness gate lb.example.com/target is False: "not registered".',
		]);
	});

	test('is not said when the gate is met', () => {
		const {hop} = podsOf([service(), pod('web-1', gate('True')), second, listed]);
		expect(said(hop.findings)).toEqual([]);
	});
});
