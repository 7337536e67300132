import {describe, expect, test} from 'vitest';
import {podEvaluator} from '../../../source/path/pod/evaluate.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ago, endpoint, event, pod, podsOf, said, service, slice, hopContextOf} from '../endpoints/objects.ts';

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

describe('KNET701', () => {
	test('a crash loop, with the last exit', () => {
		const {hop, stop} = alone({
			state:
				"{waiting: {reason: CrashLoopBackOff, message: back-off 40s}}\n      lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: '2026-01-01T11:59:00Z'}}",
		});
		expect(said(hop.findings)).toEqual([
			'KNET701 error: Pod web-1: container main is in CrashLoopBackOff, last exit code 137 (OOMKilled).',
		]);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop logs web-1 -c main');
		expect([hop.status, hop.summary, stop]).toEqual(['broken', '1 running, 0 ready', 'no-endpoints']);
		expect(hop.details?.pods[0]?.reason).toBe('CrashLoopBackOff');
	});

	describe('a container that the kubelet kills', () => {
		const killed = (seconds: number): string =>
			event(
				'web-1',
				'Unhealthy',
				'(combined from similar events): Liveness probe failed: HTTP probe failed with statuscode: 404',
			).replace(ago(3), ago(seconds));
		const looping = {
			state: `{waiting: {reason: CrashLoopBackOff, message: back-off 40s}}
      lastState: {terminated: {exitCode: 0, reason: Completed, startedAt: '${ago(60)}', finishedAt: '${ago(40)}'}}`,
		};

		test('for its liveness probe', () => {
			const {hop} = alone(looping, killed(41));
			expect(said(hop.findings)).toEqual([
				'KNET701 error: Pod web-1: container main waits to start again: it ended after "Liveness probe failed: HTTP probe failed with statuscode: 404".',
			]);
			expect(hop.findings[0]?.command).toBe('kubectl -n shop describe pod web-1');
		});

		test('in an earlier run, and that now ends by itself', () => {
			expect(said(alone(looping, killed(75)).hop.findings)).toEqual([
				'KNET701 error: Pod web-1: container main is in CrashLoopBackOff, last exit code 0 (Completed).',
			]);
		});
	});

	test('an image that cannot be pulled, with the message, for all pods at once', () => {
		const state = '{waiting: {reason: ImagePullBackOff, message: Back-off pulling image "web:2".}}';
		const {hop} = podsOf([
			service(),
			pod('web-1', {ready: false, phase: 'Pending', state}),
			pod('web-2', {ready: false, phase: 'Pending', state, ip: '10.244.2.9'}),
			slice([endpoint('web-1', 'unready'), endpoint('web-2', 'unready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET701 error: Pod web-1 and 1 more: container main waits: ImagePullBackOff, Back-off pulling image "web:2".',
		]);
		expect(hop.findings[0]?.remedy).toBe('Fix the image name or the pull secret.');
	});

	test('an image that has to be on the node already is not pulled, so neither registry nor secret is to blame', () => {
		const state = '{waiting: {reason: ErrImageNeverPull, message: Container image "web:2" is not present}}';
		const {hop} = alone({ready: false, phase: 'Pending', state});
		expect(hop.findings[0]?.remedy).toBe(
			'Load the image onto the node of the pod, or let imagePullPolicy be IfNotPresent.',
		);
	});

	test('a missing ConfigMap', () => {
		const {hop} = alone({
			phase: 'Pending',
			state: '{waiting: {reason: CreateContainerConfigError, message: configmap "web" not found}}',
		});
		expect(said(hop.findings)).toEqual([
			'KNET701 error: Pod web-1: container main waits: CreateContainerConfigError, configmap "web" not found.',
		]);
	});

	test('an init container that crashes, and one that runs on', () => {
		const init = (state: string): Parameters<typeof pod>[1] => ({
			phase: 'Pending',
			state: '{waiting: {reason: PodInitializing}}',
			spec: 'initContainers: [{name: migrate, image: web}]',
			conditions: "- {type: Initialized, status: 'False'}",
			status: `initContainerStatuses: [{name: migrate, ready: false, restartCount: 2, state: ${state}}]`,
		});
		expect(said(alone(init('{waiting: {reason: CrashLoopBackOff}}')).hop.findings)).toEqual([
			'KNET701 error: Pod web-1: init container migrate is in CrashLoopBackOff, 2 restarts.',
		]);
		const {hop} = alone(init(`{running: {startedAt: '${ago(252)}'}}`));
		expect(said(hop.findings)).toEqual([
			'KNET701 error: Pod web-1: init container migrate has been running for 4m, and the others wait for it.',
		]);
		expect(hop.details?.pods[0]?.reason).toBe('Init:0/1');
		expect(hop.findings[0]).toMatchObject({
			remedy: 'Read in the log what the init container still does or waits for.',
			command: 'kubectl -n shop logs web-1 -c migrate',
			evidence: [{path: 'status.initContainerStatuses[migrate].ready', value: 'false'}],
		});
	});

	test('is a warning while another pod serves', () => {
		const {hop, stop} = beside({state: '{waiting: {reason: CrashLoopBackOff}}'});
		expect(said(hop.findings)).toEqual([
			'KNET701 warning: Pod web-1: container main is in CrashLoopBackOff.',
		]);
		expect([hop.status, stop]).toEqual(['degraded', undefined]);
	});

	test('is not said of a container that is being made', () => {
		const {hop} = beside({state: '{waiting: {reason: ContainerCreating}}', phase: 'Pending', age: 5});
		expect(said(hop.findings)).toEqual(['KNET704 info: Pod web-1 has been starting for 5s.']);
		expect(hop.status).toBe('ok');
	});

	test('a pod that was asked for by name and has ended', () => {
		const snapshot = snapshotOf(
			pod('web-1', {
				phase: 'Failed',
				ready: false,
				status: 'reason: Evicted\n  message: The node was low on memory.',
			}),
		);
		const found = snapshot.get('Pod', 'shop', 'web-1');
		const {hop} = podEvaluator.evaluate(hopContextOf(snapshot), {
			endpoints: [],
			pod: found,
			containerPort: 8080,
		});
		expect(said(hop.findings)).toEqual([
			'KNET701 error: Pod web-1 has ended and never runs again: Evicted: The node was low on memory.',
		]);
	});
});
