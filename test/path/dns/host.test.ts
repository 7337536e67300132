import {describe, expect, test} from 'vitest';
import type {Evidence} from '../../../source/model/evidence.ts';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import type {HopContext} from '../../../source/path/hop-evaluator.ts';
import {dnsEvaluator} from '../../../source/path/dns/evaluate.ts';
import {noon, snapshotOf} from '../../helpers/snapshot.ts';
import {healthyDns, observed} from '../../rules/cluster-dns/cluster.ts';

const outside = {kind: 'external'} as const;
const cluster = healthyDns;

function hopContextOf(snapshot: Snapshot, source: HopContext['source']): HopContext {
	return {snapshot, source, client: source, detail: 'full'};
}

const entry = [{ip: '192.0.2.1'}];

function host(
	evidence: readonly Evidence[],
	addresses: readonly {readonly ip?: string; readonly hostname?: string}[] = entry,
	alternatives?: readonly {readonly ip?: string; readonly hostname?: string}[],
) {
	return dnsEvaluator.evaluate(hopContextOf(snapshotOf(cluster, {evidence}), outside), {
		type: 'host',
		host: 'app.example.com',
		addresses,
		stated: [],
		alternatives,
	});
}

function codes({
	hop,
}: {
	readonly hop: {readonly findings: readonly {readonly code: string}[]};
}): readonly string[] {
	return hop.findings.map(({code}) => code);
}

describe('a host from outside', () => {
	test('is a prediction without a look-up', () => {
		const {hop, stop} = host([]);
		expect(hop).toMatchObject({
			status: 'ok',
			basis: 'objects',
			summary: 'app.example.com → expected 192.0.2.1',
			findings: [],
		});
		expect(stop).toBe(undefined);
	});

	test('says where no address is to point to yet', () => {
		expect(host([], []).hop).toMatchObject({
			status: 'skipped',
			summary: 'app.example.com: no address to point to yet',
		});
	});

	test.each(['', '*.example.com', '192.0.2.1', 'fd00::1'])('skips %j', (name) => {
		const hopContext = hopContextOf(snapshotOf(cluster), outside);
		const {hop} = dnsEvaluator.evaluate(hopContext, {type: 'host', host: name, addresses: entry, stated: []});
		expect(hop.status).toBe('skipped');
	});

	test('is well when it resolves to the address of the entry', () => {
		const {hop} = host([observed('app.example.com', {data: ['192.0.2.1']})]);
		expect(hop).toMatchObject({
			status: 'ok',
			basis: 'evidence',
			summary: 'app.example.com → 192.0.2.1',
			findings: [],
		});
	});

	test('KNET101 for NXDOMAIN', () => {
		const resolved = host([observed('app.example.com', {rcode: 'NXDOMAIN'})]);
		expect(codes(resolved)).toEqual(['KNET101']);
		expect(resolved.stop).toBe('nxdomain');
		expect(resolved.hop.findings[0]?.evidence[0]?.value).toBe('NXDOMAIN');
	});

	test('KNET101 for a name without addresses', () => {
		const resolved = host([observed('app.example.com'), observed('app.example.com', {type: 'AAAA'})]);
		expect(codes(resolved)).toEqual(['KNET101']);
		expect(resolved.stop).toBe('no-address');
	});

	test('no KNET101 when only one family is missing', () => {
		expect(
			codes(
				host([
					observed('app.example.com', {data: ['192.0.2.1']}),
					observed('app.example.com', {type: 'AAAA'}),
				]),
			),
		).toEqual([]);
	});

	test.each([
		[{rcode: 'SERVFAIL'}, 'SERVFAIL'],
		[{rcode: 'REFUSED'}, 'REFUSED'],
		[{failed: 'timeout' as const}, 'no answer in time'],
	])('KNET102 for %j, which is not a missing name', (options, text) => {
		const {hop, stop} = host([observed('app.example.com', options)]);
		expect(hop.status).toBe('unknown');
		expect(hop.findings.map(({code, message}) => [code, message.includes(text)])).toEqual([
			['KNET102', true],
		]);
		expect(stop).toBe(undefined);
	});

	test('no KNET102 when the look-up could not be made', () => {
		const {hop} = host([observed('app.example.com', {failed: 'unavailable'})]);
		expect(hop).toMatchObject({status: 'ok', findings: []});
	});

	test("KNET103 when no address is the entry's", () => {
		const resolved = host([observed('app.example.com', {data: ['198.51.100.7']})]);
		expect(codes(resolved)).toEqual(['KNET103']);
		expect(resolved.hop.status).toBe('degraded');
	});

	test('no KNET103 when the hostname of the load balancer has the address at the same moment', () => {
		const evidence = [
			observed('app.example.com', {data: ['198.51.100.7']}),
			observed('lb.example.net', {data: ['198.51.100.7']}),
		];
		expect(codes(host(evidence, [{hostname: 'lb.example.net'}]))).toEqual([]);
	});

	test('no KNET103 when the hostname was resolved at another moment', () => {
		const evidence = [
			observed('app.example.com', {data: ['198.51.100.7']}),
			observed('lb.example.net', {data: ['198.51.100.9'], at: noon - 3_600_000}),
		];
		expect(codes(host(evidence, [{hostname: 'lb.example.net'}]))).toEqual([]);
	});

	test('no KNET103 for a CNAME to the hostname, whose addresses rotate', () => {
		const evidence = [
			observed('app.example.com', {data: [{cname: 'lb.example.net.'}, '198.51.100.7']}),
			observed('lb.example.net', {data: ['198.51.100.9']}),
		];
		expect(codes(host(evidence, [{hostname: 'lb.example.net'}]))).toEqual([]);
	});

	test("KNET104 when some addresses are not the entry's", () => {
		const resolved = host([observed('app.example.com', {data: ['192.0.2.1', '192.0.2.9']})]);
		expect(codes(resolved)).toEqual(['KNET104']);
		expect(resolved.hop.findings[0]?.message).toBe(
			"1 of 2 addresses of app.example.com are not the entry's: 192.0.2.9.",
		);
	});

	test('KNET105 when the hostname of the load balancer does not resolve', () => {
		const evidence = [
			observed('app.example.com', {data: [{cname: 'lb.example.net'}]}),
			observed('lb.example.net', {rcode: 'NXDOMAIN'}),
		];
		const resolved = host(evidence, [{hostname: 'lb.example.net'}]);
		expect(codes(resolved)).toContain('KNET105');
		expect(resolved.hop.status).toBe('broken');
		expect(resolved.stop).toBe('no-address');
	});

	test('no KNET105 when its look-up failed', () => {
		const evidence = [
			observed('app.example.com', {data: ['198.51.100.7']}),
			observed('lb.example.net', {rcode: 'SERVFAIL'}),
		];
		expect(codes(host(evidence, [{hostname: 'lb.example.net'}]))).toEqual([]);
	});

	test('KNET106 when every address is private', () => {
		const resolved = host([observed('app.example.com', {data: ['10.1.2.3']})], [{ip: '10.1.2.3'}]);
		expect(codes(resolved)).toEqual(['KNET106']);
		expect(resolved.hop.status).toBe('ok');
	});

	test('no KNET106 when one is public', () => {
		const both = [{ip: '10.1.2.3'}, {ip: '192.0.2.1'}];
		expect(codes(host([observed('app.example.com', {data: ['10.1.2.3', '192.0.2.1']})], both))).toEqual([]);
	});

	const dualStack = [{ip: '192.0.2.1'}, {ip: '2001:db8::1'}];

	test('KNET107 when the host lacks a family that the load balancer has', () => {
		const evidence = [
			observed('app.example.com', {data: ['192.0.2.1']}),
			observed('app.example.com', {type: 'AAAA'}),
		];
		expect(codes(host(evidence, dualStack))).toEqual(['KNET107']);
	});

	test('no KNET107 when the other family was not asked for', () => {
		expect(codes(host([observed('app.example.com', {data: ['192.0.2.1']})], dualStack))).toEqual([]);
	});

	// Whether external-dns runs, and follows the annotation, is not known.
	const recorded = [{ip: '198.51.100.7'}, {hostname: 'cdn.example.net'}];

	test.each([['192.0.2.1'], ['198.51.100.7']])(
		'may answer as recorded, or with the own address: %s',
		(data) => {
			const evidence = [observed('app.example.com', {data: [data]}), observed('cdn.example.net', {data: []})];
			expect(codes(host(evidence, recorded.slice(0, 1), entry))).toEqual([]);
			expect(codes(host(evidence, recorded, entry))).toEqual([]);
		},
	);

	test('KNET103 where it answers neither as recorded nor with an own address', () => {
		const evidence = [observed('app.example.com', {data: ['203.0.113.99']})];
		const resolved = host(evidence, recorded.slice(0, 1), entry);
		expect(codes(resolved)).toEqual(['KNET103']);
		expect(resolved.hop.findings[0]?.remedy).toContain('Point app.example.com to 198.51.100.7,');
	});
});
