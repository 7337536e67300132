import {describe, expect, test} from 'vitest';
import {codes, forbidden, resolve, shop, traefik} from './controller-situation.ts';

describe('KNET305', () => {
	test('breaks with no pod Ready and warns with some', () => {
		const none = resolve([
			traefik.replace('readyReplicas: 2', 'readyReplicas: 0'),
			shop('ingressClassName: traefik'),
		]);
		expect([codes(none), none.stop]).toEqual([['KNET305 error'], 'no-endpoints']);
		const some = resolve([
			traefik.replace('readyReplicas: 2', 'readyReplicas: 1'),
			shop('ingressClassName: traefik'),
		]);
		expect([codes(some), some.hop.status]).toEqual([['KNET305 warning'], 'degraded']);
		expect(some.hop.findings[0]?.command).toBe('kubectl -n edge describe pods -l app=traefik');
	});

	test('says that the controller is scaled to zero', () => {
		const zero = traefik
			.replace('replicas: 2', 'replicas: 0')
			.replace('readyReplicas: 2', 'readyReplicas: 0');
		expect(resolve([zero, shop('ingressClassName: traefik')]).hop.findings[0]).toMatchObject({
			message: 'Traefik (Deployment edge/traefik) is scaled to zero.',
			command: 'kubectl -n edge scale deployment traefik --replicas=1',
		});
	});
});

describe('KNET306', () => {
	test('is said of a Service without a ready endpoint', () => {
		const resolved = resolve([
			traefik.replace('ready: true', 'ready: false'),
			shop('ingressClassName: traefik'),
		]);
		expect([codes(resolved), resolved.stop]).toEqual([['KNET306 error'], 'no-endpoints']);
	});

	test('is said of the published Service whose selector fits nothing', () => {
		const lost = traefik
			.replace('selector: {app: traefik}', 'selector: {app: treafik}')
			.replace(
				'--providers.kubernetesingress]',
				'--providers.kubernetesingress.ingressendpoint.publishedservice=edge/traefik]',
			)
			.replace('endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}}]', 'endpoints: []');
		expect(codes(resolve([lost, shop('ingressClassName: traefik')]))).toEqual(['KNET306 error']);
	});

	test('is not said while a second Service leads in, or slices cannot be read', () => {
		const second = `
apiVersion: v1
kind: Service
metadata: {name: second, namespace: edge}
spec: {type: NodePort, selector: {app: traefik}, ports: [{port: 80, targetPort: web}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: second-x, namespace: edge, labels: {kubernetes.io/service-name: second}}
addressType: IPv4
ports: [{port: 8000, protocol: TCP}]
endpoints: [{addresses: [10.1.0.1]}]`;
		const short = traefik.replace('ready: true', 'ready: false');
		expect(codes(resolve([short, second, shop('ingressClassName: traefik')]))).toEqual([]);
		expect(codes(resolve([short, shop('ingressClassName: traefik')], {EndpointSlice: forbidden}))).toEqual(
			[],
		);
	});
});

describe('KNET307', () => {
	const inner = traefik.replace('type: LoadBalancer', 'type: ClusterIP');

	test('warns when nothing leads in from outside', () => {
		const resolved = resolve([inner, shop('ingressClassName: traefik')]);
		expect([codes(resolved), resolved.hop.status]).toEqual([['KNET307 warning'], 'degraded']);
	});

	test('is not said with a host port, the host network, or Services that cannot be read', () => {
		const onHost = inner.replace('containerPort: 8000', 'containerPort: 8000, hostPort: 80');
		expect(codes(resolve([onHost, shop('ingressClassName: traefik')]))).toEqual([]);
		const network = inner.replace(
			'    spec:\n      containers',
			'    spec:\n      hostNetwork: true\n      containers',
		);
		expect(codes(resolve([network, shop('ingressClassName: traefik')]))).toEqual([]);
		expect(codes(resolve([inner, shop('ingressClassName: traefik')], {Service: forbidden}))).toEqual([]);
	});
});

describe('KNET308', () => {
	test('is information about the old annotation, which Traefik still takes', () => {
		const resolved = resolve([
			traefik,
			shop('rules: []', {annotations: '{kubernetes.io/ingress.class: traefik}'}),
		]);
		expect([codes(resolved), resolved.hop.status]).toEqual([['KNET308 info'], 'ok']);
	});

	test('is not said of ingressClassName', () => {
		expect(codes(resolve([traefik, shop('ingressClassName: traefik')]))).toEqual([]);
	});
});
