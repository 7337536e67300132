import {expect, test} from 'vitest';
import {gatewayEntries} from '../../../source/path/route/gateway/gateway-entries.ts';
import {gatewaysFor} from '../../../source/rules/gateway-api/listeners/gateways-for.ts';
import {routeRequests} from '../../../source/path/route/gateway/route-requests.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {healthy, httpRoute} from '../../rules/gateway-api/fixtures.ts';

const toWeb = 'backendRefs: [{name: web, port: 80}]';

test('every host and path of a route is an entry, and every Gateway', () => {
	const snapshot = snapshotOf(
		healthy +
			httpRoute(
				'r',
				`hostnames: [a.example.com, "*.b.example.com"], rules: [{matches: [{path: {type: PathPrefix, value: /api}}, {path: {type: PathPrefix, value: /api}, method: POST}], ${toWeb}}]`,
			),
	);
	expect(gatewayEntries(snapshot, 'shop')).toEqual([
		{
			id: 'HTTPRoute/shop/r/a.example.com/api',
			title: 'a.example.com/api',
			namespace: 'shop',
			target: 'http://a.example.com/api',
			subject: {kind: 'HTTPRoute', namespace: 'shop', name: 'r'},
		},
		{
			id: 'HTTPRoute/shop/r/*.b.example.com/api',
			title: '*.b.example.com/api',
			namespace: 'shop',
			target: 'httproute/shop/r',
			subject: {kind: 'HTTPRoute', namespace: 'shop', name: 'r'},
		},
		{
			id: 'Gateway/shop/gw',
			title: 'gateway/gw',
			namespace: 'shop',
			target: 'gateway/shop/gw',
			subject: {kind: 'Gateway', namespace: 'shop', name: 'gw'},
		},
	]);
	expect(gatewayEntries(snapshot, 'other')).toEqual([]);
});

test('a cluster without Gateway API has no such entries', () => {
	const absent = {state: 'absent', why: 'not-installed'} as const;
	expect(gatewayEntries(snapshotOf('', {states: {Gateway: absent, HTTPRoute: absent}}), undefined)).toEqual(
		[],
	);
});

test('a route asks for its matches: method, headers, query and a path that an expression takes', () => {
	const snapshot = snapshotOf(
		healthy +
			httpRoute(
				'r',
				String.raw`hostnames: [a.example.com], rules: [{matches: [{path: {type: RegularExpression, value: '/v\d+/x'}, method: POST, headers: [{name: x-user, value: "7"}], queryParams: [{name: q, value: "1"}]}]}]`,
			),
	);
	const [route] = snapshot.list('HTTPRoute');
	expect(route && routeRequests(snapshot, route)).toEqual([
		{
			place: 'a.example.com/v1/x',
			plain: false,
			target: {
				kind: 'url',
				text: 'POST http://a.example.com/v1/x?q=1 (x-user: 7)',
				schemeGiven: true,
				request: {
					scheme: 'http',
					host: 'a.example.com',
					port: 80,
					urlPath: '/v1/x',
					method: 'POST',
					headers: [{name: 'x-user', value: '7'}],
					query: [{name: 'q', value: '1'}],
				},
			},
		},
	]);
});

const named = (yaml: string, host: string, focus = {}) =>
	gatewaysFor(snapshotOf(yaml), host, focus).map(
		({gateway, routes, fit}) =>
			`${gateway.namespace}/${gateway.name} ${fit} ${routes.map(({name}) => name).join(',')}`,
	);

test('finds Gateways by routes that name the host, also one that does not exist', () => {
	const yaml =
		healthy +
		httpRoute('wild', 'hostnames: ["*.example.com"], rules: []') +
		httpRoute('orphan', 'hostnames: [a.example.com], rules: []').replace(
			'parentRefs: [{name: gw}]',
			'parentRefs: [{name: gone}]',
		) +
		httpRoute('any', 'rules: []');
	expect(named(yaml, 'a.example.com')).toEqual(['shop/gone 3 orphan', 'shop/gw 2 wild']);
	expect(named(yaml, 'a.example.net')).toEqual(['shop/gw 1 any']);
	expect(named(yaml, 'a.example.com', {object: {kind: 'Gateway', namespace: 'shop', name: 'gw'}})).toEqual([
		'shop/gw 2 wild',
	]);
	expect(named(yaml, 'a.example.com', {object: {kind: 'HTTPRoute', namespace: 'shop', name: 'any'}})).toEqual(
		['shop/gw 1 any'],
	);
	expect(named(yaml, 'a.example.com', {namespace: 'other'})).toEqual([]);
});

test('finds a Gateway by the hostname of a listener, without any route', () => {
	const yaml = healthy.replace('protocol: HTTP}', 'protocol: HTTP, hostname: "*.example.com"}');
	expect(named(yaml, 'a.example.com')).toEqual(['shop/gw 2 ']);
	expect(named(yaml, 'example.com')).toEqual([]);
});
