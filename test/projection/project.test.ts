import {expect, test} from 'vitest';
import {kindOf} from '../../source/projection/kind-of.ts';
import {project} from '../../source/projection/project.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import type {Kind} from '../../source/model/kinds.ts';
import {resourceOf} from '../../source/cluster/kinds.ts';
import type {Wire} from '../../source/projection/wire.ts';

function wire(yaml: string): Wire {
	return parseObjects(yaml, 'test.yaml')[0] ?? {};
}

const everyKind: readonly Kind[] = [
	'Namespace',
	'Node',
	'Service',
	'EndpointSlice',
	'Pod',
	'Ingress',
	'IngressClass',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'Event',
	'Secret',
	'ConfigMap',
	'NetworkPolicy',
	'GatewayClass',
	'Gateway',
	'HTTPRoute',
	'GRPCRoute',
	'TLSRoute',
	'TCPRoute',
	'UDPRoute',
	'ReferenceGrant',
	'BackendTLSPolicy',
	'CiliumNetworkPolicy',
	'AdminNetworkPolicy',
];

const garbage: readonly unknown[] = [null, 7, 'text', [], [null, 3, 'x', {}], {a: null}, true];

test.each(everyKind)('projects %s from anything without failing', (kind) => {
	for (const value of garbage) {
		expect(() =>
			project(kind, {
				metadata: value,
				spec: value,
				status: value,
				data: value,
				ports: value,
				endpoints: value,
			}),
		).not.toThrow();
		const nested = {
			spec: {
				ports: value,
				rules: value,
				template: value,
				listeners: value,
				containers: value,
				parentRefs: value,
			},
		};
		expect(() => project(kind, nested)).not.toThrow();
	}
});

test.each(everyKind)('knows %s by its group and kind', (kind) => {
	const {apis} = resourceOf(kind);
	expect(kindOf(apis[0] ?? '', kind)).toBe(kind);
});

test('applies the defaults of the Service API', () => {
	const service = project(
		'Service',
		wire(`
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
`),
	);
	expect(service).toMatchObject({
		type: 'ClusterIP',
		internalTrafficPolicy: 'Cluster',
		externalTrafficPolicy: 'Cluster',
		sessionAffinity: 'None',
		allocateLoadBalancerNodePorts: true,
		ports: [{name: '', protocol: 'TCP', port: 80, targetPort: 80}],
	});
});

test('treats an empty selector as none', () => {
	expect(
		project('Service', wire('{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {}}}'))
			.selector,
	).toBeUndefined();
});

test('treats absent ready and serving conditions as true', () => {
	const slice = project(
		'EndpointSlice',
		wire(`
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints:
  - {addresses: [10.0.0.1]}
  - {addresses: [10.0.0.2], conditions: {ready: false}}
  - {addresses: [10.0.0.3], conditions: {ready: false, serving: true, terminating: true}}
`),
	);
	expect(slice.service).toBe('web');
	expect(slice.endpoints.map(({ready, serving, terminating}) => [ready, serving, terminating])).toEqual([
		[true, true, false],
		[false, true, false],
		[false, true, true],
	]);
});

test('keeps nothing of a Secret but its name and type', () => {
	const secret = project(
		'Secret',
		wire(`
apiVersion: v1
kind: Secret
metadata: {name: tls, namespace: shop, annotations: {note: canary-1}}
type: kubernetes.io/tls
data: {tls.key: canary-2}
stringData: {tls.crt: canary-3}
`),
	);
	expect(JSON.stringify(secret)).not.toContain('canary');
	expect(secret).toMatchObject({name: 'tls', namespace: 'shop', type: 'kubernetes.io/tls'});
});

test('keeps of a container environment only values that hold an address', () => {
	const pod = project(
		'Pod',
		wire(`
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec:
  containers:
    - name: main
      env:
        - {name: PASSWORD, value: canary-secret}
        - {name: DATABASE, value: "postgres://user:canary@10.96.3.4:5432/x"}
        - {name: TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}
`),
	);
	expect(pod.containers[0]?.envAddresses).toEqual([{name: 'DATABASE', value: '10.96.3.4'}]);
	expect(JSON.stringify(pod)).not.toContain('canary');
});

test('keeps of annotations only what walks read', () => {
	const service = project(
		'Service',
		wire(`
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: {kubectl.kubernetes.io/last-applied-configuration: canary, team: canary, service.kubernetes.io/topology-mode: Auto}
`),
	);
	expect(service.annotations).toEqual({'service.kubernetes.io/topology-mode': 'Auto'});
});

test('keeps of ConfigMaps only what knet reads', () => {
	const map = project(
		'ConfigMap',
		wire(`
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, namespace: kube-system}
data: {config.conf: "mode: nftables", kubeconfig.conf: canary}
`),
	);
	expect(map.data).toEqual({'config.conf': 'mode: nftables'});
});

test('makes text of every field safe', () => {
	const event = project(
		'Event',
		wire(`
apiVersion: v1
kind: Event
metadata: {name: e, namespace: shop}
involvedObject: {kind: Pod, namespace: shop, name: a}
type: Warning
reason: Unhealthy
message: "probe failed \\e[2J"
lastTimestamp: "2026-01-01T11:59:00Z"
`),
	);
	expect(event.message).toBe('probe failed ^[[2J');
	expect(event.at).toBe(Date.UTC(2026, 0, 1, 11, 59));
});

test.each([
	[
		'Ingress',
		'networking.k8s.io/v1',
		'rules: [{http: {paths: [{path: WANTED, backend: {service: {name: a}}}]}}]',
	],
	['HTTPRoute', 'gateway.networking.k8s.io/v1', 'rules: [{matches: [{path: {value: WANTED}}]}]'],
	[
		'HTTPRoute',
		'gateway.networking.k8s.io/v1',
		'rules: [{matches: [{headers: [{name: a, value: WANTED}]}]}]',
	],
	['HTTPProxy', 'projectcontour.io/v1', 'routes: [{conditions: [{prefix: WANTED}]}]'],
	['HTTPProxy', 'projectcontour.io/v1', 'routes: [{conditions: [{header: {name: a, exact: WANTED}}]}]'],
	['OpenShiftRoute', 'route.openshift.io/v1', 'path: WANTED'],
	['IngressRoute', 'traefik.io/v1alpha1', 'routes: [{match: WANTED}]'],
	['VirtualService', 'networking.istio.io/v1', 'http: [{match: [{uri: {prefix: WANTED}}]}]'],
] as const)(
	'what a request is compared with stays as it is written: %s of %s, %s',
	(kind, apiVersion, spec) => {
		const written = '/a\u200Db';
		const object = project(
			kind,
			wire(`
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: a, namespace: shop}
spec: {${spec.replace('WANTED', '"/a\\u200Db"')}}
`),
		);
		expect(JSON.stringify(object)).toContain(written);
	},
);
