import {expect, test} from 'vitest';
import {createScanner, scan} from '../../../source/path/walk/scan.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {noon, snapshotOf} from '../../helpers/snapshot.ts';
import {kubeProxy, nodes} from '../kube-proxy/cluster.ts';

function cluster({type, status, more = ''}: {type: string; status: string; more?: string}): string {
	return `${nodes}${kubeProxy('iptables')}
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, creationTimestamp: "2026-01-01T08:00:00Z"}
spec:
  type: ${type}
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10]
  ipFamilies: [IPv4]
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]
  ${more}
status: {loadBalancer: ${status}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080}]
endpoints: [{addresses: [10.244.1.10], conditions: {ready: true}, nodeName: node-a, targetRef: {kind: Pod, namespace: shop, name: web-a}}]
---
apiVersion: v1
kind: Pod
metadata: {name: web-a, namespace: shop, labels: {app: web}}
spec: {nodeName: node-a, containers: [{name: main, image: "shop/web:1", ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIPs: [{ip: 10.244.1.10}], conditions: [{type: Ready, status: "True"}]}
`;
}

const target = {kind: 'service', text: 'svc/web', name: 'web', namespace: 'shop'} as const;

function told(yaml: string): readonly string[] {
	const {paths} = walk(snapshotOf(yaml, {now: noon}), {target});
	return paths.map(
		({title, brokenAt, verdict}) =>
			`${title}${brokenAt ? ` broken at ${brokenAt}` : verdict === 'ok' ? '' : ` ${verdict}`}`,
	);
}

test('a load balancer that waits for its address is a path of its own', () => {
	expect(told(cluster({type: 'LoadBalancer', status: '{}'}))).toEqual([
		'svc/web:80',
		'svc/web:80 by load balancer broken at load-balancer',
	]);
});

test('sides that are well go without saying', () => {
	expect(told(cluster({type: 'LoadBalancer', status: '{ingress: [{ip: 192.0.2.9}]}'}))).toEqual([
		'svc/web:80',
	]);
	expect(told(cluster({type: 'NodePort', status: '{}', more: 'externalIPs: [192.0.2.7]'}))).toEqual([
		'svc/web:80',
	]);
});

test('external IPs work while the load balancer waits', () => {
	const yaml = cluster({type: 'LoadBalancer', status: '{}', more: 'externalIPs: [192.0.2.7]'});
	expect(told(yaml)).toEqual(['svc/web:80']);
});

test('what breaks every side is told once', () => {
	const yaml = cluster({type: 'LoadBalancer', status: '{ingress: [{ip: 192.0.2.9}]}'}).replace(
		'ready: true',
		'ready: false',
	);
	expect(told(yaml)).toEqual(['svc/web:80 broken at endpoints']);
});

test('in a scan the side that is not well stands for the Service, and a client that was named sees its own side alone', () => {
	const snapshot = snapshotOf(cluster({type: 'LoadBalancer', status: '{}'}), {now: noon});
	const {verdict, paths} = scan(snapshot, undefined);
	expect([verdict, paths.map(({title, verdict: each}) => `${title} ${each}`)]).toEqual([
		'broken',
		['svc/web:80 by load balancer broken'],
	]);
	expect(walk(snapshot, {target, from: {kind: 'node'}}).verdict).toBe('ok');
});

test('a scan from outside leaves out what leads in from inside alone', () => {
	const inside = cluster({type: 'ClusterIP', status: '{}'});
	const {paths} = createScanner(undefined, {from: {kind: 'external'}}).scan(snapshotOf(inside, {now: noon}));
	expect(paths).toEqual([]);
	const balanced = cluster({type: 'LoadBalancer', status: '{ingress: [{ip: 192.0.2.9}]}'});
	expect(
		createScanner(undefined, {from: {kind: 'external'}}).scan(snapshotOf(balanced, {now: noon})).verdict,
	).toBe('ok');
});
