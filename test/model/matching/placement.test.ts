import {parse} from 'yaml';
import {describe, expect, test} from 'vitest';
import {wantsNode} from '../../../source/model/matching/placement.ts';
import {projectNode} from '../../../source/projection/workloads/node.ts';
import {projectDaemonSet} from '../../../source/projection/workloads/workload.ts';

const workers = 'metadata: {name: worker-1, labels: {kubernetes.io/os: linux, pool: a}}';

function wants(podSpec: string, node = workers): boolean {
	const {placement} = projectDaemonSet(parse(`spec: {template: {spec: ${JSON.stringify(parse(podSpec))}}}`));
	return placement !== undefined && wantsNode(placement, projectNode(parse(node)));
}

describe('A DaemonSet wants a pod on a node', () => {
	test('unless the node lacks a label of its node selector', () => {
		expect(wants('{}')).toBe(true);
		expect(wants('nodeSelector: {kubernetes.io/os: linux}')).toBe(true);
		expect(wants('nodeSelector: {non-calico: "true"}')).toBe(false);
	});

	test.each([
		['{key: pool, operator: In, values: [a, b]}', true],
		['{key: pool, operator: NotIn, values: [a]}', false],
		['{key: eks.amazonaws.com/compute-type, operator: NotIn, values: [fargate]}', true],
		['{key: type, operator: DoesNotExist}', true],
		['{key: pool, operator: Exists}', true],
		['{key: type, operator: Exists}', false],
	])('by required affinity %s: %s', (requirement, expected) => {
		expect(
			wants(
				`affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [${requirement}]}]}}}`,
			),
		).toBe(expected);
	});

	test('if any term of its affinity fits', () => {
		expect(
			wants(`
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
      - matchExpressions: [{key: pool, operator: In, values: [b]}]
      - matchFields: [{key: metadata.name, operator: In, values: [worker-1]}]
`),
		).toBe(true);
	});

	test.each([
		['{key: gpu, value: "yes", effect: NoSchedule}', '[]', false],
		['{key: gpu, value: "yes", effect: NoSchedule}', '[{operator: Exists}]', true],
		[
			'{key: gpu, value: "yes", effect: NoExecute}',
			'[{key: gpu, operator: Exists, effect: NoSchedule}]',
			false,
		],
		['{key: gpu, value: "yes", effect: NoSchedule}', '[{key: gpu, value: "yes"}]', true],
		['{key: gpu, value: "yes", effect: PreferNoSchedule}', '[]', true],
		['{key: node.kubernetes.io/not-ready, effect: NoExecute}', '[]', true],
		['{key: node.kubernetes.io/network-unavailable, effect: NoSchedule}', '[]', false],
	])('with taint %s and tolerations %s: %s', (taint, tolerations, expected) => {
		expect(wants(`tolerations: ${tolerations}`, `{metadata: {name: n}, spec: {taints: [${taint}]}}`)).toBe(
			expected,
		);
	});

	test('on the host network although the network of the node is not there yet', () => {
		const taint = '{key: node.kubernetes.io/network-unavailable, effect: NoSchedule}';
		expect(wants('hostNetwork: true', `{metadata: {name: n}, spec: {taints: [${taint}]}}`)).toBe(true);
	});
});
