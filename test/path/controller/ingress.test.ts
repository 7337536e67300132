import {describe, expect, test} from 'vitest';
import {className, codes, forbidden, resolve, shop, traefik} from './controller-situation.ts';

describe('a class that is served', () => {
	test('is ok and silent, and names what serves it', () => {
		const resolved = resolve([traefik, shop('ingressClassName: traefik')]);
		expect(resolved.hop.status).toBe('ok');
		expect(resolved.hop.findings).toEqual([]);
		expect(resolved.hop.summary).toBe('Traefik  2/2 ready, class traefik');
		expect(resolved.hop.details).toEqual({
			class: 'traefik',
			controller: 'traefik.io/ingress-controller',
			implementation: 'Traefik',
			profile: 'traefik',
			workload: {kind: 'Deployment', namespace: 'edge', name: 'traefik'},
			ready: 2,
			total: 2,
			bypassesProxy: true,
		});
		expect(resolved.controller?.services.map(({name}) => name)).toEqual(['traefik']);
	});

	test('shows the pods that answer, with node and readiness', () => {
		const pod = `
apiVersion: v1
kind: Pod
metadata: {name: traefik-1, namespace: edge, labels: {app: traefik}}
spec: {nodeName: node-a, containers: [{name: traefik, image: traefik}]}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}`;
		const {hop} = resolve([traefik, pod, shop('ingressClassName: traefik')]);
		expect(hop.details?.pods).toEqual([
			{name: 'traefik-1', namespace: 'edge', node: 'node-a', ready: true, restarts: 0},
		]);
	});

	test('answers an empty Service by the flag that Traefik runs with', () => {
		const without = resolve([traefik, shop('ingressClassName: traefik')]);
		const flag = '--providers.kubernetesingress, --providers.kubernetesingress.allowemptyservices=true';
		const allowed = resolve([
			traefik.replace('--providers.kubernetesingress', flag),
			shop('ingressClassName: traefik'),
		]);
		expect(without.controller?.answers['no-endpoints']).toBe('http-404');
		expect(allowed.controller?.answers['no-endpoints']).toBe('http-503');
	});

	test('leaves pods unread in the overview while all are ready', () => {
		const pod = `
apiVersion: v1
kind: Pod
metadata: {name: traefik-1, namespace: edge, labels: {app: traefik}}
spec: {containers: [{name: traefik, image: traefik}]}`;
		const documents = [traefik, pod, shop('ingressClassName: traefik')];
		expect(resolve(documents, {}, 'overview').controller?.pods).toEqual([]);
		expect(resolve(documents).controller?.pods.map(({name}) => name)).toEqual(['traefik-1']);
	});

	test('is recognised by its flags, whatever image and labels say', () => {
		const renamed = traefik
			.replace('docker.io/traefik:v3.6', 'registry.local/edge-proxy:1')
			.replaceAll('app: traefik', 'app: edge');
		expect(resolve([renamed, shop('ingressClassName: traefik')]).hop.status).toBe('ok');
	});

	test('tells two Traefiks apart by the class name they take', () => {
		const other = traefik.replace(
			'--providers.kubernetesingress]',
			'--providers.kubernetesingress.ingressclass=inner]',
		);
		expect(codes(resolve([other, shop('ingressClassName: traefik')]))).toEqual(['KNET304 error']);
	});

	test('finds an unknown controller by the value in its arguments', () => {
		const own = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: edge}
spec:
  replicas: 1
  selector: {matchLabels: {app: edge}}
  template:
    metadata: {labels: {app: edge}}
    spec: {hostNetwork: true, containers: [{name: edge, image: ours/edge, args: ["--controller=corp.example/edge"]}]}
status: {readyReplicas: 1}`;
		const {hop, controller} = resolve([
			own,
			className('edge', 'corp.example/edge'),
			shop('ingressClassName: edge'),
		]);
		expect(hop.status).toBe('ok');
		expect(controller).toMatchObject({
			implementation: 'corp.example/edge',
			record: {ingress: {profile: 'spec'}},
		});
		expect(controller?.assumed).toEqual(["the API's plain rules: this controller is not known to knet"]);
	});

	test('says of ingress-nginx that its ConfigMap is not read', () => {
		const nginx = traefik
			.replaceAll('traefik.io/ingress-controller', 'k8s.io/ingress-nginx')
			.replace('docker.io/traefik:v3.6', 'registry.k8s.io/ingress-nginx/controller:v1.13.0')
			.replace(
				/args: .*/u,
				'args: [/nginx-ingress-controller, --configmap=$(POD_NAMESPACE)/ingress-nginx-controller]',
			);
		const {controller} = resolve([nginx, shop('ingressClassName: traefik')], {
			ConfigMap: {state: 'absent', why: 'not-in-input'},
		});
		expect(controller?.assumed).toEqual([
			'the usual settings beside its flags: ConfigMap edge/ingress-nginx-controller is not read',
		]);
	});
});

describe('KNET301', () => {
	test('names the nearest class', () => {
		const resolved = resolve([traefik, shop('ingressClassName: traefk')]);
		expect(codes(resolved)).toEqual(['KNET301 error']);
		expect(resolved.stop).toBe('no-rule');
		expect(resolved.hop.findings[0]?.message).toBe(
			'No IngressClass is called traefk, so no controller takes Ingress site. Did you mean traefik?',
		);
	});

	test('follows rules of nobody, not of a controller that is not known', () => {
		const {hop} = resolve([traefik, shop('ingressClassName: traefk')]);
		expect(hop.details?.implementation).toBeUndefined();
		expect(hop.details?.assumed).toEqual(["the API's plain rules: no controller takes the Ingress"]);
		const inert = resolve([traefik, className('edge', 'corp.example/edge'), shop('ingressClassName: edge')]);
		expect(inert.hop.details?.assumed).toEqual([
			"the API's plain rules: this controller is not known to knet",
		]);
	});

	test('names no answer where a rule for any host of another Ingress may give it', () => {
		const stray = shop(
			'ingressClassName: traefik, defaultBackend: {service: {name: stray, port: {number: 80}}}',
		);
		const other = stray.replace('name: site', 'name: stray');
		expect(resolve([traefik, shop('ingressClassName: traefk'), other]).stop).toBe('nobody');
	});

	test('is unknown where IngressClasses cannot be read', () => {
		const resolved = resolve([shop('ingressClassName: web')], {
			IngressClass: {...forbidden, resource: 'ingressclasses'},
		});
		expect(resolved.hop.status).toBe('unknown');
		expect(codes(resolved)).toEqual(['KNET901 info']);
	});

	test('spares a controller that takes the name alone', () => {
		const contour = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: contour, namespace: projectcontour}
spec:
  replicas: 1
  selector: {matchLabels: {app: contour}}
  template:
    metadata: {labels: {app: contour}}
    spec: {hostNetwork: true, containers: [{name: contour, image: ghcr.io/projectcontour/contour:v1.33.0, args: [serve]}]}
status: {readyReplicas: 1}`;
		expect(codes(resolve([contour, shop('ingressClassName: contour')]))).toEqual([]);
	});
});

describe('KNET302', () => {
	const nginx = traefik
		.replace('docker.io/traefik:v3.6', 'registry.k8s.io/ingress-nginx/controller:v1.12.0')
		.replaceAll('traefik.io/ingress-controller', 'k8s.io/ingress-nginx')
		.replace(
			'--entrypoints.web.address=:8000/tcp, --providers.kubernetesingress',
			'/nginx-ingress-controller',
		);

	test('says that a default class comes too late', () => {
		const resolved = resolve([nginx, className('web', 'k8s.io/ingress-nginx', true), shop('rules: []')]);
		expect(codes(resolved)).toEqual(['KNET302 error']);
		expect(resolved.hop.findings[0]?.message).toBe(
			'Ingress site has no class, and ingress-nginx (edge/traefik) takes none without one. The default web is filled in only when an Ingress is created.',
		);
		expect(resolved.hop.findings[0]?.command).toBe(
			`kubectl -n shop patch ingress site --type merge -p '{"spec":{"ingressClassName":"web"}}'`,
		);
	});

	test('is undecided where the Ingress has an address', () => {
		expect(codes(resolve([nginx, shop('rules: []', {address: '{ip: 192.0.2.1}'})]))).toEqual([
			'KNET302 info',
		]);
	});

	test('is not said where a controller takes Ingresses without a class', () => {
		expect(codes(resolve([traefik, shop('rules: []')]))).toEqual([]);
		const watching = nginx.replace('/nginx-ingress-controller', '--watch-ingress-without-class');
		expect(codes(resolve([watching, shop('rules: []')]))).toEqual([]);
	});

	test('is not said of a manifest that will be given the default class', () => {
		const manifest = shop('rules: []').replace(', resourceVersion: "7"', '');
		expect(
			codes(
				resolve([
					nginx.replace(
						'{name: traefik}',
						'{name: traefik, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}',
					),
					manifest,
				]),
			),
		).toEqual([]);
	});
});

describe('KNET303', () => {
	const second = className('second', 'traefik.io/ingress-controller', true);
	const third = className('third', 'example.com/nobody', true);

	test('is a warning where nothing runs the class that was filled in', () => {
		expect(codes(resolve([traefik, second, third, shop('ingressClassName: third')]))).toEqual([
			'KNET304 error',
			'KNET303 warning',
		]);
	});

	test('is information where the class is served, and silent for a class that is no default', () => {
		expect(codes(resolve([traefik, second, third, shop('ingressClassName: second')]))).toEqual([
			'KNET303 info',
		]);
		expect(codes(resolve([traefik, second, third, shop('ingressClassName: traefik')]))).toEqual([]);
		expect(codes(resolve([traefik, second, shop('ingressClassName: second')]))).toEqual([]);
	});
});

describe('KNET304', () => {
	const dead = className('dead', 'example.com/nobody-runs-this');

	test('says that nothing runs the class', () => {
		const resolved = resolve([traefik, dead, shop('ingressClassName: dead')]);
		expect(codes(resolved)).toEqual(['KNET304 error']);
		expect(resolved.stop).toBe('nobody');
		expect(resolved.hop.findings[0]?.message).toBe(
			'Nothing in this cluster runs the controller example.com/nobody-runs-this of class dead: the Ingress is inert.',
		);
	});

	test('is not certain where the Ingress has an address, or something looks like it', () => {
		const addressed = resolve([traefik, dead, shop('ingressClassName: dead', {address: '{ip: 192.0.2.9}'})]);
		expect([addressed.hop.status, addressed.stop]).toEqual(['unknown', undefined]);
		const alike = traefik.replaceAll('traefik', 'skipper').replace('--providers.kubernetesingress', 'run');
		expect(
			resolve([alike, className('skip', 'zalando.org/skipper'), shop('ingressClassName: skip')]).hop.status,
		).toBe('unknown');
	});

	test('is not said where workloads cannot be read', () => {
		const resolved = resolve([dead, shop('ingressClassName: dead')], {Deployment: forbidden});
		expect(codes(resolved)).toEqual(['KNET901 info']);
		expect(resolved.hop.status).toBe('unknown');
	});

	test('is unknown for a controller that a cloud runs, and silent once it gave an address', () => {
		const alb = className('alb', 'ingress.k8s.aws/alb');
		expect(resolve([alb, shop('ingressClassName: alb')]).hop.status).toBe('unknown');
		const served = resolve([
			alb,
			shop('ingressClassName: alb', {address: '{hostname: x.elb.amazonaws.com}'}),
		]);
		expect([served.hop.status, codes(served)]).toEqual(['ok', []]);
	});

	test('is said of a namespace that the controller is told not to watch', () => {
		const narrow = traefik.replace(
			'--providers.kubernetesingress]',
			'--providers.kubernetesingress.namespaces=a]',
		);
		const resolved = resolve([narrow, shop('ingressClassName: traefik')]);
		expect(resolved.hop.findings[0]?.message).toBe(
			'Traefik runs, but --providers.kubernetesingress.namespaces=a keeps it from namespace shop.',
		);
		expect(
			codes(resolve([narrow.replace('namespaces=a', 'namespaces=shop'), shop('ingressClassName: traefik')])),
		).toEqual([]);
	});

	test('does not take a Traefik without its Ingress provider for the controller', () => {
		const gatewayOnly = traefik.replace('--providers.kubernetesingress]', '--providers.kubernetesgateway]');
		expect(codes(resolve([gatewayOnly, shop('ingressClassName: traefik')]))).toEqual(['KNET304 error']);
	});
});
