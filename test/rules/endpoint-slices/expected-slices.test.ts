import {describe, expect, test} from 'vitest';
import {compareSlices} from '../../../source/rules/endpoint-slices/compare-slices.ts';
import {expectedSlices} from '../../../source/rules/endpoint-slices/expected-slices.ts';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import type {Service} from '../../../source/model/services/service.ts';
import {hintedSlicesFor} from '../../oracles/hinted-slices.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {endpoint, node, pod, service, slice} from '../../path/endpoints/objects.ts';

function expected(documents: readonly string[]) {
	const snapshot = snapshotOf(documents.join('\n---\n'));
	return hintedSlicesFor({
		service: web(snapshot),
		pods: snapshot.list('Pod', 'shop'),
		nodes: snapshot.list('Node').map((each) => ({...each, allocatableCpu: 2000})),
	});
}

function web(snapshot: Snapshot): Service {
	const found = snapshot.get('Service', 'shop', 'web');
	if (!found) {
		throw new Error('no Service web');
	}

	return found;
}

const dual = service().replace('ipFamilies: [IPv4]', 'ipFamilies: [IPv4, IPv6]');

test('a family that no pod has gets a placeholder', () => {
	const slices = expected([dual, pod('web-1'), node()]);
	expect(
		slices.map(({addressType, ports, endpoints}) => [addressType, ports.length, endpoints.length]),
	).toEqual([
		['IPv4', 1, 1],
		['IPv6', 0, 0],
	]);
});

test('labels of the Service are copied, reserved ones are not', () => {
	const labelled = service().replace(
		'name: web,',
		'name: web, labels: {team: a, kubernetes.io/service-name: x, service.kubernetes.io/headless: y},',
	);
	expect(expected([labelled, node()])[0]?.labels).toEqual({
		team: 'a',
		'kubernetes.io/service-name': 'web',
		'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
	});
});

test('a pod whose Node is gone is left out, unless Nodes are not known', () => {
	expect(expected([service(), pod('web-1'), node('node-z')])[0]?.endpoints).toEqual([]);
	const snapshot = snapshotOf([service(), pod('web-1')].join('\n---\n'), {
		states: {Node: {state: 'not-watched'}},
	});
	expect(expectedSlices(snapshot, web(snapshot))[0]?.endpoints).toHaveLength(1);
});

test('there is nothing to expect without a selector, or of an alias', () => {
	expect(expected([service('externalIPs: []')])).toEqual([]);
	expect(
		expected([service('selector: {app: web}\ntype: ExternalName\nexternalName: x.example.com')]),
	).toEqual([]);
});

test('a pod that is shutting down is listed as serving and not ready', () => {
	expect(expected([service(), pod('web-1', {deleted: true}), node()])[0]?.endpoints[0]).toMatchObject({
		ready: false,
		serving: true,
		terminating: true,
	});
});

describe('the topology annotation', () => {
	const auto = service().replace(
		'name: web,',
		'name: web, annotations: {service.kubernetes.io/topology-mode: Auto},',
	);
	const place = (name: string, zone: string, more = ''): string => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {topology.kubernetes.io/zone: ${zone}${more}}}
status: {conditions: [{type: Ready, status: 'True'}]}
`;
	const pods = (...nodes: readonly string[]): readonly string[] =>
		nodes.map((name, at) => pod(`web-${at}`, {node: name, ip: `10.244.1.${at + 1}`}));
	const zones = (documents: readonly string[]) =>
		expected([auto, ...documents])[0]?.endpoints.map(
			({zone, forZones}) => `${zone}>${forZones?.join() ?? 'none'}`,
		);

	test('shares endpoints out by the CPU of the zones', () => {
		expect(zones([place('a', 'za'), place('b', 'zb'), ...pods('a', 'b', 'b', 'b')])).toEqual([
			'za>za',
			'zb>za',
			'zb>zb',
			'zb>zb',
		]);
	});

	test('gives no hints with fewer endpoints than zones, or where a node has no zone', () => {
		expect(zones([place('a', 'za'), place('b', 'zb'), ...pods('a')])).toEqual(['za>none']);
		expect(zones([place('a', 'za'), place('b', '""'), ...pods('a', 'b', 'a')])).toEqual(
			['za>none', '>none', 'za>none'].map((text) => text.replace(/^>/, 'undefined>')),
		);
	});

	test('leaves the control plane out of the count: one zone is left, so no hints', () => {
		const control = place('b', 'zb', ", node-role.kubernetes.io/control-plane: ''");
		expect(zones([place('a', 'za'), control, ...pods('a', 'a')])).toEqual(['za>none', 'za>none']);
	});
});

test('differences are found by address, whichever slice holds it', () => {
	const snapshot = snapshotOf(
		[
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9'}),
			pod('web-3', {ip: '10.244.2.3', ready: false}),
			node(),
			slice([endpoint('web-3', 'ready', '10.244.2.3')], {name: 'one'}),
			slice([endpoint('web-1'), endpoint('web-9', 'ready', '10.244.9.9')], {name: 'two'}),
		].join('\n---\n'),
	);
	const {missing, extra, changed} = compareSlices(
		expectedSlices(snapshot, web(snapshot)),
		snapshot.slicesOf('shop', 'web'),
	);
	expect(missing.map(({pod: ref}) => ref?.name)).toEqual(['web-2']);
	expect(extra.map((item) => [item.slice.name, item.endpoint.pod?.name])).toEqual([['two', 'web-9']]);
	expect(changed.map((item) => [item.slice.name, item.endpoint.ready, item.expected.ready])).toEqual([
		['one', true, false],
	]);
});
