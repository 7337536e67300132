import {describe, expect, test} from 'vitest';
import {healthy, httpRoute, requestTo} from '../../rules/gateway-api/fixtures.ts';
import {codes, message, resolve, toWeb} from '../../rules/gateway-api/resolve-route.ts';

test('a route that fits is ok, silent, and leads to its backend', () => {
	const result = resolve(healthy + httpRoute('r', `hostnames: [a.example.com], ${toWeb}`));
	expect(result.hop).toMatchObject({
		status: 'ok',
		subject: {kind: 'HTTPRoute', namespace: 'shop', name: 'r'},
		findings: [],
		details: {
			matched: {
				kind: 'HTTPRoute',
				namespace: 'shop',
				name: 'r',
				rule: 0,
				path: 0,
				host: 'a.example.com',
				pathType: 'PathPrefix',
				value: '/',
				listener: 'http',
			},
			backends: [{kind: 'Service', namespace: 'shop', name: 'web', port: 80, weight: 1, share: 1}],
			losers: [],
		},
	});
	expect(result.backends).toEqual([
		{
			kind: 'Service',
			namespace: 'shop',
			name: 'web',
			port: 80,
			weight: 1,
			share: 1,
			servicePort: {number: 80},
		},
	]);
	expect(result.stop).toBeUndefined();
});

describe('says which route wins and why the others lose', () => {
	const three =
		healthy +
		httpRoute(
			'v2',
			'hostnames: [shop.example.com], rules: [{matches: [{path: {type: PathPrefix, value: /v2}, method: POST, headers: [{name: x-user, value: "7"}]}], backendRefs: [{name: api, port: 8080}]}]',
		) +
		httpRoute(
			'site',
			'hostnames: [shop.example.com], rules: [{matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name: web, port: 80}]}]',
		) +
		httpRoute(
			'old',
			'hostnames: [shop.example.com], rules: [{matches: [{path: {type: PathPrefix, value: /v2}, method: GET}, {path: {type: Exact, value: /v1}}], backendRefs: [{name: web, port: 80}]}]',
		);

	test('for the request that fits the most specific one', () => {
		const request = requestTo('http://shop.example.com/v2', {
			method: 'POST',
			headers: [{name: 'X-User', value: '7'}],
		});
		const {hop} = resolve(three, {request});
		expect(hop.details?.matched).toMatchObject({name: 'v2', value: '/v2'});
		expect(hop.details?.losers.map(({name, path, why}) => `${name} ${path}: ${why}`)).toEqual([
			'site 0: shorter path prefix',
			'old 0: method GET wanted',
			'old 1: path /v1 wanted, exactly',
		]);
	});

	test('for one that lacks the header', () => {
		const {hop} = resolve(three, {request: requestTo('http://shop.example.com/v2', {method: 'POST'})});
		expect(hop.details?.matched).toMatchObject({name: 'site'});
		expect(hop.details?.losers[0]).toMatchObject({name: 'v2', why: 'header x-user missing'});
	});
});

describe('KNET401', () => {
	test('names the nearest rule and what keeps the request out', () => {
		const result = resolve(
			healthy +
				httpRoute(
					'r',
					'hostnames: [a.example.com], rules: [{matches: [{path: {type: PathPrefix, value: /api}}], backendRefs: [{name: web, port: 80}]}]',
				),
		);
		expect(result).toMatchObject({stop: 'no-rule', hop: {status: 'broken'}, backends: []});
		expect(message(result)).toBe(
			'No rule on Gateway shop/gw takes GET /. Nearest is HTTPRoute shop/r rule 0 (PathPrefix /api): path under /api wanted.',
		);
	});

	test('says that no listener takes TLS', () => {
		const result = resolve(healthy + httpRoute('r', toWeb), {
			request: requestTo('https://a.example.com/'),
		});
		expect(codes(result)).toEqual(['KNET401 error']);
		expect(result.stop).toBe('tls-error');
		expect(message(result)).toBe(
			'No listener of Gateway shop/gw on port 80 speaks https; its listeners are HTTP 80 *.',
		);
	});

	test('is not decided where routes cannot be read', () => {
		const forbidden = {
			state: 'forbidden',
			resource: 'httproutes',
			group: 'gateway.networking.k8s.io',
			reason: 'no',
		} as const;
		const result = resolve(healthy, {states: {states: {HTTPRoute: forbidden}}});
		expect(codes(result)).toEqual(['KNET901 undecided']);
		expect(result.stop).toBeUndefined();
	});
});

describe('KNET402', () => {
	const lost = 'rules: [{backendRefs: [{name: wep, port: 80}]}]';

	test('is an error that names the nearest Service', () => {
		const result = resolve(healthy + httpRoute('r', lost));
		expect(codes(result)).toEqual(['KNET402 error']);
		expect(message(result)).toBe(
			'HTTPRoute shop/r sends to Service shop/wep, which does not exist; there is web.',
		);
		expect(result).toMatchObject({stop: 'invalid-backend', backends: [], hop: {status: 'broken'}});
	});

	test('is a warning where another backend takes its share', () => {
		const result = resolve(
			healthy +
				httpRoute('r', 'rules: [{backendRefs: [{name: wep, port: 80}, {name: web, port: 80, weight: 3}]}]'),
		);
		expect(codes(result)).toEqual(['KNET402 warning']);
		expect(message(result)).toContain('25 % of the requests fail.');
		expect(result.backends.map(({name, share}) => ({name, share}))).toEqual([{name: 'web', share: 0.75}]);
		expect(result.stop).toBeUndefined();
	});

	test('is not said where Services cannot be read', () => {
		const forbidden = {state: 'forbidden', resource: 'services', group: '', reason: 'no'} as const;
		const result = resolve(healthy + httpRoute('r', lost), {states: {states: {Service: forbidden}}});
		expect(codes(result)).toEqual(['KNET901 undecided']);
	});
});

describe('KNET403', () => {
	test('says so where the port is the target port', () => {
		const result = resolve(healthy + httpRoute('r', 'rules: [{backendRefs: [{name: web, port: 8080}]}]'));
		expect(codes(result)).toEqual(['KNET403 error']);
		expect(message(result)).toBe(
			'HTTPRoute shop/r sends to port 8080 of Service shop/web, whose service ports are 80. 8080 is the target port of service port 80: a route names the service port.',
		);
	});

	test('is said where a Service is named without a port, and not where the port is there', () => {
		expect(codes(resolve(healthy + httpRoute('r', 'rules: [{backendRefs: [{name: web}]}]')))).toEqual([
			'KNET403 error',
		]);
		expect(
			codes(resolve(healthy + httpRoute('r', 'rules: [{backendRefs: [{name: api, port: 8080}]}]'))),
		).toEqual([]);
	});
});
