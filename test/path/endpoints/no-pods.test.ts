import {describe, expect, test} from 'vitest';
import {endpointsOf, pod, said, service, slice} from './objects.ts';

describe('no pods', () => {
	const placeholder = slice([], {ports: '[]'});

	test('KNET501 names the nearest labels', () => {
		const {hop, stop} = endpointsOf([
			service('selector: {app: web, tier: frnt}'),
			pod('web-1', {labels: 'app: web, tier: front'}),
			pod('web-2', {labels: 'app: web, tier: front'}),
			pod('db-1', {labels: 'app: db'}),
			placeholder,
		]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web,tier=frnt, which Service web selects; 2 pods have tier=front.',
		]);
		expect(hop.findings[0]?.remedy).toBe(
			'Make the selector and the labels of the pods agree: tier=frnt or tier=front.',
		);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop get pods -l tier=front --show-labels');
		expect([hop.status, hop.summary, stop]).toEqual(['broken', 'no endpoints', 'no-endpoints']);
	});

	test('KNET501 names a key that is written otherwise', () => {
		const {hop} = endpointsOf([
			service('selector: {app: web}'),
			pod('web-1', {labels: 'apps: web'}),
			placeholder,
		]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects; 1 pod has apps=web.',
		]);
	});

	test('KNET501 does not name pods that have nothing in common', () => {
		const {hop} = endpointsOf([service(), pod('db-1', {labels: 'app: db'}), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects.',
		]);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop get pods --show-labels');
	});

	test('KNET501 leaves out pods that have ended', () => {
		const {hop} = endpointsOf([service(), pod('web-1', {phase: 'Succeeded', ready: false}), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects. web-1 has it and has ended.',
		]);
	});

	test('KNET501 says what it cannot exclude', () => {
		const {hop} = endpointsOf([service(), placeholder], {
			states: {Deployment: {state: 'forbidden', group: 'apps', resource: 'deployments', reason: 'no'}},
		});
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects. Whether a workload is scaled to zero is not known (Deployment).',
		]);
	});

	const deployment = (replicas: number, labels = 'app: web'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {namespace: shop, name: web}
spec: {replicas: ${replicas}, selector: {matchLabels: {${labels}}}, template: {metadata: {labels: {${labels}}}}}
status: {observedGeneration: 1}
`;

	test('KNET502 names the workload with 0 replicas', () => {
		const {hop, stop} = endpointsOf([service(), deployment(0), placeholder]);
		expect(said(hop.findings)).toEqual(['KNET502 error: Deployment web behind Service web is scaled to 0.']);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop scale deployment/web --replicas=1');
		expect(stop).toBe('no-endpoints');
	});

	test('KNET502 is not said of a workload that wants pods', () => {
		const {hop} = endpointsOf([service(), deployment(2), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: Deployment web is behind Service web, wants 2 pods and has none.',
		]);
	});

	test('KNET501 is unknown of a workload that no server has seen', () => {
		const planned = deployment(2).replace(/status: .*/u, 'status: {}');
		const {hop, stop} = endpointsOf([service(), planned, placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 info: No server has seen Deployment web behind Service web, and the input holds no pod of it.',
		]);
		expect([hop.status, stop]).toEqual(['unknown', undefined]);
	});

	test('KNET501 names a pod template that is near', () => {
		const {hop} = endpointsOf([service(), deployment(0, 'app: webb'), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects; the pods of Deployment web would have app=webb.',
		]);
	});
});
