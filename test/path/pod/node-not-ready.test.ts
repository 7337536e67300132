import {describe, expect, test} from 'vitest';
import {endpoint, endpointsOf, node, pod, podsOf, said, service, slice} from '../endpoints/objects.ts';

const listed = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]);
const second = pod('web-2', {ip: '10.244.2.9'});

describe('KNET709', () => {
	test('endpoints on a node that is not Ready, in the overview as well', () => {
		for (const detail of ['overview', 'full'] as const) {
			const {hop} = podsOf([service(), pod('web-1'), second, listed, node('node-a', false)], {detail});
			expect(said(hop.findings)).toEqual([
				'KNET709 warning: Node node-a is not Ready and holds 2 endpoints (web-1 and web-2): Kubelet stopped posting node status.',
			]);
		}
	});

	test('is an error when pods are not Ready for no other reason', () => {
		const lost = pod('web-1', {ready: false}).replace(
			'ready: false\n      restartCount',
			'ready: true\n      restartCount',
		);
		const {hop} = podsOf([service(), lost, slice([endpoint('web-1', 'unready')]), node('node-a', false)]);
		expect(said(hop.findings)).toEqual([
			'KNET709 error: Node node-a is not Ready and holds 1 endpoint (web-1): Kubelet stopped posting node status.',
		]);
	});

	test('is the cause in an overview that reads no pods, when nothing serves', () => {
		const documents = [service(), slice([endpoint('web-1', 'unready')]), node('node-a', false)];
		const overview = {detail: 'overview', states: {Pod: {state: 'not-watched'}}} as const;
		expect(said(endpointsOf(documents, overview).hop.findings)).toEqual([
			'KNET503 error: The only endpoint of Service web is not ready, because its node is not ready.',
		]);
		expect(said(podsOf(documents, overview).hop.findings)).toEqual([
			'KNET709 error: Node node-a is not Ready and holds 1 endpoint (web-1): Kubelet stopped posting node status.',
		]);
	});

	test('is not said of a node that holds none of the endpoints', () => {
		const {hop} = podsOf([service(), pod('web-1'), second, listed, node('node-a'), node('node-z', false)]);
		expect(said(hop.findings)).toEqual([]);
	});

	test('more than three nodes are told in one finding', () => {
		const places = ['a', 'b', 'c', 'd'].map((letter, position) => ({
			name: `web-${letter}`,
			node: `node-${letter}`,
			ip: `10.244.${position}.9`,
		}));
		const {hop} = podsOf([
			service(),
			...places.map(({name, ip, node: nodeName}) => pod(name, {ip, node: nodeName})),
			slice(
				places.map(({name, ip, node: nodeName}) =>
					endpoint(name, 'ready', ip).replace('nodeName: node-a', `nodeName: ${nodeName}`),
				),
			),
			...places.map((place) => node(place.node, false)),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET709 warning: 4 nodes with endpoints are not Ready: node-a, node-b and 2 more.',
		]);
	});
});
