import {expect, test} from 'vitest';
import {commonHopKinds} from '../../source/path/hop-kind.ts';
import {openDemo} from './helpers/demo.ts';

const site = 'http://app.example.com/api';

test('without a probe nothing but reads leaves knet, and a plan sends nothing', async () => {
	const {ask, sent} = await openDemo();
	await ask(site);
	await ask('svc/shop/api', 'pod/db-0');
	expect(sent.sockets).toEqual([]);
	expect(sent.requests.filter(({path}) => path.includes('/proxy'))).toEqual([]);
});

test('a plan says what is sent, from where, to what, and what it needs', async () => {
	const {ask} = await openDemo();
	const {planned} = await ask(site);
	const {checks, permissions} = planned.plan;
	expect(checks.map((check) => check.replaceAll(/-[a-z0-9]{6}-[a-z0-9]{5}/gu, '-X'))).toMatchInlineSnapshot(`
		[
		  "DNS queries A and AAAA for app.example.com, from this machine to the demo's resolver",
		  "TCP connection, GET /api with Host app.example.com, from this machine to 203.0.113.10:80",
		  "TCP connection, GET /api with Host app.example.com, through a port-forward to pod traefik/traefik-X, port 8000",
		  "TCP connection, GET /api with Host app.example.com, through a port-forward to pod traefik/traefik-X, port 8000",
		  "GET http://api.shop:80/api, from the API server (services/proxy)",
		  "TCP connection, through a port-forward to pod shop/api-X, port 8080",
		  "GET http://10.244.3.5:8080/api, from the API server (pods/proxy of shop/api-X)",
		  "TCP connection, through a port-forward to pod shop/api-X, port 8080",
		  "GET http://10.244.1.6:8080/api, from the API server (pods/proxy of shop/api-X)",
		  "TCP connection, through a port-forward to pod shop/api-X, port 8080",
		  "GET http://10.244.2.5:8080/api, from the API server (pods/proxy of shop/api-X)",
		  "A DNS query over TCP, from this machine to 10.244.2.4:53 and 10.244.1.4:53, to find out whether it reaches the pods' network; only if so:",
		  "  TCP connection, from this machine to 10.96.12.4:80 (Service shop/api)",
		  "  TCP connection, from this machine to 10.244.3.5:8080 (pod shop/api-X)",
		  "  TCP connection, from this machine to 10.244.1.6:8080 (pod shop/api-X)",
		  "  TCP connection, from this machine to 10.244.2.5:8080 (pod shop/api-X)",
		]
	`);
	expect(permissions).toMatchInlineSnapshot(`
		[
		  "create pods/portforward in namespace traefik",
		  "get services/proxy in namespace shop",
		  "create pods/portforward in namespace shop",
		  "get pods/proxy in namespace shop",
		]
	`);
});

test('a plan for one hop holds its checks alone', async () => {
	const {ask} = await openDemo();
	const {planned} = await ask(site, undefined, 'dns');
	expect(planned.plan).toMatchInlineSnapshot(`
		{
		  "checks": [
		    "DNS queries A and AAAA for app.example.com, from this machine to the demo's resolver",
		  ],
		  "count": 1,
		  "permissions": [],
		  "title": "Test the DNS hop of http://app.example.com/api",
		}
	`);
});

test.each([
	[site, undefined, 'dns load-balancer controller route service endpoints network-policy pod'],
	['svc/shop/api', 'pod/db-0', 'dns service endpoints kube-proxy network-policy pod'],
	['svc/shop/api', undefined, 'service endpoints kube-proxy network-policy pod'],
	['svc/shop/outside', undefined, 'dns'],
])('of %s from %s the hops that can be tested are those with a check', async (target, from, hops) => {
	const {ask} = await openDemo();
	const {testable} = await ask(target, from);
	expect(testable.join(' ')).toBe(hops);
	for (const hop of commonHopKinds) {
		const {planned} = await ask(target, from, hop);
		expect([hop, planned.plan.checks.length > 0]).toEqual([hop, testable.includes(hop)]);
	}
});

test('a probe sends the request that the path was walked for: Host, headers and query', async () => {
	const {ask} = await openDemo();
	const {planned} = await ask('http://203.0.113.10/api?page=1', undefined, 'load-balancer', {
		headers: [
			{name: 'Host', value: 'app.example.com'},
			{name: 'X-Canary', value: 'always'},
		],
	});
	expect(planned.plan.checks).toEqual([
		'TCP connection, GET /api?page=1 with Host app.example.com and header x-canary, from this machine to 203.0.113.10:80',
	]);
});

test('a request that may change something is not sent', async () => {
	const {ask} = await openDemo();
	const {planned} = await ask(site, undefined, undefined, {method: 'POST'});
	expect(planned.plan.checks.filter((check) => /GET|POST/u.test(check))).toEqual([]);
	expect(planned.plan.checks).toContain('TCP connection, from this machine to 203.0.113.10:80');
});

test('cancelled, it stops and keeps nothing of what was under way', async () => {
	const {ask} = await openDemo();
	const {planned} = await ask(site);
	const cancel = new AbortController();
	const running = planned.run({signal: cancel.signal, onProgress() {}});
	cancel.abort();
	expect(await running).toBe('Cancelled: 0 answered.');
	expect((await ask(site)).trace.paths[0]?.hops.every(({basis}) => basis === 'objects')).toBe(true);
});
