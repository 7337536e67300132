import {load} from 'js-yaml';
import {describe, expect, test} from 'vitest';
import type {OpenShiftRoute} from '../../../source/model/routes/openshift-route.ts';
import {project} from '../../../source/projection/project.ts';
import type {Wire} from '../../../source/projection/wire.ts';
import {admissionOf, claimed, routersOf, routesOn} from '../../../source/rules/openshift/admission.ts';
import {portsFor, weighed} from '../../../source/rules/openshift/backends.ts';
import {choose, fitsHost, fitsPath} from '../../../source/rules/openshift/choose.ts';
import {objects, request} from '../istio/objects.ts';

// Tables of openshift/router of 2026-08-04: pkg/router/template/util/util_test.go, util/haproxy/map_entry_test.go,
// pkg/router/controller/hostindex/hostindex_test.go, pkg/router/template/router_test.go.

function route(name: string, spec: string, metadata = ''): OpenShiftRoute {
	const yaml = `{kind: Route, metadata: {namespace: shop, name: ${name}${metadata}}, spec: ${spec}}`;
	return project('OpenShiftRoute', load(yaml) as Wire);
}

test.each([
	['', '/', true],
	['', '/sub/', true],
	['/', '/sub', true],
	['/sub/', '/sub/', true],
	['/sub/', '/sub/subsub', true],
	['/sub/', '/sub', false],
	['/sub/', '/subpar', false],
	['/sub', '/sub', true],
	['/sub', '/sub/', true],
	['/sub', '/sub/subsub', true],
	['/sub', '/', false],
	['/sub', '/subpar', false],
])('path %j and %s: %s', (path, urlPath, expected) => {
	expect(fitsPath(path, urlPath)).toBe(expected);
});

test.each([
	['None', 'www.example.com', true],
	['None', 'foo.example.com', false],
	['Subdomain', 'www.example.com', true],
	['Subdomain', 'foo.example.com', true],
	['Subdomain', 'wwwexample.com', false],
	['Subdomain', 'foo.bar.example.com', false],
])('wildcardPolicy %s of www.example.com and %s: %s', (wildcardPolicy, host, expected) => {
	expect(fitsHost(route('a', `{host: www.example.com, wildcardPolicy: ${wildcardPolicy}}`), host)).toBe(
		expected,
	);
});

describe('which Route takes a request', () => {
	const plain = route('plain', '{host: a.com}');
	const api = route('api', '{host: a.com, path: /api}');
	const edge = route('edge', '{host: b.com, tls: {termination: edge}}');
	const redirect = route(
		'redirect',
		'{host: c.com, tls: {termination: edge, insecureEdgeTerminationPolicy: Redirect}}',
	);
	const allow = route(
		'allow',
		'{host: d.com, tls: {termination: reencrypt, insecureEdgeTerminationPolicy: Allow}}',
	);
	const pass = route(
		'pass',
		'{host: e.com, tls: {termination: passthrough, insecureEdgeTerminationPolicy: Redirect}}',
	);
	const wide = route('wide', '{host: x.a.com, wildcardPolicy: Subdomain}');
	const all = [plain, api, edge, redirect, allow, pass, wide];

	function by(url: string): string {
		const choice = choose(all, request(url));
		switch (choice.type) {
			case 'redirect':
				return `${choice.route.name} → ${choice.location}`;
			case 'route':
				return `${choice.route.name} ${choice.toPods}`;
			case 'nothing':
				return `503${choice.otherScheme.map(({name}) => ` ${name}`).join('')}`;
		}
	}

	test.each([
		['http://a.com/', 'plain http'],
		['http://a.com/apix', 'plain http'],
		['http://a.com/api/v1', 'api http'],
		['https://a.com/', '503 plain'],
		['http://b.com/', '503 edge'],
		['https://b.com/', 'edge http'],
		['http://c.com/x', 'redirect → https://c.com/x'],
		['https://c.com/x', 'redirect http'],
		['http://d.com/', 'allow https'],
		['https://d.com/', 'allow https'],
		['http://e.com/', 'pass → https://e.com/'],
		['https://e.com/any', 'pass as-it-comes'],
		['http://y.a.com/', 'wide http'],
		['http://z.y.a.com/', '503'],
	])('%s: %s', (url, expected) => {
		expect(by(url)).toBe(expected);
	});
});

describe('which Routes a host has', () => {
	const at = (name: string, uid: string, more: string, namespace = 'shop') => ({
		...route(name, `{host: a.com${more}}`, `, uid: '${uid}'`),
		namespace,
	});
	const names = (...routes: readonly OpenShiftRoute[]) => claimed(routes).map(({name}) => name);

	test('the oldest of a path, and only those of the namespace of the oldest of the host', () => {
		expect(names(at('second', '2', ''), at('first', '1', ''))).toEqual(['first']);
		expect(names(at('root', '1', ''), at('sub', '2', ', path: /sub'))).toEqual(['root', 'sub']);
		expect(names(at('root', '1', ''), at('sub', '2', ', path: /sub', 'other'))).toEqual(['root']);
	});

	test('TLS passthrough stands beside no other path of TLS', () => {
		const pass = at('pass', '1', ', tls: {termination: passthrough}');
		expect(names(pass, at('edge', '2', ', path: /sub, tls: {termination: edge}'))).toEqual(['pass']);
		expect(names(pass, at('plain', '2', ', path: /sub'))).toEqual(['pass', 'plain']);
	});

	test('what a router says of a Route', () => {
		const said = (status: string, reason: string) =>
			project(
				'OpenShiftRoute',
				load(`
kind: Route
metadata: {namespace: shop, name: a}
spec: {host: a.com}
status:
  ingress:
    - {routerName: default, host: a.com, conditions: [{type: Admitted, status: '${status}', reason: ${reason}, message: m}]}
    - {routerName: inner, host: a.com, conditions: [{type: Admitted, status: 'True'}]}
`) as Wire,
			);
		const refused = said('False', 'HostAlreadyClaimed');
		expect(admissionOf(refused)).toMatchObject({
			admittedBy: ['inner'],
			refusals: [{routerName: 'default', condition: {reason: 'HostAlreadyClaimed'}}],
			isUnseen: false,
		});
		expect(routersOf([refused])).toEqual(['default', 'inner']);
		expect(routesOn('default', [refused])).toEqual([]);
		expect(routesOn('inner', [refused])).toEqual([refused]);
		expect(admissionOf(route('new', '{host: a.com}')).isUnseen).toBe(true);
	});
});

test.each([
	['{to: {name: a}}', {a: 1}],
	['{to: {name: a, weight: 1}, alternateBackends: [{name: b, weight: 3}]}', {a: 0.25, b: 0.75}],
	['{to: {name: a, weight: 0}, alternateBackends: [{name: b, weight: 3}]}', {a: 0, b: 1}],
	['{to: {name: a, weight: 0}}', {a: 0}],
	['{to: {name: a, weight: 300}, alternateBackends: [{name: b, weight: 256}]}', {a: 0.5, b: 0.5}],
])('%s is shared as %j', (spec, expected) => {
	const shares = weighed(route('a', spec)).map(({name, share}) => [name, share]);
	expect(Object.fromEntries(shares)).toEqual(expected);
});

test.each([
	['', ['http', 'admin'], []],
	[', port: {targetPort: http}', ['http'], []],
	[', port: {targetPort: 9090}', ['admin'], ['http']],
	[", port: {targetPort: '9090'}", ['admin'], ['http']],
	[', port: {targetPort: 80}', [], ['http']],
	[', port: {targetPort: web}', [], []],
])('a Route with %j takes the ports %j, and perhaps %j', (port, surely, maybe) => {
	const [service] = objects(
		'Service',
		`{kind: Service, spec: {ports: [{name: http, port: 80, targetPort: web}, {name: admin, port: 81, targetPort: 9090}]}}`,
	);
	const found = portsFor(route('a', `{host: a.com${port}}`), service!);
	expect(found.surely.map(({name}) => name)).toEqual(surely);
	expect(found.maybe.map(({name}) => name)).toEqual(maybe);
});
