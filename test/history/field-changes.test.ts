import {expect, test} from 'vitest';
import {fieldChanges} from '../../source/history/field-changes.ts';
import type {Kind} from '../../source/model/kinds.ts';
import {snapshotOf} from '../helpers/snapshot.ts';

/** How the one object of a kind changed, a line a field. */
function told(kind: Kind, before: string, after: string): readonly string[] {
	const [was] = snapshotOf(before).list(kind);
	const [is] = snapshotOf(after).list(kind);
	return fieldChanges(was!, is!).map((field) => `${field.path} ${field.was ?? '∅'} → ${field.is ?? '∅'}`);
}

function deployment(image: string, replicas: number, labels = '{app: api}'): string {
	return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop, uid: a1}
spec: {replicas: ${replicas}, selector: {matchLabels: {app: api}}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: app, image: "${image}", ports: [{name: http, containerPort: 8080}]}]}}}
`;
}

test('a rollout names the image, a scaling the replicas', () => {
	expect(told('Deployment', deployment('shop/api:v41', 3), deployment('shop/api:v42', 5))).toEqual([
		'containers[app].image shop/api:v41 → shop/api:v42',
		'replicas 3 → 5',
	]);
});

test('of labels the pairs that differ are named', () => {
	expect(
		told(
			'Deployment',
			deployment('a', 1, '{app: api, tier: x}'),
			deployment('a', 1, '{app: apii, tier: x, a: b}'),
		),
	).toEqual(['templateLabels app=api → app=apii,a=b']);
});

test('a port is known by its name', () => {
	const service = (target: string, extra = ''): string => `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: ${target}}${extra}]}
`;
	expect(told('Service', service('8080'), service('8081'))).toEqual(['ports[http].targetPort 8080 → 8081']);
	expect(told('Service', service('8080'), service('8080', ', {name: admin, port: 81}'))).toEqual([
		'ports[admin] ∅ → name=admin protocol=TCP port=81 targetPort=81',
	]);
});

test('endpoints are counted, and those that came and went are named', () => {
	const slice = (endpoints: string): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: api-x, namespace: shop}
addressType: IPv4
endpoints: [${endpoints}]
`;
	const [a, b] = ['{addresses: [10.0.0.1]}', '{addresses: [10.0.0.2], conditions: {ready: false}}'];
	expect(told('EndpointSlice', slice(`${a}, ${b}`), slice(b))).toEqual([
		'ready endpoints 1 of 2 → 0 of 1',
		'endpoints 10.0.0.1 → ∅',
	]);
});

test('a port that became another one is one change', () => {
	const slice = (ports: string): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: api-x, namespace: shop}
addressType: IPv4
endpoints: []
ports: [${ports}]
`;
	const [http, web] = ['{name: http, port: 8080}', '{name: web, port: 8080}'];
	expect(told('EndpointSlice', slice(http), slice(web))).toEqual(['ports[http].name http → web']);
	expect(told('EndpointSlice', slice('{port: 8080}'), slice('{port: 8081}'))).toEqual([
		'ports[8080].port 8080 → 8081',
	]);
	const admin = '{name: admin, port: 81}';
	expect(told('EndpointSlice', slice(http), slice(`${web}, ${admin}`))).toEqual([
		'ports[http] name=http protocol=TCP port=8080 → ∅',
		'ports[web] ∅ → name=web protocol=TCP port=8080',
		'ports[admin] ∅ → name=admin protocol=TCP port=81',
	]);
});

test('of a pod the condition and the state of its container are told, not their times', () => {
	const pod = (ready: string, state: string, restarts: number): string => `
apiVersion: v1
kind: Pod
metadata: {name: api-1, namespace: shop}
spec: {containers: [{name: app}]}
status: {phase: Running, conditions: [{type: Ready, status: "${ready}", lastTransitionTime: "2026-01-01T11:0${restarts}:00Z"}], containerStatuses: [{name: app, ready: true, restartCount: ${restarts}, state: ${state}}]}
`;
	expect(
		told('Pod', pod('True', '{running: {}}', 1), pod('False', '{waiting: {reason: CrashLoopBackOff}}', 2)),
	).toEqual([
		'containers[app].state running → waiting CrashLoopBackOff',
		'containers[app].restarts 1 → 2',
		'conditions[Ready] True → False',
		'ready true → false',
		'restarts 1 → 2',
	]);
});

/** A Corefile of these lines. */
const coredns = (...lines: readonly string[]): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
${lines.map((line) => `        ${line}`).join('\n')}
    }
`;

test('of a document the first line that differs is quoted', () => {
	const [before, after] = [coredns('forward . /etc/resolv.conf'), coredns('forward . 192.0.2.1')];
	expect(told('ConfigMap', before, after)).toEqual([
		'data.Corefile line 2 forward . /etc/resolv.conf → forward . 192.0.2.1',
	]);
});

test('a line that is put into a document is not told as a change of the one that stood there', () => {
	const [plain, more] = [coredns('errors', 'ready'), coredns('errors', 'log', 'ready')];
	expect(told('ConfigMap', plain, more)).toEqual(['data.Corefile line 3 ∅ → log']);
	expect(told('ConfigMap', more, plain)).toEqual(['data.Corefile line 3 log → ∅']);
	expect(told('ConfigMap', plain, coredns('# a word', 'errors', 'ready'))).toEqual([]);
});
