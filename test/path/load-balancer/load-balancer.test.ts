import {describe, expect, test} from 'vitest';
import type {
	ConnectObservation,
	ConnectOutcome,
	Evidence,
	Failure,
	TlsObservation,
	Vantage,
} from '../../../source/model/evidence.ts';
import type {LoadBalancerInput} from '../../../source/path/load-balancer/context.ts';
import type {HopEvaluation} from '../../../source/path/hop-evaluator.ts';
import {endpointsEvaluator} from '../../../source/path/endpoints/evaluate.ts';
import {loadBalancerEvaluator} from '../../../source/path/load-balancer/evaluate.ts';
import {noon, snapshotOf} from '../../helpers/snapshot.ts';
import {codes, nodes, service, slice, hopContextOf} from '../kube-proxy/cluster.ts';
import type {HttpRequest} from '../../../source/model/request.ts';

type Requested = {
	readonly ip?: string;
	/** Of a URL that is asked for. */
	readonly host?: string;
	readonly now?: number;
	readonly evidence?: readonly Evidence[];
	readonly clientPort?: number;
	readonly addresses?: LoadBalancerInput['addresses'];
	readonly proxyFollows?: boolean;
};

/** The load balancer hop in front of Service shop/web. */
function resolve(yaml: string, requested: Requested = {}): HopEvaluation<'load-balancer'> {
	const snapshot = snapshotOf(yaml, {now: requested.now, evidence: [...(requested.evidence ?? [])]});
	const from = hopContextOf(snapshot, {from: {kind: 'external', ip: requested.ip}});
	const hopContext = requested.host === undefined ? from : {...from, request: requestTo(requested.host)};
	const found = snapshot.get('Service', 'shop', 'web')!;
	const [port] = found.ports;
	return loadBalancerEvaluator.evaluate(hopContext, {
		service: found,
		port,
		endpoints: port && endpointsEvaluator.evaluate(hopContext, {service: found, port}).endpoints,
		clientPort: requested.clientPort ?? 80,
		addresses: requested.addresses,
		stated: [{object: 'Ingress/shop/site', path: 'status.loadBalancer.ingress', value: 'empty'}],
		proxyFollows: requested.proxyFollows,
	});
}

function requestTo(host: string): HttpRequest {
	return {scheme: 'https', host, port: 443, urlPath: '/', method: 'GET', headers: [], query: []};
}

function connect(
	result: ConnectOutcome | Failure,
	{
		address = '192.0.2.9',
		port = 80,
		vantage = {type: 'machine'},
	}: {address?: string; port?: number; vantage?: Vantage} = {},
): ConnectObservation {
	return {
		type: 'connect',
		at: noon - 1000,
		vantage,
		subject: {address, port, protocol: 'TCP'},
		result,
		of: {},
	};
}

const timedOut: Failure = {failed: 'timeout', message: 'timed out after 5 s'};
const balanced = service('type: LoadBalancer');
const local = 'type: LoadBalancer, externalTrafficPolicy: Local';

function pending(spec = 'type: LoadBalancer'): string {
	return service(spec).replace('[{ip: 192.0.2.9}]', '[]');
}

test('a load balancer with an address lets through', () => {
	const {hop, stop} = resolve(nodes + balanced + slice(['node-a']));
	expect([hop.status, hop.basis, hop.summary, hop.findings, stop]).toEqual([
		'ok',
		'objects',
		'192.0.2.9:80',
		[],
		undefined,
	]);
	expect(hop.details).toEqual({
		addresses: ['192.0.2.9'],
		service: {kind: 'Service', namespace: 'shop', name: 'web'},
		port: 80,
		nodePort: 30080,
		externalTrafficPolicy: 'Cluster',
	});
});

test('node ports are reached on every Ready node', () => {
	const {hop} = resolve(nodes + service('type: NodePort') + slice(['node-a']));
	expect([hop.status, hop.summary, hop.details?.addresses]).toEqual([
		'ok',
		'node port 30080 on 3 nodes',
		['10.89.0.11', '10.89.0.12', '10.89.0.13'],
	]);
});

const event = `
apiVersion: v1
kind: Event
metadata: {name: web.1, namespace: shop}
involvedObject: {kind: Service, namespace: shop, name: web}
type: Warning
reason: SyncLoadBalancerFailed
message: "Error syncing load balancer: quota exceeded"
lastTimestamp: "2026-01-01T11:59:00Z"
---
`;

test('201: a remark for five minutes, then an error, with what the Events say', () => {
	const start = Date.UTC(2026, 0, 1, 10);
	const early = resolve(nodes + pending() + slice(['node-a']), {now: start + 60_000});
	expect([early.hop.status, codes(early.hop), early.stop]).toEqual(['degraded', ['KNET201 info'], undefined]);
	const late = resolve(nodes + pending() + event + slice(['node-a']), {now: start + 5 * 60_000});
	expect([late.hop.status, codes(late.hop), late.stop]).toEqual(['broken', ['KNET201 error'], 'nobody']);
	expect(late.hop.findings[0]?.message).toBe(
		'Service web has no address after 5m. SyncLoadBalancerFailed: "Error syncing load balancer: quota exceeded".',
	);
	expect(late.hop.summary).toBe('no address yet');
});

test('201 near misses: a manifest has no status, and a hostname is an address', () => {
	const manifest = resolve(pending().replace(', creationTimestamp: "2026-01-01T10:00:00Z"', ''));
	expect([manifest.hop.status, codes(manifest.hop)]).toEqual(['unknown', ['KNET201 info']]);
	const named = resolve(
		nodes + balanced.replace('ip: 192.0.2.9', 'hostname: lb.example.com') + slice(['node-a']),
	);
	expect([named.hop.status, named.hop.summary]).toEqual(['ok', 'lb.example.com:80']);
});

test('202: the load balancer says that the port does not work', () => {
	const status = (port: number): string =>
		balanced.replace(
			'{ip: 192.0.2.9}',
			`{ip: 192.0.2.9, ports: [{port: ${port}, protocol: TCP, error: QuotaExceeded}]}`,
		);
	const {hop, stop} = resolve(nodes + status(80) + slice(['node-a']));
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET202 error'], 'nobody']);
	expect(codes(resolve(nodes + status(443) + slice(['node-a'])).hop)).toEqual([]);
});

test('203: the client is in no source range', () => {
	const ranged =
		nodes + service('type: LoadBalancer, loadBalancerSourceRanges: [" 203.0.113.0/24"]') + slice(['node-a']);
	const {hop, stop} = resolve(ranged, {ip: '198.51.100.7'});
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET203 error'], 'dropped']);
	expect(hop.findings[0]?.message).toBe(
		'The load balancer of web lets in 203.0.113.0/24 only: a client at 198.51.100.7 is dropped.',
	);
});

test('203: a Service without endpoints is refused before anybody looks at the client', () => {
	const ranged = nodes + service('type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]');
	const {hop, stop} = resolve(ranged + slice([]), {ip: '198.51.100.7'});
	expect([codes(hop), stop]).toEqual([['KNET203 warning'], undefined]);
});

test('203 near misses: in a range, of the other family, or nobody said who asks', () => {
	const ranged =
		nodes + service('type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]') + slice(['node-a']);
	for (const ip of ['203.0.113.9', '2001:db8::1', undefined]) {
		expect(codes(resolve(ranged, {ip}).hop)).toEqual([]);
	}

	expect(resolve(ranged).hop.summary).toBe('192.0.2.9:80, only for 203.0.113.0/24');
});

test('204: some nodes have no endpoint, and clients pick the node', () => {
	const yaml =
		nodes + service('type: NodePort, externalTrafficPolicy: Local') + slice(['node-a', 'node-c unready']);
	const {hop} = resolve(yaml);
	expect([hop.status, codes(hop)]).toEqual(['degraded', ['KNET204 warning']]);
	expect(hop.findings[0]?.message).toBe(
		'externalTrafficPolicy is Local and node-b, node-c have no endpoint of web: clients that come to node port 30080 there are dropped.',
	);
	expect(hop.details).toMatchObject({healthyNodes: ['node-a'], unhealthyNodes: ['node-b', 'node-c']});
});

test('204 and 205 are left to kube-proxy (606) where no load balancer chooses the node and its hop follows', () => {
	const spec = 'type: NodePort, externalTrafficPolicy: Local';
	for (const places of [['node-a', 'node-c unready'], ['node-a unready'], ['-']]) {
		const {hop} = resolve(nodes + service(spec) + slice(places), {proxyFollows: true});
		expect([hop.status, codes(hop)]).toEqual(['ok', []]);
	}

	const checked = resolve(nodes + service(local) + slice(['-']), {proxyFollows: true});
	expect(codes(checked.hop)).toEqual(['KNET205 error']);
});

test('205: node ports have no health check to fail', () => {
	const {hop} = resolve(nodes + service('type: NodePort, externalTrafficPolicy: Local') + slice(['-']));
	expect(hop.findings[0]?.message).toBe(
		'externalTrafficPolicy is Local and no node has a Ready endpoint of web (1 ready endpoint names no node): no node port leads to one.',
	);
});

test('204 near misses: the health check leaves those nodes out, or there are none', () => {
	const checked = resolve(nodes + service(`${local}, healthCheckNodePort: 32000`) + slice(['node-a']));
	expect([checked.hop.status, codes(checked.hop)]).toEqual(['ok', ['KNET204 info']]);
	expect(checked.hop.summary).toBe('192.0.2.9:80, to 1 of 3 nodes');
	const everywhere = resolve(nodes + service(local) + slice(['node-a', 'node-b', 'node-c']));
	expect([everywhere.hop.status, codes(everywhere.hop)]).toEqual(['ok', []]);
});

test('205: no node has a Ready endpoint: refused without any, dropped with some that no node owns', () => {
	const none = resolve(nodes + service(local) + slice(['node-a unready']));
	expect([none.hop.status, codes(none.hop), none.stop]).toEqual(['broken', ['KNET205 error'], 'refused']);
	const nameless = resolve(nodes + service(local) + slice(['-', '-']));
	expect([nameless.hop.status, codes(nameless.hop), nameless.stop]).toEqual([
		'broken',
		['KNET205 error'],
		'dropped',
	]);
	expect(nameless.hop.findings[0]?.message).toContain('2 ready endpoints name no node');
});

test('205 near misses: terminating endpoints still serve, and policy Cluster needs none', () => {
	const leaving = resolve(nodes + service(local) + slice(['node-a terminating']));
	expect([leaving.hop.status, codes(leaving.hop)]).toEqual(['degraded', ['KNET205 warning']]);
	expect(codes(resolve(nodes + balanced + slice(['node-a unready'])).hop)).toEqual([]);
});

test('206: the Service is being deleted', () => {
	const leaving =
		', deletionTimestamp: "2026-01-01T11:59:00Z", finalizers: [service.kubernetes.io/load-balancer-cleanup]';
	expect(codes(resolve(nodes + service('type: LoadBalancer', leaving) + slice(['node-a'])).hop)).toEqual([
		'KNET206 warning',
	]);
	expect(codes(resolve(nodes + service('type: NodePort', leaving) + slice(['node-a'])).hop)).toEqual([]);
});

test('207: no node ports, and a load balancer that needs them', () => {
	const without = service('type: LoadBalancer, allocateLoadBalancerNodePorts: false').replace(
		'nodePort: 30080',
		'nodePort: 0',
	);
	const aws = without.replace('ip: 192.0.2.9', 'hostname: a1.elb.eu-west-1.amazonaws.com');
	expect(codes(resolve(nodes + aws + slice(['node-a'])).hop)).toEqual(['KNET207 warning']);
	expect(codes(resolve(nodes + without + slice(['node-a'])).hop)).toEqual(['KNET207 info']);
	expect(codes(resolve(nodes + balanced + slice(['node-a'])).hop)).toEqual([]);
});

test('208: the status of the entry is empty, which is no fault', () => {
	const {hop} = resolve(nodes + balanced + slice(['node-a']), {addresses: []});
	expect([hop.status, codes(hop)]).toEqual(['ok', ['KNET208 info']]);
	expect(codes(resolve(nodes + balanced + slice(['node-a']), {addresses: [{ip: '192.0.2.9'}]}).hop)).toEqual(
		[],
	);
});

test('without a Service the status is all there is', () => {
	const hopContext = hopContextOf(snapshotOf(nodes), {from: {kind: 'external'}});
	const known = loadBalancerEvaluator.evaluate(hopContext, {
		addresses: [{hostname: 'lb.example.com'}],
		clientPort: 443,
	});
	expect([known.hop.status, known.hop.summary]).toEqual(['ok', 'lb.example.com (by status)']);
	const unknown = loadBalancerEvaluator.evaluate(hopContext, {
		addresses: [],
		stated: [{object: 'Ingress/shop/site', path: 'status.loadBalancer.ingress', value: 'empty'}],
		clientPort: 443,
	});
	const unread = loadBalancerEvaluator.evaluate(hopContext, {addresses: [], stated: [], clientPort: 443});
	expect(codes(unread.hop)).toEqual([]);
	expect([unknown.hop.status, codes(unknown.hop)]).toEqual(['skipped', ['KNET208 info']]);
});

test('209: a public address does not answer this machine', () => {
	const yaml = nodes + balanced.replace('192.0.2.9', '8.8.4.4') + slice(['node-a']);
	const silent = resolve(yaml, {evidence: [connect(timedOut, {address: '8.8.4.4'})]});
	expect([silent.hop.status, silent.hop.basis, codes(silent.hop), silent.stop]).toEqual([
		'broken',
		'evidence',
		['KNET209 error'],
		'dropped',
	]);
	expect(silent.hop.findings[0]?.message).toBe('8.8.4.4:80 does not answer from this machine: timed out.');
	const closed = resolve(yaml, {
		evidence: [connect({outcome: 'refused', message: 'ECONNREFUSED'}, {address: '8.8.4.4'})],
	});
	expect(closed.stop).toBe('refused');
	expect(closed.hop.details?.observed).toEqual([
		{what: 'connect 8.8.4.4:80', vantage: 'this machine', result: 'connection refused', at: noon - 1000},
	]);
});

test('209 near misses: a private address, another port, the API server, a probe that could not be made, an answer', () => {
	const inside = nodes + balanced.replace('192.0.2.9', '10.1.2.3') + slice(['node-a']);
	const privately = resolve(inside, {evidence: [connect(timedOut, {address: '10.1.2.3'})]});
	expect([privately.hop.status, privately.hop.basis, codes(privately.hop)]).toEqual(['ok', 'objects', []]);
	const fromNode = connect(timedOut, {address: '10.1.2.3', vantage: {type: 'node', node: 'node-a'}});
	expect(codes(resolve(inside, {evidence: [fromNode]}).hop)).toEqual(['KNET209 error']);

	const yaml = nodes + balanced.replace('192.0.2.9', '8.8.4.4') + slice(['node-a']);
	const silent: readonly ConnectObservation[] = [
		connect(timedOut, {address: '8.8.4.4', port: 443}),
		connect(timedOut, {address: '8.8.4.4', vantage: {type: 'api-server'}}),
		connect({failed: 'unavailable', message: 'no network'}, {address: '8.8.4.4'}),
	];
	for (const observation of silent) {
		expect(codes(resolve(yaml, {evidence: [observation]}).hop)).toEqual([]);
	}

	const answered = resolve(yaml, {
		evidence: [
			connect({outcome: 'connected'}, {address: '8.8.4.4'}),
			connect(timedOut, {address: '8.8.4.4'}),
		],
	});
	expect([answered.hop.status, answered.hop.basis, codes(answered.hop)]).toEqual(['ok', 'evidence', []]);
});

const another = (name: string, port = 80): string => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {type: LoadBalancer, clusterIP: 10.96.1.1, selector: {app: ${name}}, ports: [{port: ${port}}]}
---
`;

test('210: several plain Services with a load balancer each', () => {
	const yaml = nodes + balanced + slice(['node-a']);
	const {hop} = resolve(yaml + another('api'));
	expect([hop.status, codes(hop)]).toEqual(['ok', ['KNET210 info']]);
	expect(codes(resolve(yaml).hop)).toEqual([]);
	expect(codes(resolve(yaml + another('traefik') + another('db', 5432)).hop)).toEqual([]);
});

test('518: the load balancer was never told of the port that the client uses', () => {
	const {hop, stop} = resolve(nodes + balanced + slice(['node-a']), {clientPort: 443});
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET518 error'], 'dropped']);
	expect(
		codes(resolve(nodes + service('type: NodePort') + slice(['node-a']), {clientPort: 443}).hop),
	).toEqual([]);
});

describe('209 for TLS', () => {
	const yaml = nodes + balanced.replace('192.0.2.9', '10.1.2.3') + slice(['node-a']);
	const connected = connect({outcome: 'connected'}, {address: '10.1.2.3', port: 80});
	const tls = (result: TlsObservation['result'], serverName = 'app.example.com'): TlsObservation => ({
		type: 'tls',
		at: noon - 1000,
		vantage: {type: 'machine'},
		subject: {address: '10.1.2.3', port: 80, serverName},
		result,
		of: {},
	});
	const ask = (handshake: TlsObservation): HopEvaluation<'load-balancer'> =>
		resolve(yaml, {clientPort: 80, host: 'app.example.com', evidence: [handshake, connected]});

	test('a handshake that fails on a connection that stands counts also for a private address', () => {
		const {hop, stop} = ask(tls({noHandshake: 'unrecognized name'}, 'App.example.com'));
		expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET209 error'], 'tls-error']);
		expect(hop.findings[0]?.message).toBe(
			'10.1.2.3:80 takes connections from this machine, and the TLS handshake fails: unrecognized name.',
		);
	});

	test('one that times out is a timeout for the client', () => {
		const {hop, stop} = ask(tls({failed: 'timeout', message: 'no answer in time'}));
		expect([codes(hop), stop]).toEqual([['KNET209 error'], 'dropped']);
	});

	test('one for another host says nothing of this one', () => {
		const {hop} = ask(tls({noHandshake: 'unrecognized name'}, 'other.example.com'));
		expect([hop.status, codes(hop)]).toEqual(['ok', []]);
	});
});
