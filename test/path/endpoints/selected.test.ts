import {describe, expect, test} from 'vitest';
import {endpoint, endpointsOf, pod, said, service, slice} from './objects.ts';

describe('who is selected', () => {
	const owned = (name: string, owner: string, more = ''): string =>
		`ownerReferences: [{kind: ReplicaSet, name: ${owner}, uid: u, controller: true, apiVersion: apps/v1}]${more}`;
	const pair = (first: string, second: string, labels: readonly [string, string]): readonly string[] => [
		service(),
		pod('web-1', {labels: `app: web, ${labels[0]}`, meta: owned('web-1', first)}),
		pod('web-2', {labels: `app: web, ${labels[1]}`, meta: owned('web-2', second), ip: '10.244.2.9'}),
		slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
	];

	test('KNET512: two Deployments', () => {
		const {hop} = endpointsOf(
			pair('web-aa', 'worker-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']),
		);
		expect(said(hop.findings)).toEqual([
			'KNET512 info: The selector of Service web takes in pods of 2 workloads: Deployment web and Deployment worker.',
		]);
	});

	test('KNET512: another value of a label is no sign of a canary', () => {
		const {hop} = endpointsOf(
			pair('web-aa', 'worker-bb', ['v: a, pod-template-hash: aa', 'v: b, pod-template-hash: bb']),
		);
		expect(hop.findings.map(({code}) => code)).toEqual(['KNET512']);
	});

	test('KNET512 is not said of two ReplicaSets of one Deployment: that is a rollout', () => {
		const {hop} = endpointsOf(pair('web-aa', 'web-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']));
		expect(said(hop.findings)).toEqual([]);
	});

	test('KNET512 is not said of a canary, of colours, or of releases', () => {
		for (const [first, second, labels] of [
			['web-aa', 'web-canary-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']],
			['web-blue-aa', 'web-green-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']],
			['old-aa', 'new-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']],
			['a-aa', 'b-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']],
			[
				'shop-aa',
				'next-bb',
				['track: stable, pod-template-hash: aa', 'track: canary, pod-template-hash: bb'],
			],
		] as const) {
			const {hop} = endpointsOf(pair(first, second, labels));
			expect(said(hop.findings)).toEqual([]);
		}
	});

	test('KNET514: published before they are ready', () => {
		const {hop} = endpointsOf([
			service('selector: {app: web}\npublishNotReadyAddresses: true'),
			pod('web-1', {ready: false}),
			pod('web-2', {ip: '10.244.2.9'}),
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET514 info: Service web publishes its pods before they are ready (publishNotReadyAddresses).',
		]);
		expect(hop.status).toBe('ok');
	});

	test('KNET519: one endpoint', () => {
		const {hop} = endpointsOf([service(), pod('web-1'), slice([endpoint('web-1')])]);
		expect(said(hop.findings)).toEqual([
			'KNET519 info: Service web has one endpoint, web-1: when it goes, nothing answers.',
		]);
		expect(hop.status).toBe('ok');
	});
});
