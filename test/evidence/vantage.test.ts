import {describe, expect, test} from 'vitest';
import type {
	ConnectObservation,
	DnsObservation,
	Evidence,
	HttpObservation,
} from '../../source/model/evidence.ts';
import type {Path} from '../../source/path/report.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {noon, snapshotOf} from '../helpers/snapshot.ts';
import {hopText} from './helpers/demo.ts';

/** A Service with two ready pods, behind an Ingress and a load balancer at `address`. */
const cluster = (address: string): string => `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7], ipFamilies: [IPv4, IPv6], selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]}
status: {loadBalancer: {ingress: [{ip: ${address}}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}]
endpoints:
  - {addresses: [10.244.1.3], conditions: {ready: true}, nodeName: node-a, targetRef: {kind: Pod, namespace: shop, name: web-1}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, namespace: shop, labels: {app: web}, resourceVersion: "7"}
spec: {nodeName: node-a, containers: [{name: main, image: web, ports: [{name: http, containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.244.1.3, podIPs: [{ip: 10.244.1.3}], conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: main, ready: true, state: {running: {}}}]}
---
apiVersion: v1
kind: Node
metadata: {name: node-a}
spec: {}
status: {conditions: [{type: Ready, status: "True"}], addresses: [{type: InternalIP, address: 10.0.0.1}]}
`;

function connect(
	vantage: ConnectObservation['vantage'],
	result: ConnectObservation['result'],
	subject: Partial<ConnectObservation['subject']> = {},
): ConnectObservation {
	const pod = {address: '10.244.1.3', port: 8080, protocol: 'TCP', pod: 'web-1', namespace: 'shop'} as const;
	return {
		type: 'connect',
		at: noon - 1000,
		vantage,
		subject:
			subject.address === undefined
				? {...pod, ...subject}
				: {port: 80, protocol: 'TCP', address: '', ...subject},
		result,
		of: {'Pod/shop/web-1': '7'},
	};
}

function podProxy(result: HttpObservation['result']): HttpObservation {
	return {
		type: 'http',
		at: noon - 1000,
		vantage: {type: 'api-server'},
		subject: {
			address: '10.244.1.3',
			port: 8080,
			scheme: 'http',
			host: '',
			urlPath: '/',
			pod: 'web-1',
			namespace: 'shop',
		},
		result,
		of: {'Pod/shop/web-1': '7'},
	};
}

const forward = {type: 'port-forward', namespace: 'shop', pod: 'web-1'} as const;
const refused = {outcome: 'refused', message: 'connect: connection refused'} as const;
const timedOut = {failed: 'timeout', message: 'no answer in time'} as const;
const dialRefused = {
	status: 503,
	message: 'error trying to reach service: dial tcp 10.244.1.3:8080: connect: connection refused',
};

function pathOf(target: string, evidence: readonly Evidence[], address = '192.0.2.9'): Path | undefined {
	const parsed = parseTarget(target);
	const value = 'value' in parsed ? parsed.value : undefined;
	return (
		value &&
		walk(snapshotOf(cluster(address), {evidence}), {
			target: value,
			namespace: 'shop',
			from: {kind: 'external'},
		}).paths[0]
	);
}

const target = 'svc/web:80';

describe('success through the API server', () => {
	test('proves the pod, and leaves the load balancer and kube-proxy on objects', () => {
		const path = pathOf(target, [connect(forward, {outcome: 'connected'}), podProxy({status: 200})]);
		expect(hopText(path, 'pod')).toMatch(/^ok evidence/u);
		expect(hopText(path, 'load-balancer')).toMatch(/^ok objects/u);
		expect(hopText(path, 'kube-proxy')).toMatch(/objects/u);
	});

	test('does not take back what fails on the way that clients use', () => {
		const path = pathOf(
			target,
			[connect({type: 'machine'}, timedOut, {address: '8.8.4.4'}), connect(forward, {outcome: 'connected'})],
			'8.8.4.4',
		);
		expect([path?.verdict, path?.brokenAt, path?.rootCause]).toEqual(['broken', 'load-balancer', 'KNET209']);
	});
});

describe('a failure from this machine', () => {
	test.each(['10.1.2.3', '192.168.1.9', '192.0.2.9', 'fd00::9'])(
		'on %s, which is not public, proves nothing',
		(address) => {
			for (const result of [refused, timedOut, {outcome: 'unreachable', message: 'EHOSTUNREACH'} as const]) {
				const path = pathOf(target, [connect({type: 'machine'}, result, {address})], address);
				expect(hopText(path, 'load-balancer')).toMatch(/^ok objects/u);
			}
		},
	);

	test('on a pod proves nothing, a success proves the pod', () => {
		const failed = pathOf(target, [connect({type: 'machine'}, refused)]);
		expect(hopText(failed, 'pod')).toMatch(/^ok objects/u);
		const reached = pathOf(target, [connect({type: 'machine'}, {outcome: 'connected'})]);
		expect(hopText(reached, 'pod')).toMatch(/^ok evidence/u);
	});
});

describe('a pod', () => {
	test('is not blamed for a pod proxy that times out while a port-forward works', () => {
		const path = pathOf(target, [connect(forward, {outcome: 'connected'}), podProxy(timedOut)]);
		expect(hopText(path, 'pod')).toMatch(/^ok evidence/u);
		const noRoute = podProxy({
			status: 503,
			message: 'error trying to reach service: dial tcp 10.244.1.3:8080: i/o timeout',
		});
		expect(hopText(pathOf(target, [connect(forward, {outcome: 'connected'}), noRoute]), 'pod')).toMatch(
			/^ok/u,
		);
		expect(hopText(pathOf(target, [noRoute]), 'pod')).toMatch(/^ok objects/u);
	});

	test('that accepts inside and is refused over the network listens on localhost alone', () => {
		const path = pathOf(target, [connect(forward, {outcome: 'connected'}), podProxy(dialRefused)]);
		expect([path?.verdict, path?.rootCause]).toEqual(['broken', 'KNET708']);
	});

	test('that refuses inside is KNET707, unless it has changed since', () => {
		const evidence = [connect(forward, refused), podProxy(dialRefused)];
		expect(pathOf(target, evidence)?.rootCause).toBe('KNET707');
		const old = evidence.map((item) => ({...item, of: {'Pod/shop/web-1': '6'}}));
		expect(hopText(pathOf(target, old), 'pod')).toMatch(/^ok objects/u);
	});

	test('is not judged by what could not be asked', () => {
		const forbidden = {failed: 'forbidden', permission: 'create pods/portforward', message: 'no'} as const;
		expect(hopText(pathOf(target, [connect(forward, forbidden)]), 'pod')).toMatch(/^ok objects/u);
	});
});

describe('a host that this machine does not resolve', () => {
	const nxdomain: DnsObservation = {
		type: 'dns',
		at: noon - 1000,
		vantage: {type: 'machine'},
		subject: {name: 'app.example.com', recordType: 'A', resolver: 'machine'},
		result: {rcode: 'NXDOMAIN', answers: []},
		of: {},
	};
	const entry = (address: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop}
spec: {rules: [{host: app.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
status: {loadBalancer: {ingress: [{ip: ${address}}]}}
---${cluster(address)}`;

	function dnsOf(address: string, evidence: readonly Evidence[]): string {
		const parsed = parseTarget('http://app.example.com/');
		const value = 'value' in parsed ? parsed.value : undefined;
		const path = value && walk(snapshotOf(entry(address), {evidence}), {target: value}).paths[0];
		return hopText(path, 'dns');
	}

	test('has no record, where the machine reaches the entry or the entry is public', () => {
		expect(dnsOf('192.0.2.9', [nxdomain])).toBe('broken evidence KNET101');
		const reached = connect({type: 'machine'}, {outcome: 'connected'}, {address: '192.0.2.9'});
		expect(dnsOf('192.0.2.9', [nxdomain, reached])).toBe('broken evidence KNET101');
		const failed = connect({type: 'machine'}, timedOut, {address: '8.8.4.4'});
		expect(dnsOf('8.8.4.4', [nxdomain, failed])).toBe('broken evidence KNET101');
	});

	test('may have one for clients, where the machine is not in the network of the entry', () => {
		const failed = connect({type: 'machine'}, refused, {address: '192.0.2.9'});
		expect(dnsOf('192.0.2.9', [nxdomain, failed])).toBe('unknown evidence KNET101');
	});
});
