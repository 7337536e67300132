import {describe, expect, test} from 'vitest';
import type {Evidence} from '../../../source/model/evidence.ts';
import {lookup, type Snapshot} from '../../../source/model/snapshot.ts';
import type {HopContext} from '../../../source/path/hop-evaluator.ts';
import {dnsEvaluator, type DnsInput} from '../../../source/path/dns/evaluate.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {clientPod, dnsPod, dnsSlice, healthyDns, observed, web} from '../../rules/cluster-dns/cluster.ts';
import type {Source} from '../../../source/model/request.ts';

const client: Source = {kind: 'pod', namespace: 'shop', name: 'client'};
const cluster = `${healthyDns}\n---${web}\n---\n${clientPod()}`;

function hopContextOf(snapshot: Snapshot, source: Source): HopContext {
	return {snapshot, source, client: source, detail: 'full'};
}

function fromPod(yaml: string, input: DnsInput, evidence: readonly Evidence[] = []) {
	return dnsEvaluator.evaluate(hopContextOf(snapshotOf(yaml, {evidence}), client), input);
}

function service(yaml: string, name: string, evidence: readonly Evidence[] = []) {
	const snapshot = snapshotOf(yaml, {evidence});
	const found = lookup(snapshot, 'Service', 'shop', name);
	if (!('found' in found)) {
		throw new Error(`no Service ${name}`);
	}

	return dnsEvaluator.evaluate(hopContextOf(snapshot, client), {type: 'service', service: found.found});
}

const entry = [{ip: '192.0.2.1'}];

function codes({
	hop,
}: {
	readonly hop: {readonly findings: readonly {readonly code: string}[]};
}): readonly string[] {
	return hop.findings.map(({code}) => code);
}

describe('a Service from a pod', () => {
	test('resolves by the search list', () => {
		const {hop, stop} = service(cluster, 'web');
		expect(hop).toMatchObject({
			status: 'ok',
			basis: 'objects',
			subject: {kind: 'Service', namespace: 'kube-system', name: 'kube-dns'},
			summary: 'web.shop.svc.cluster.local → 10.96.4.2',
			findings: [],
		});
		expect(hop.details?.search).toEqual(['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local']);
		expect(stop).toBe(undefined);
	});

	test.each<Source>([{kind: 'node'}, {kind: 'external'}])('is asked for by address from %j', (source) => {
		const snapshot = snapshotOf(cluster);
		const [found] = snapshot.list('Service', 'shop');
		const {hop} = dnsEvaluator.evaluate(hopContextOf(snapshot, source), {type: 'service', service: found!});
		expect(hop.status).toBe('skipped');
	});

	test('KNET121 without a Service of the cluster DNS', () => {
		const {hop} = service(`${web}\n---\n${clientPod()}`, 'web');
		expect(hop.status).toBe('unknown');
		expect(codes({hop})).toEqual(['KNET121']);
	});

	test('no KNET121 where kube-system may not be read', () => {
		const state = {state: 'forbidden', resource: 'services', group: '', reason: 'forbidden'} as const;
		const known = snapshotOf(`${web}\n---\n${clientPod()}`);
		const snapshot: Snapshot = {
			...known,
			state: (kind, namespace) =>
				kind === 'Service' && namespace === 'kube-system' ? state : known.state(kind, namespace),
		};
		const [found] = snapshot.list('Service', 'shop');
		const {hop} = dnsEvaluator.evaluate(hopContextOf(snapshot, client), {type: 'service', service: found!});
		expect(hop.status).toBe('unknown');
		expect(codes({hop})).toEqual(['KNET901']);
	});

	test('KNET122 when no DNS pod is ready', () => {
		const resolved = service(cluster.replace(dnsSlice([true, true]), dnsSlice([false, false])), 'web');
		expect(codes(resolved)).toEqual(['KNET122']);
		expect(resolved.hop).toMatchObject({status: 'broken', summary: 'the cluster DNS cannot answer'});
		expect(resolved.stop).toBe('dns-failure');
		const queries = resolved.hop.details?.queries ?? [];
		expect(queries.length).toBeGreaterThan(0);
		expect(queries.every(({expected}) => expected?.rcode === 'UNAVAILABLE')).toBe(true);
	});

	test('KNET122 when it is scaled to zero', () => {
		const resolved = service(cluster.replace(dnsSlice([true, true]), dnsSlice([])), 'web');
		expect(codes(resolved)).toEqual(['KNET122']);
	});

	test('KNET123 when one of two is not ready', () => {
		const resolved = service(cluster.replace(dnsSlice([true, true]), dnsSlice([true, false])), 'web');
		expect(resolved.hop.findings.map(({code, message}) => [code, message])).toEqual([
			['KNET123', '1 of 2 DNS pods not ready: coredns-2.'],
		]);
		expect(resolved.hop.status).toBe('degraded');
		expect(resolved.stop).toBe(undefined);
	});

	const restarted = (count: number, at: string, from = at): string =>
		cluster.replace(
			dnsPod('coredns-1', '10.244.1.2'),
			dnsPod(
				'coredns-1',
				'10.244.1.2',
				`, containerStatuses: [{name: coredns, ready: true, restartCount: ${count}, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled, startedAt: "${from}", finishedAt: "${at}"}}}]`,
			),
		);

	test('KNET123 when a DNS pod keeps restarting', () => {
		const resolved = service(restarted(4, '2026-01-01T11:58:00Z'), 'web');
		expect(resolved.hop.findings.map(({message}) => message)).toEqual([
			'DNS pod coredns-1 keeps restarting: 4 times, last 2m ago.',
		]);
	});

	test.each([
		['restarts of last week', 4, '2025-12-25T00:00:00Z'],
		['a single restart', 1, '2026-01-01T11:58:00Z'],
		['the fourth reboot of its node', 4, '2026-01-01T11:58:00Z', '2025-10-01T00:00:00Z'],
	])('no KNET123 for %s', (_, count, at, from = at) => {
		expect(codes(service(restarted(count, at, from), 'web'))).toEqual([]);
	});

	test('KNET124 without 53/UDP breaks every look-up', () => {
		const yaml = cluster.replace('    - {name: dns, port: 53, protocol: UDP}\n', '');
		const resolved = service(yaml, 'web');
		expect(resolved.hop.findings.map(({code, severity}) => [code, severity])).toEqual([['KNET124', 'error']]);
		expect(resolved.stop).toBe('dns-failure');
	});

	test('KNET124 without 53/TCP is a warning', () => {
		const yaml = cluster.replace('    - {name: dns-tcp, port: 53, protocol: TCP}\n', '');
		const resolved = service(yaml, 'web');
		expect(resolved.hop.findings.map(({code, severity}) => [code, severity])).toEqual([
			['KNET124', 'warning'],
		]);
		expect(resolved.hop.status).toBe('degraded');
	});

	const fqdn = 'web.shop.svc.cluster.local';
	const pod = (number: number): string => `kube-system/coredns-${number}`;

	test('is evidence when the DNS pods agree', () => {
		const {hop} = service(cluster, 'web', [
			observed(fqdn, {resolver: pod(1), data: ['10.96.4.2']}),
			observed(`${fqdn}.`, {resolver: pod(2), data: ['10.96.4.2']}),
		]);
		expect(hop).toMatchObject({status: 'ok', basis: 'evidence', findings: []});
	});

	test('KNET125 when one DNS pod answers differently', () => {
		const resolved = service(cluster, 'web', [
			observed(fqdn, {resolver: pod(1), data: ['10.96.4.2']}),
			observed(fqdn, {resolver: pod(2), rcode: 'NXDOMAIN'}),
		]);
		expect(resolved.hop.status).toBe('degraded');
		expect(resolved.hop.findings.map(({code, message}) => [code, message])).toEqual([
			[
				'KNET125',
				'kube-system/coredns-2 answers NXDOMAIN for web.shop.svc.cluster.local A; the objects imply 10.96.4.2.',
			],
		]);
	});

	test('no KNET125 when an answer is older than the Service', () => {
		const {hop} = service(cluster, 'web', [
			observed(fqdn, {resolver: pod(1), data: ['10.96.9.9'], of: {'Service/shop/web': 'another'}}),
		]);
		expect(hop).toMatchObject({status: 'ok', basis: 'objects', findings: []});
	});

	test('KNET126 when a DNS pod does not answer', () => {
		const resolved = service(cluster, 'web', [
			observed(fqdn, {resolver: pod(1), data: ['10.96.4.2']}),
			observed(fqdn, {resolver: pod(2), failed: 'timeout'}),
		]);
		expect(codes(resolved)).toEqual(['KNET126']);
	});

	test('no KNET126 when it could not be asked', () => {
		const resolved = service(cluster, 'web', [observed(fqdn, {resolver: pod(2), failed: 'forbidden'})]);
		expect(codes(resolved)).toEqual([]);
	});

	const headless = (ready: boolean): string => `${cluster}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, clusterIPs: [None], selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
ports: [{port: 5432}]
endpoints: [{addresses: [10.244.3.9], conditions: {ready: ${ready}}}]`;

	test('KNET127 for a headless Service without ready pods', () => {
		const resolved = service(headless(false), 'db');
		expect(codes(resolved)).toEqual(['KNET127']);
		expect(resolved.stop).toBe('nxdomain');
		expect(resolved.hop.findings[0]?.message).toBe(
			'db has no record: the headless Service has no ready pod.',
		);
	});

	test('no KNET127 when one of its pods is ready', () => {
		expect(codes(service(headless(true), 'db'))).toEqual([]);
	});

	test('KNET127 when every DNS pod says that the name does not exist', () => {
		const resolved = service(cluster, 'web', [
			observed(fqdn, {resolver: pod(1), rcode: 'NXDOMAIN'}),
			observed(fqdn, {resolver: pod(2), rcode: 'NXDOMAIN'}),
		]);
		expect(codes(resolved)).toEqual(['KNET127', 'KNET125']);
		expect(resolved.stop).toBe('nxdomain');
	});

	test("KNET128 for a pod on its node's network with the default policy", () => {
		const yaml = cluster.replace(
			clientPod(),
			clientPod('client', ', hostNetwork: true, dnsPolicy: ClusterFirst'),
		);
		const resolved = service(yaml, 'web');
		expect(codes(resolved)).toEqual(['KNET128']);
		expect(resolved.hop.status).toBe('unknown');
	});

	test('no KNET128 with ClusterFirstWithHostNet', () => {
		const spec = ', hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet';
		expect(codes(service(cluster.replace(clientPod(), clientPod('client', spec)), 'web'))).toEqual([]);
	});

	test('cannot tell what a pod with dnsPolicy Default resolves', () => {
		const yaml = cluster.replace(clientPod(), clientPod('client', ', dnsPolicy: Default'));
		expect(service(yaml, 'web').hop).toMatchObject({status: 'unknown', findings: [{code: 'KNET128'}]});
	});

	test('leaves the full name to a pod whose own DNS configuration has no search list', () => {
		const spec = ', dnsPolicy: None, dnsConfig: {nameservers: [10.96.0.10]}';
		const {hop} = service(cluster.replace(clientPod(), clientPod('client', spec)), 'web');
		expect([hop.status, hop.findings.map(({code, severity}) => `${code} ${severity}`)]).toEqual([
			'ok',
			['KNET127 info'],
		]);
	});

	const alias = `${cluster}
---
apiVersion: v1
kind: Service
metadata: {name: out, namespace: shop}
spec: {type: ExternalName, externalName: www.example.com}`;

	test("an ExternalName is a CNAME whose target is not the cluster's", () => {
		expect(service(alias, 'out').hop).toMatchObject({
			status: 'ok',
			summary: 'out.shop.svc.cluster.local → www.example.com, outside the cluster',
			findings: [],
		});
	});

	test('KNET127 when its target is a name of the cluster that does not exist: look-ups fail', () => {
		const dangling = alias.replace('www.example.com', 'gone.shop.svc.cluster.local');
		const resolved = service(dangling, 'out');
		expect([codes(resolved), resolved.stop]).toEqual([['KNET127'], 'dns-failure']);
	});

	test('KNET129 when the DNS pods find no address for its target', () => {
		const seen = observed('out.shop.svc.cluster.local', {
			resolver: pod(1),
			data: [{cname: 'www.example.com'}],
		});
		const resolved = service(alias, 'out', [seen]);
		expect(codes(resolved)).toEqual(['KNET129']);
		expect(resolved.stop).toBe('dns-failure');
	});

	test('no KNET129 when the target resolves', () => {
		const seen = observed('out.shop.svc.cluster.local', {
			resolver: pod(1),
			data: [{cname: 'www.example.com'}, '198.51.100.1'],
		});
		expect(codes(service(alias, 'out', [seen]))).toEqual([]);
	});
});

describe('a name typed in a pod', () => {
	test('KNET127 for a Service that does not exist', () => {
		const resolved = fromPod(cluster, {type: 'name', name: 'wbe'});
		expect(codes(resolved)).toEqual(['KNET127']);
		expect(resolved.stop).toBe('nxdomain');
	});

	test('is unknown when servers outside decide', () => {
		const {hop, stop} = fromPod(cluster, {type: 'name', name: 'www.example.com'});
		expect(hop).toMatchObject({status: 'unknown', findings: [{code: 'KNET127', undecided: true}]});
		expect(stop).toBe(undefined);
	});

	test('as the host of an entry it is not blamed', () => {
		const {hop} = fromPod(cluster, {type: 'host', host: 'app.example.com', addresses: entry, stated: []});
		expect(hop).toMatchObject({
			status: 'ok',
			summary: 'app.example.com: a DNS outside answers',
			findings: [],
		});
	});
});
