import {describe, expect, test} from 'vitest';
import {endpoint, event, pod, podsOf, said, service, slice} from '../endpoints/objects.ts';

describe('KNET704', () => {
	const pending = {phase: 'Pending', ip: '', node: '', state: '{}'} as const;

	test('quotes the scheduler', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1', {
				ready: false,
				...pending,
				conditions:
					"- {type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/3 nodes are available: 3 Insufficient cpu.'}",
			}),
			slice([], {ports: '[]'}),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET704 error: Pod web-1 is not scheduled: "0/3 nodes are available: 3 Insufficient cpu".',
		]);
		expect(hop.summary).toBe('0 running, 1 pending, 0 ready');
	});

	test('a scheduling gate', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1', {
				ready: false,
				...pending,
				conditions: "- {type: PodScheduled, status: 'False', reason: SchedulingGated}",
			}),
			slice([], {ports: '[]'}),
		]);
		expect(said(hop.findings)).toEqual(['KNET704 error: Pod web-1 is held by a scheduling gate.']);
		expect(hop.details?.pods[0]?.reason).toBe('SchedulingGated');
	});

	test('a volume that does not come', () => {
		const {hop} = podsOf([
			service(),
			pod('web-1', {ready: false, phase: 'Pending', ip: '', state: '{waiting: {reason: ContainerCreating}}'}),
			slice([], {ports: '[]'}),
			event('web-1', 'FailedMount', 'MountVolume.SetUp failed for volume "data" : not found'),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET704 error: Pod web-1 cannot start: MountVolume.SetUp failed for volume "data" : not found.',
		]);
	});

	const replicaSet = (replicas: number): string => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {namespace: shop, name: web-aa, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
spec: {replicas: ${replicas}, template: {metadata: {labels: {app: web}}}}
`;
	const quota = event(
		'web-aa',
		'FailedCreate',
		'Error creating: pods "web-aa-x" is forbidden: exceeded quota: q',
		'ReplicaSet',
	);

	test.each([
		['told once', quota],
		[
			'told of several Events',
			quota.replace('Error creating', '(combined from similar events): Error creating'),
		],
	])('quota: not even the pod can be made, %s', (_, refusal) => {
		const {hop} = podsOf([service(), slice([], {ports: '[]'}), replicaSet(2), refusal]);
		expect(said(hop.findings)).toEqual([
			'KNET704 error: ReplicaSet web-aa has 0 of 2 pods, and no more can be made: Error creating: pods "web-aa-x" is forbidden: exceeded quota: q.',
		]);
		expect(hop.summary).toBe('no pods');
	});

	test('is not said of an old event, when all pods are there', () => {
		const owner = 'ownerReferences: [{kind: ReplicaSet, name: web-aa, controller: true}]';
		const {hop} = podsOf([
			service(),
			pod('web-1', {meta: owner}),
			slice([endpoint('web-1')]),
			replicaSet(1),
			quota,
		]);
		expect(said(hop.findings)).toEqual([]);
	});
});
