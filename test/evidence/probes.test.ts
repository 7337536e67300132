import {describe, expect, test} from 'vitest';
import {patchServicePort} from '../../source/demo/edit.ts';
import {notReady} from '../../source/demo/scenarios/not-ready.ts';
import {dnsDown} from '../../source/demo/scenarios/dns-down.ts';
import {hopText, openDemo} from './helpers/demo.ts';

const site = 'http://app.example.com/api';

describe('a healthy path', () => {
	test('from outside rests on evidence at every hop that can be asked', async () => {
		const {probe} = await openDemo();
		const {trace, summary} = await probe(site);
		const [path] = trace.paths;
		expect(trace.verdict).toBe('ok');
		expect(hopText(path, 'dns')).toBe('ok evidence');
		expect(hopText(path, 'load-balancer')).toBe('ok evidence');
		expect(hopText(path, 'pod')).toBe('ok evidence');
		expect(summary).toBe("11 answered, 4 left out: the pods' network is not reachable from here.");
	});

	test('shows what was observed beside what was predicted', async () => {
		const {probe} = await openDemo();
		const {trace} = await probe(site);
		const details = new Map<string, unknown>(trace.paths[0]?.hops.map((hop) => [hop.kind, hop.details]));
		expect(details.get('dns')).toMatchObject({
			queries: [
				{
					name: 'app.example.com',
					type: 'A',
					expected: {answers: [{data: '203.0.113.10'}]},
					observed: [{resolver: 'machine', rcode: 'NOERROR'}],
				},
				{name: 'app.example.com', type: 'AAAA', observed: [{rcode: 'NOERROR', answers: []}]},
			],
		});
		expect(details.get('load-balancer')).toMatchObject({
			observed: [
				{what: 'connect 203.0.113.10:80', vantage: 'this machine', result: 'connected'},
				{what: 'http 203.0.113.10:80', result: 'HTTP 200'},
			],
		});
		expect(details.get('controller')).toMatchObject({
			observed: expect.arrayContaining([
				expect.objectContaining({vantage: 'inside the pod (port-forward)', result: 'HTTP 200'}),
			]),
		});
		expect(details.get('service')).toMatchObject({
			observed: [{what: 'http api:80', vantage: 'the API server', result: 'HTTP 200'}],
		});
	});

	test('inside asks every DNS pod and reads the rules of the node that the client is on', async () => {
		const {probe, sent} = await openDemo();
		const {trace} = await probe('svc/shop/api:http', 'pod/db-0');
		const [path] = trace.paths;
		expect([trace.verdict, hopText(path, 'dns'), hopText(path, 'kube-proxy')]).toEqual([
			'ok',
			'ok evidence',
			'ok evidence',
		]);
		const details = path?.hops.find(({kind}) => kind === 'kube-proxy')?.details as {
			readonly nodes: readonly object[];
			readonly vantage: {readonly node: string};
		};
		expect(details.nodes).toEqual([{node: details.vantage.node, state: 'agrees'}]);
		expect(
			sent.sockets.filter((path) => path.includes('coredns') && path.endsWith('/portforward')),
		).toHaveLength(2);
		expect(sent.sockets.filter((path) => path.endsWith('/exec'))).toHaveLength(1);
	});

	test('to a port that is not HTTP gets a bare connection', async () => {
		const {ask, probe} = await openDemo();
		const {planned} = await ask('svc/shop/db', 'pod/shop/db-0', 'pod');
		expect(planned.plan.checks.filter((check) => check.includes('GET'))).toEqual([]);
		expect(hopText((await probe('svc/shop/db', 'pod/shop/db-0')).trace.paths[0], 'pod')).toMatch(
			/^ok evidence/,
		);
	});
});

describe('a broken path', () => {
	test('whose target port nobody listens on is KNET707, for the Service and for the URL', async () => {
		const {ask, probe} = await openDemo((simulation) =>
			patchServicePort(simulation, 'shop/api', {targetPort: 8081}),
		);
		expect((await ask(site)).trace.verdict).toBe('ok');
		const [url] = (await probe(site)).trace.paths;
		expect([url?.verdict, url?.symptom, url?.rootCause]).toEqual(['broken', 'http-502', 'KNET707']);
		const [service] = (await probe('svc/shop/api:80', 'pod/db-0')).trace.paths;
		expect([service?.verdict, service?.symptom, service?.rootCause]).toEqual([
			'broken',
			'connection-refused',
			'KNET707',
		]);
	});

	test('whose pods are not ready keeps its cause', async () => {
		const {probe} = await openDemo((simulation) => notReady.breaks(simulation));
		const [path] = (await probe(site)).trace.paths;
		expect([path?.rootCause, path?.symptom]).toEqual(['KNET702', 'http-503']);
	});

	test('whose DNS pods refuse says why nothing was learnt', async () => {
		const {probe} = await openDemo((simulation) => dnsDown.breaks(simulation));
		const {trace, summary} = await probe('svc/shop/api', 'pod/db-0');
		expect(trace.paths[0]?.rootCause).toBe('KNET122');
		expect(summary).toContain('2 could not be made');
	});

	test('whose ExternalName leads nowhere is KNET129, and its neighbour is not', async () => {
		const {probe} = await openDemo(({world}) =>
			world.put({
				apiVersion: 'v1',
				kind: 'Service',
				metadata: {name: 'gone', namespace: 'shop'},
				spec: {type: 'ExternalName', externalName: 'gone.example.com'},
			}),
		);
		for (const from of ['pod/db-0', undefined]) {
			const [gone] = (await probe('svc/shop/gone', from)).trace.paths;
			expect([gone?.verdict, gone?.rootCause]).toEqual(['broken', 'KNET129']);
			const {trace} = await probe('svc/shop/outside', from);
			expect([trace.verdict, hopText(trace.paths[0], 'dns')]).toEqual(['ok', 'ok evidence']);
		}
	});
});

describe('evidence', () => {
	test('no longer counts after the object has changed', async () => {
		const {probe, ask, simulation} = await openDemo((broken) =>
			patchServicePort(broken, 'shop/api', {targetPort: 8081}),
		);
		const before = await probe('svc/shop/api');
		expect(before.trace.verdict).toBe('broken');
		const {planned} = await ask('svc/shop/api');
		patchServicePort(simulation, 'shop/api', {targetPort: 'http'});
		simulation.settle();
		await expect.poll(async () => (await ask('svc/shop/api')).trace.verdict).toBe('ok');
		expect((await ask('svc/shop/api')).planned.restsOn).not.toBe(planned.restsOn);
	});
});
