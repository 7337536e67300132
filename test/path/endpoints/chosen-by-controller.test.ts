import {expect, test} from 'vitest';
import {joinSlices} from '../../../source/rules/endpoint-slices/join-slices.ts';
import {viewOf} from '../../../source/path/endpoints/view.ts';
import {endpointsEvaluator} from '../../../source/path/endpoints/evaluate.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {endpoint, pod, said, service, slice as sliceOf, hopContextOf} from './objects.ts';
import type {Controller} from '../../../source/rules/controllers/record/controller.ts';

/** Addresses that get traffic, by the conditions of their endpoints. */
function answering(conditions: readonly string[], chooses?: Controller['chooses']): readonly string[] {
	const endpoints = conditions.map((text, index) => `{addresses: [10.0.0.${index}], conditions: {${text}}}`);
	const slice = `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {namespace: shop, name: web-1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}]
endpoints: [${endpoints.join(', ')}]
`;
	const snapshot = snapshotOf(`${service()}${slice}`);
	const found = snapshot.get('Service', 'shop', 'web')!;
	const hopContext = {snapshot, source: {kind: 'node'}, client: {kind: 'node'}, detail: 'full'} as const;
	expect(joinSlices(snapshot.slicesOf('shop', 'web'), found.ports[0]!)).toHaveLength(conditions.length);
	return viewOf(hopContext, {service: found, port: found.ports[0]!, chooses}).answering.map(
		({address}) => address,
	);
}

const ready = 'ready: true, serving: true, terminating: false';
const leaving = 'ready: false, serving: true, terminating: true';
const published = 'ready: true, serving: false, terminating: false';
const unready = 'ready: false, serving: false, terminating: false';
const bare = 'ready: false';

test('kube-proxy goes by ready and falls back to what is shutting down', () => {
	expect(answering([ready, leaving, published, unready, bare])).toEqual(['10.0.0.0', '10.0.0.2']);
	expect(answering([leaving, unready])).toEqual(['10.0.0.0']);
});

test("Traefik's Ingress provider goes by serving, which is true unless it is said, and sends nothing to what is shutting down", () => {
	expect(answering([ready, leaving, published, unready, bare], 'serving')).toEqual(['10.0.0.0', '10.0.0.4']);
	expect(answering([leaving, published], 'serving')).toEqual([]);
});

test('ingress-nginx goes by ready, without a fallback', () => {
	expect(answering([ready, leaving, published], 'ready')).toEqual(['10.0.0.0', '10.0.0.2']);
	expect(answering([leaving], 'ready')).toEqual([]);
});

test('KNET510 stands beside the error where a controller sends nothing to pods that shut down', () => {
	const snapshot = snapshotOf(
		[service(), pod('web-1', {deleted: true}), sliceOf([endpoint('web-1', 'serving')])].join('---\n'),
	);
	const web = snapshot.get('Service', 'shop', 'web')!;
	const {hop, stop} = endpointsEvaluator.evaluate(hopContextOf(snapshot), {
		service: web,
		port: web.ports[0]!,
		chooses: 'serving',
	});
	expect(said(hop.findings)).toEqual([
		'KNET503 error: 1 pod matches app=web and none is ready (1 Terminating).',
		'KNET510 warning: Service web has no ready endpoint; to 1 endpoint that is shutting down the controller in front sends nothing more: web-1.',
	]);
	expect(stop).toBe('no-endpoints');
});

test("Traefik's Gateway provider takes only what says that it is ready", () => {
	expect(answering([ready, leaving, published, unready, 'serving: true'], 'ready-said')).toEqual([
		'10.0.0.0',
		'10.0.0.2',
	]);
	expect(answering(['serving: true'])).toEqual(['10.0.0.0']);
});

test('Traefik joins the ports of slices by name alone, kube-proxy by protocol too', () => {
	const udp = sliceOf(["{addresses: ['192.0.2.7'], conditions: {ready: true}}"], {
		ports: '[{name: http, port: 8080, protocol: UDP}]',
		managedBy: 'me',
	});
	const snapshot = snapshotOf(`${service('externalIPs: []')}---${udp}`);
	const web = snapshot.get('Service', 'shop', 'web')!;
	const statusBy = (chooses?: Controller['chooses']): string =>
		endpointsEvaluator.evaluate(hopContextOf(snapshot), {service: web, port: web.ports[0]!, chooses}).hop
			.status;
	expect([statusBy('serving'), statusBy('ready-said'), statusBy()]).toEqual(['ok', 'ok', 'broken']);
});
