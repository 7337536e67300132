import {describe, expect, test} from 'vitest';
import type {Kind} from '../../../source/model/kinds.ts';
import type {KindState} from '../../../source/model/snapshot.ts';
import {effectiveClass} from '../../../source/path/ingress/effective-class.ts';
import {controllerResolver} from '../../../source/path/resolvers/controller.ts';
import type {Visit} from '../../../source/path/resolver.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const traefik = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: traefik}
spec: {controller: traefik.io/ingress-controller}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: traefik, namespace: edge}
spec:
  replicas: 2
  selector: {matchLabels: {app: traefik}}
  template:
    metadata: {labels: {app: traefik}}
    spec:
      containers:
        - name: traefik
          image: docker.io/traefik:v3.6
          args: [--entrypoints.web.address=:8000/tcp, --providers.kubernetesingress]
          ports: [{name: web, containerPort: 8000}]
status: {readyReplicas: 2}
---
apiVersion: v1
kind: Service
metadata: {name: traefik, namespace: edge}
spec:
  type: LoadBalancer
  clusterIP: 10.0.0.1
  selector: {app: traefik}
  ports: [{name: web, port: 80, targetPort: web, nodePort: 30080}]
status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: traefik-x, namespace: edge, labels: {kubernetes.io/service-name: traefik}}
addressType: IPv4
ports: [{name: web, port: 8000, protocol: TCP}]
endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}}]
`;

const shop = (spec: string, {annotations = '{}', address = ''} = {}): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop, resourceVersion: "7", annotations: ${annotations}}
spec: {${spec}}
status: {loadBalancer: {ingress: [${address}]}}
`;

const className = (name: string, controller: string, preset = false): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: ${name}, annotations: {ingressclass.kubernetes.io/is-default-class: "${preset}"}}
spec: {controller: ${controller}}
`;

function resolve(
	documents: readonly string[],
	states: Partial<Record<Kind, KindState>> = {},
	depth: Visit['depth'] = 'full',
) {
	const snapshot = snapshotOf(documents.join('\n---\n'), {states});
	const [ingress] = snapshot.list('Ingress');
	const visit: Visit = {snapshot, source: {kind: 'external'}, client: {kind: 'external'}, depth};
	return controllerResolver.resolve(visit, {
		ingressClass: ingress && effectiveClass(snapshot, ingress),
		ingresses: ingress ? [ingress] : [],
	});
}

const codes = ({hop}: ReturnType<typeof resolve>) =>
	hop.findings.map(({code, severity}) => `${code} ${severity}`);
const forbidden = {state: 'forbidden', resource: 'deployments', group: 'apps', reason: 'no'} as const;

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
		expect(controller).toMatchObject({implementation: 'corp.example/edge', profile: 'spec'});
		expect(controller?.assumed).toEqual(["the API's plain rules: this controller is not known to knet"]);
	});
});

describe('KNET301', () => {
	test('names the nearest class', () => {
		const resolved = resolve([traefik, shop('ingressClassName: traefk')]);
		expect(codes(resolved)).toEqual(['KNET301 error']);
		expect(resolved.stop).toBe('nobody');
		expect(resolved.hop.findings[0]?.message).toBe(
			'No IngressClass is called traefk, so no controller takes this Ingress. Did you mean traefik?',
		);
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
			'This Ingress has no class, and no controller found here takes it without one. The default class web is filled in only when an Ingress is created.',
		);
		expect(resolved.hop.findings[0]?.command).toBe(
			`kubectl -n shop patch ingress site --type merge -p '{"spec":{"ingressClassName":"web"}}'`,
		);
	});

	test('is a warning where the Ingress has an address', () => {
		expect(codes(resolve([nginx, shop('rules: []', {address: '{ip: 192.0.2.1}'})]))).toEqual([
			'KNET302 warning',
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
