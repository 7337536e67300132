import {expect, test} from 'vitest';
import {parseSource, parseTarget} from '../../source/path/target-text.ts';

const good: ReadonlyArray<readonly [string, object]> = [
	[
		'https://app.example.com/api',
		{
			kind: 'url',
			schemeGiven: true,
			request: {
				scheme: 'https',
				host: 'app.example.com',
				port: 443,
				urlPath: '/api',
				method: 'GET',
				headers: [],
				query: [],
			},
		},
	],
	[
		'http://App.Example.com.:8080/a/b?x=1&y=a%20b#frag',
		{
			kind: 'url',
			request: {
				scheme: 'http',
				host: 'app.example.com',
				port: 8080,
				urlPath: '/a/b',
				query: [
					{name: 'x', value: '1'},
					{name: 'y', value: 'a b'},
				],
			},
		},
	],
	['http://App.example.com./', {request: {host: 'app.example.com', hostHeader: 'App.example.com.'}}],
	['http://app.example.com/./a/x/../b/..', {request: {host: 'app.example.com', urlPath: '/a/'}}],
	[
		'app.example.com',
		{kind: 'url', schemeGiven: false, request: {scheme: 'http', host: 'app.example.com', urlPath: '/'}},
	],
	['app.example.com/deep/er', {kind: 'url', request: {urlPath: '/deep/er'}}],
	['svc/web', {kind: 'service', name: 'web'}],
	['svc/web:80', {kind: 'service', name: 'web', port: 80}],
	['svc/shop/web:http', {kind: 'service', namespace: 'shop', name: 'web', port: 'http'}],
	['svc/shop/dns:53/UDP', {kind: 'service', namespace: 'shop', name: 'dns', port: '53/UDP'}],
	['svc/dns:53/udp', {kind: 'service', name: 'dns', port: '53/udp'}],
	['service/web', {kind: 'service', name: 'web'}],
	['ing/site', {kind: 'ingress', name: 'site'}],
	['httproute/shop/good', {kind: 'httproute', namespace: 'shop', name: 'good'}],
	['gateway/gw', {kind: 'gateway', name: 'gw'}],
	['pod/db-0:5432', {kind: 'pod', name: 'db-0', port: 5432}],
	['service.v1./web:80', {kind: 'service', name: 'web', port: 80}],
	['ingresses.networking.k8s.io/site', {kind: 'ingress', name: 'site'}],
	['ingress.v1.networking.k8s.io/shop/site', {kind: 'ingress', namespace: 'shop', name: 'site'}],
	['deploy/web', {kind: 'workload', workload: 'Deployment', name: 'web'}],
	['Deployments.apps/shop/web:8080', {kind: 'workload', namespace: 'shop', name: 'web', port: 8080}],
	['sts/db', {kind: 'workload', workload: 'StatefulSet', name: 'db'}],
	['ds/agent', {kind: 'workload', workload: 'DaemonSet', name: 'agent'}],
	['rs/web-5d', {kind: 'workload', workload: 'ReplicaSet', name: 'web-5d'}],
	['job/migrate', {kind: 'workload', workload: 'Job', name: 'migrate'}],
	['tlsroute/shop/tls', {kind: 'tlsroute', namespace: 'shop', name: 'tls'}],
	['tcproutes.v1alpha2.gateway.networking.k8s.io/db', {kind: 'tcproute', name: 'db'}],
	['udproute/dns', {kind: 'udproute', name: 'dns'}],
	['10.96.0.10:53', {kind: 'address', ip: '10.96.0.10', port: 53}],
	['[fd00:96::a]:53', {kind: 'address', ip: 'fd00:96::a', port: 53}],
];

test.each(good)('reads %s', (text, expected) => {
	expect(parseTarget(text)).toMatchObject({value: {text, ...expected}});
});

test.each([
	['svc web', {kind: 'service', name: 'web'}],
	['deployment.apps web:8080', {kind: 'workload', name: 'web', port: 8080}],
])("reads kubectl's TYPE NAME: %s", (text, expected) => {
	expect(parseTarget(text)).toMatchObject({value: expected});
});

test.each([
	['Host', 'app.example.com'],
	[':authority', 'App.Example.com:8443'],
])('lets the header %s decide the host', (name, value) => {
	expect(parseTarget('http://203.0.113.30:8080/x', {headers: [{name, value}]})).toMatchObject({
		value: {request: {host: 'app.example.com', connectTo: '203.0.113.30', port: 8080}},
	});
});

const bad: ReadonlyArray<readonly [string, string]> = [
	['', '"" is not a target'],
	['svc/', '"svc/" is not a target'],
	['svc/web:99999', '"svc/web:99999" has port 99999; ports go from 1 to 65535'],
	['ftp://example.com', '"ftp://example.com" has the scheme ftp; knet follows http and https'],
	['ing/site:80', '"ing/site:80" has a port, which ing/ does not take'],
	['ep/web', '"ep/web" cannot be traced: no request goes to ep'],
	['node/x', '"node/x" names no port'],
	['node/x:http', '"node/x:http" names no port'],
	['node/x:70000', '"node/x:70000" has port 70000; ports go from 1 to 65535'],
	['two words', '"two words" is not a target'],
	['http://exa mple', '"http://exa mple" has a blank'],
	['http://-bad-/', '"http://-bad-/" is not a URL, a host or an object'],
];

test.each(bad)('says what is wrong with %j', (text, problem) => {
	expect(parseTarget(text)).toMatchObject({problem});
});

test('reads method, headers and query from the flags', () => {
	const options = {method: 'post', headers: [{name: 'x-user', value: '7'}], query: [{name: 'q', value: '1'}]};
	expect(parseTarget('https://shop.example.com/v2?a=b', options)).toMatchObject({
		value: {
			request: {
				method: 'POST',
				headers: [{name: 'x-user', value: '7'}],
				query: [
					{name: 'a', value: 'b'},
					{name: 'q', value: '1'},
				],
			},
		},
	});
});

test.each([
	['external', {kind: 'external'}],
	['external:198.51.100.7', {kind: 'external', ip: '198.51.100.7'}],
	['pod/db-0', {kind: 'pod', namespace: 'shop', name: 'db-0'}],
	['pod/probe/prober-a', {kind: 'pod', namespace: 'probe', name: 'prober-a'}],
	['node/node-a', {kind: 'node', name: 'node-a'}],
	['deploy/web', {kind: 'workload', workload: 'Deployment', namespace: 'shop', name: 'web'}],
	['statefulsets.apps/db/pg', {kind: 'workload', workload: 'StatefulSet', namespace: 'db', name: 'pg'}],
] as const)('reads the source %s', (text, expected) => {
	expect(parseSource(text, 'shop')).toMatchObject({value: expected});
});

test('says what a source looks like', () => {
	expect(parseSource('moon', 'shop')).toEqual({
		problem: 'moon is not a source',
		next: 'Give external, external:IP, pod/[NAMESPACE/]NAME, deploy/[NAMESPACE/]NAME or node/NAME.',
	});
});
