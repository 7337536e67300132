import {describe, expect, test} from 'vitest';
import {contour} from '../../../source/rules/controllers/contour.ts';
import {envoyGateway} from '../../../source/rules/controllers/envoy-gateway.ts';
import {nginxGatewayFabric} from '../../../source/rules/controllers/nginx-gateway-fabric.ts';
import {istio} from '../../../source/rules/controllers/istio.ts';
import {specProfile, type GatewayProfile} from '../../../source/rules/controllers/record/gateway-profile.ts';
import {traefikProfile} from '../../../source/rules/controllers/traefik/gateway.ts';
import {attachmentsTo} from '../../../source/rules/gateway-api/routes.ts';
import {selectRule} from '../../../source/rules/gateway-api/select.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {gatewayIn, namespaces, requestTo} from './fixtures.ts';
import type {HttpRequest} from '../../../source/model/request.ts';

type Given = {
	readonly listeners?: string;
	readonly routes: readonly string[];
	readonly serverName?: string;
};

function select(
	{listeners = '{name: http, port: 80, protocol: HTTP}', routes, serverName}: Given,
	request: HttpRequest,
	profile: GatewayProfile = specProfile,
) {
	const snapshot = snapshotOf(`${namespaces}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {gatewayClassName: x, listeners: [${listeners}]}
${routes.join('\n')}`);
	const gateway = gatewayIn(snapshot);
	return selectRule({
		gateway,
		attachments: attachmentsTo(snapshot, gateway),
		port: request.port,
		request,
		profile,
		serverName,
	});
}

const route = (name: string, spec: string, createdAt = '2026-01-01T00:00:00Z') => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: shop, creationTimestamp: "${createdAt}"}
spec: {parentRefs: [{name: gw}], ${spec}}
`;

const won = (given: Given, request: HttpRequest, profile = specProfile) => {
	const {winner, losers} = select(given, request, profile);
	return {winner: winner && `${winner.route.name}/${winner.ruleIndex}`, why: losers[0]?.why};
};

const path = (value: string, more = '', type = 'PathPrefix') =>
	`{matches: [{path: {type: ${type}, value: "${value}"}${more}}]}`;

test('the TLS server name chooses the listener, and the Host header among its routes', () => {
	const listeners =
		'{name: any, port: 443, protocol: HTTPS}, {name: b, port: 443, protocol: HTTPS, hostname: b.example.com}';
	const routes = [
		route('a', 'hostnames: [a.example.com], rules: [{}]'),
		route('b', 'hostnames: [b.example.com], rules: [{}]').replace('{name: gw}', '{name: gw, sectionName: b}'),
	];
	const toB = requestTo('https://b.example.com/');
	expect(won({listeners, routes}, toB).winner).toBe('b/0');
	expect(won({listeners, routes, serverName: 'other.example.com'}, toB).winner).toBeUndefined();
});

describe('of two rules that both match', () => {
	test.each([
		[
			'the more specific hostname wins before any path',
			[
				'hostnames: ["*.example.com"], rules: [{matches: [{path: {type: Exact, value: /x}}]}]',
				'hostnames: [a.example.com], rules: [{}]',
			],
			'b/0',
			'hostname a.example.com is more specific than *.example.com',
		],
		[
			'an exact path wins over a longer prefix',
			[`rules: [${path('/x', '', 'Exact')}]`, `rules: [${path('/x/')}]`],
			'a/0',
			'exact path wins',
		],
		[
			'the longer prefix wins over a method',
			[`rules: [${path('/x')}]`, `rules: [${path('/', ', method: GET')}]`],
			'a/0',
			'shorter path prefix',
		],
		[
			'the method wins over headers',
			[
				`rules: [${path('/', ', method: GET')}]`,
				`rules: [${path('/', ', headers: [{name: a, value: "1"}]')}]`,
			],
			'a/0',
			'no method asked for',
		],
		[
			'more headers win over query parameters',
			[
				`rules: [${path('/', ', headers: [{name: a, value: "1"}]')}]`,
				`rules: [${path('/', ', queryParams: [{name: q, value: "1"}]')}]`,
			],
			'a/0',
			'fewer headers asked for',
		],
		[
			'more query parameters win',
			[`rules: [${path('/', ', queryParams: [{name: q, value: "1"}]')}]`, 'rules: [{}]'],
			'a/0',
			'fewer query parameters asked for',
		],
		[
			'the alphabetically first route wins',
			['rules: [{}]', 'rules: [{}]'],
			'a/0',
			'alphabetically first route wins',
		],
	])('%s', (_, [first = '', second = ''], winner, why) => {
		const request = requestTo('http://a.example.com/x?q=1', {headers: [{name: 'A', value: '1'}]});
		expect(won({routes: [route('a', first), route('b', second)]}, request)).toEqual({winner, why});
	});

	const all = requestTo('http://a.example.com/x?q=1', {headers: [{name: 'A', value: '1'}]});
	const envoyGatewayProfile = envoyGateway.gateway!.profile({flags: {}});
	const header = (type: string) => `headers: [{type: ${type}, name: a, value: "1"}]`;
	test.each([
		[
			'its method is one header more',
			', method: GET',
			`, ${header('Exact')}`,
			'a/0',
			'alphabetically first route wins',
		],
		[
			'two headers win over a method alone',
			', method: GET',
			`, method: GET, ${header('Exact')}`,
			'b/0',
			'fewer headers asked for, the method counted with them',
		],
		[
			'a method is an exact header',
			`, ${header('RegularExpression')}`,
			', method: GET',
			'b/0',
			'fewer of its headers are exact',
		],
		[
			'exact query parameters win over expressions',
			', queryParams: [{type: RegularExpression, name: q, value: "1"}]',
			', queryParams: [{name: q, value: "1"}]',
			'b/0',
			'fewer of its query parameters are exact',
		],
	])('at Envoy Gateway %s', (_, first, second, winner, why) => {
		const routes = [
			route('a', `rules: [${path('/x', first)}]`),
			route('b', `rules: [${path('/x', second)}]`),
		];
		expect(won({routes}, all, envoyGatewayProfile)).toEqual({winner, why});
	});

	test('the older route wins over the alphabet', () => {
		const routes = [route('a', 'rules: [{}]', '2026-01-02T00:00:00Z'), route('b', 'rules: [{}]')];
		expect(won({routes}, requestTo('http://a.example.com/'))).toEqual({
			winner: 'b/0',
			why: 'older route wins',
		});
	});

	test('the first rule of one route wins', () => {
		const routes = [route('a', 'rules: [{}, {}]')];
		expect(won({routes}, requestTo('http://a.example.com/'))).toEqual({
			winner: 'a/0',
			why: 'earlier rule wins',
		});
	});
});

describe('listeners', () => {
	const listeners =
		'{name: every, port: 80, protocol: HTTP}, {name: exact, port: 80, protocol: HTTP, hostname: a.example.com}';
	const routes = [
		route('general', 'rules: [{}]').replace('{name: gw}', '{name: gw, sectionName: every}'),
		route('special', `rules: [${path('/special')}]`).replace('{name: gw}', '{name: gw, sectionName: exact}'),
	];

	test('are isolated: only routes of the most specific one serve a host', () => {
		expect(won({listeners, routes}, requestTo('http://a.example.com/')).winner).toBeUndefined();
		expect(won({listeners, routes}, requestTo('http://b.example.com/')).winner).toBe('general/0');
	});

	test('are not at Traefik', () => {
		expect(won({listeners, routes}, requestTo('http://a.example.com/'), traefikProfile).winner).toBe(
			'general/0',
		);
	});

	test('are chosen by port', () => {
		expect(select({listeners, routes}, requestTo('http://b.example.com:8080/')).listeners).toEqual([]);
	});
});

describe('values', () => {
	const routes = [
		route(
			'r',
			'rules: [{matches: [{queryParams: [{name: q, value: "2"}]}]}, {matches: [{headers: [{name: a, value: "1"}, {name: A, value: "2"}]}]}]',
		),
	];
	const twice = requestTo('http://a.example.com/?q=1&q=2', {headers: [{name: 'a', value: '1'}]});

	test('of a repeated query parameter only the first counts, of a name asked for twice only the first', () => {
		expect(won({routes}, twice).winner).toBe('r/1');
	});

	test('all count at Traefik', () => {
		expect(won({routes}, twice, traefikProfile).winner).toBe('r/0');
	});
});

test('says a regular expression that cannot be judged, and does not count it as matching', () => {
	const routes = [route('r', `rules: [${path('/(?=x)', '', 'RegularExpression')}]`)];
	const {winner, unread} = select({routes}, requestTo('http://a.example.com/x'));
	expect(winner).toBeUndefined();
	expect(unread).toEqual(['path ~ /(?=x): not a regular expression that can be judged']);
});

test('counts a route once that two parentRefs attach to one listener', () => {
	const routes = [
		route('r', 'rules: [{}]').replace('[{name: gw}]', '[{name: gw}, {name: gw, sectionName: http}]'),
	];
	expect(select({routes}, requestTo('http://a.example.com/')).losers).toEqual([]);
});

test('looks at the rules whose path fits, and at a few others', () => {
	const rules = Array.from({length: 500}, (_, position) => path(`/p${position}`)).join(', ');
	const given = {routes: [route('many', `hostnames: [x], rules: [${rules}]`)]};
	const {winner, losers} = select(given, requestTo('http://x/p499/y'));
	expect(winner?.ruleIndex).toBe(499);
	expect(losers.length).toBeLessThan(50);
});

test('finds what a regular expression takes among many rules, by its fixed beginning', () => {
	const rules = Array.from({length: 200}, (_, position) =>
		path(`/p${position}/[a-z]+`, '', 'RegularExpression'),
	);
	const given = {routes: [route('many', `hostnames: [x], rules: [${rules.join(', ')}]`)]};
	expect(won(given, requestTo('http://x/p150/abc')).winner).toBe('many/150');
	expect(won(given, requestTo('http://x/q/p150/abc')).winner).toBeUndefined();
	expect(won(given, requestTo('http://x/q/p150/abc'), traefikProfile).winner).toBe('many/150');
});

describe('where controllers differ', () => {
	test('a virtual host of Envoy hides the rules of a wildcard above it', () => {
		const given = {
			routes: [
				route('wide', `hostnames: ["*.example.com"], rules: [${path('/')}]`),
				route('narrow', `hostnames: ["*.a.example.com"], rules: [${path('/only')}]`),
			],
		};
		const request = requestTo('http://x.a.example.com/other');
		expect(won(given, request).winner).toBe('wide/0');
		expect(won(given, request, {...specProfile, isolatesHosts: true})).toEqual({
			winner: undefined,
			why: 'only rules of hostname *.a.example.com are looked at here',
		});
	});

	test('NGINX Gateway Fabric chooses the path first, then looks at all else', () => {
		const {profile} = nginxGatewayFabric.gateway!;
		const tenants = `matches: [{path: {type: PathPrefix, value: /api}, headers: [{name: tenant, value: a}]}]`;
		const given = {
			routes: [route('r', `rules: [{${tenants}, backendRefs: [{name: web, port: 80}]}, ${path('/')}]`)],
		};
		expect(won(given, requestTo('http://x/api')).winner).toBe('r/1');
		expect(won(given, requestTo('http://x/api'), profile({flags: {}}))).toEqual({
			winner: undefined,
			why: 'only rules of path /api are looked at here',
		});
		expect(won(given, requestTo('http://x/other'), profile({flags: {}})).winner).toBe('r/1');
	});

	test.each([
		[[2, 6, 7], 'r/0'],
		[[2, 4, 0], 'r/1'],
	] as const)('NGINX Gateway Fabric %j and an expression beside a prefix', (version, winner) => {
		const given = {
			routes: [route('r', `rules: [${path('/a.*', '', 'RegularExpression')}, ${path('/abc')}]`)],
		};
		const {profile} = nginxGatewayFabric.gateway!;
		expect(won(given, requestTo('http://x/abc'), profile({flags: {}, version})).winner).toBe(winner);
	});

	// servers.go, createPath: `location ~ ^PATH`; before 2.5 without the `^`.
	test.each([
		[[2, 6, 7], '/v1/users/42', 'r/0'],
		[[2, 6, 7], '/x/v1/users', undefined],
		[[2, 4, 0], '/x/v1/users', 'r/0'],
		[[2, 4, 0], '/vx/users', undefined],
	] as const)('NGINX Gateway Fabric %j and what follows an expression: %s', (version, path_, winner) => {
		const given = {routes: [route('r', `rules: [${path('/v[0-9]+/users', '', 'RegularExpression')}]`)]};
		const {profile} = nginxGatewayFabric.gateway!;
		expect(won(given, requestTo(`http://x${path_}`), profile({flags: {}, version})).winner).toBe(winner);
	});

	test('Istio asks regular expressions after prefixes', () => {
		const given = {routes: [route('r', `rules: [${path('/a.*', '', 'RegularExpression')}, ${path('/')}]`)]};
		const {profile} = istio.gateway!;
		expect(won(given, requestTo('http://x/abc')).winner).toBe('r/0');
		expect(won(given, requestTo('http://x/abc'), profile({flags: {}})).winner).toBe('r/1');
	});

	test('Contour leaves out all of a rule of which one match is taken by an older route', () => {
		const given = {
			routes: [
				route('old', `hostnames: [a.example.com], rules: [${path('/taken')}]`),
				route(
					'young',
					`hostnames: [a.example.com, b.example.com], rules: [{matches: [{path: {type: PathPrefix, value: /taken}}, {path: {type: PathPrefix, value: /free}}]}]`,
					'2026-02-01T00:00:00Z',
				),
			],
		};
		const {profile} = contour.gateway!;
		expect(won(given, requestTo('http://b.example.com/free')).winner).toBe('young/0');
		expect(won(given, requestTo('http://b.example.com/free'), profile({flags: {}}))).toEqual({
			winner: undefined,
			why: 'left out: an older route has the same match for one of its hosts',
		});
	});

	test('Contour leaves out a match of a GRPCRoute that does not name service and method, both exactly', () => {
		const method = (given: string) =>
			route('r', `rules: [{matches: [{method: {${given}}}], backendRefs: [{name: web, port: 80}]}]`).replace(
				'HTTPRoute',
				'GRPCRoute',
			);
		const {profile} = contour.gateway!;
		const asked = {...requestTo('http://x/shop.Cart/Add'), method: 'POST'};
		const taken = (given: string) => won({routes: [method(given)]}, asked, profile({flags: {}})).winner;
		expect(taken('service: shop.Cart, method: Add')).toBe('r/0');
		expect(taken('service: shop.Cart')).toBeUndefined();
		expect(taken('type: RegularExpression, service: shop.*, method: Add')).toBeUndefined();
		expect(won({routes: [method('service: shop.Cart')]}, asked).winner).toBe('r/0');
	});

	test('Contour asks the later of two regular expressions of one length first, whatever headers they have', () => {
		const more = ', headers: [{name: x, value: "1"}]';
		const expressions = [
			path('/.*/bar', more, 'RegularExpression'),
			path('/foo/.*', '', 'RegularExpression'),
		];
		const to = 'backendRefs: [{name: web, port: 80}]';
		const rules = expressions.map((rule) => rule.replace(/\}$/u, `, ${to}}`)).join(', ');
		const given = {routes: [route('r', `rules: [${rules}]`)]};
		const asked = {...requestTo('http://x/foo/bar'), headers: [{name: 'x', value: '1'}]};
		const {profile} = contour.gateway!;
		expect(won(given, asked).winner).toBe('r/0');
		expect(won(given, asked, profile({flags: {}})).winner).toBe('r/1');
	});

	test('a redirect of Contour takes requests with any query', () => {
		const redirect = 'filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]';
		const given = {
			routes: [
				route('r', `rules: [{matches: [{queryParams: [{name: a, value: "1"}]}], ${redirect}}, ${path('/')}]`),
			],
		};
		const {profile} = contour.gateway!;
		expect(won(given, requestTo('http://x/')).winner).toBe('r/1');
		expect(won(given, requestTo('http://x/'), {...profile({flags: {}}), dropsConflicts: false}).winner).toBe(
			'r/0',
		);
	});
});
