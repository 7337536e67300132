import {expect, test} from 'vitest';
import type {HttpRequest} from '../../../source/model/request.ts';
import {haproxyTech} from '../../../source/rules/controllers/haproxy-tech.ts';
import {httpRequest} from '../../helpers/http-request.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ingress} from '../../path/route/route-situation.ts';

const routed = (texts: readonly string[], asked: Partial<HttpRequest>, settings = {}) =>
	haproxyTech.ingress!.route({
		request: {...httpRequest, ...asked},
		ingresses: snapshotOf(texts.join('\n---\n')).list('Ingress'),
		settings,
		backendState: (_ingress, backend) =>
			backend.type === 'service' && backend.name === 'gone' ? {type: 'no-service'} : {type: 'ready'},
	});

const pathOf = (...input: Parameters<typeof routed>) => routed(...input).matched?.value;

test('a rule without a host is for hosts that no rule names', () => {
	const any = ingress('any', ['/admin Prefix web'], {host: ''});
	expect(pathOf([any, ingress('site', ['/app Prefix web'])], {urlPath: '/admin'})).toBeUndefined();
	expect(pathOf([any], {urlPath: '/admin', host: 'other.example.com'})).toBe('/admin');
});

test('an exact path goes first, then the longer entry of the map', () => {
	const site = [ingress('site', ['/foo/ Prefix web', '/foo Exact web', '/foo/b ImplementationSpecific web'])];
	expect(pathOf(site, {urlPath: '/foo'})).toBe('/foo');
	expect(pathOf(site, {urlPath: '/foo/bar'})).toBe('/foo/b');
	expect(pathOf(site, {urlPath: '/foo/a'})).toBe('/foo/');
});

test('a path to a missing Service is left out, and the shorter one answers', () => {
	expect(pathOf([ingress('site', ['/ Prefix web', '/api Prefix gone'])], {urlPath: '/api'})).toBe('/');
});

const more = 'tls: [{hosts: [app.example.com], secretName: app-tls}]';

test.each([
	[{}, 'https://app.example.com:8443/'],
	[{'ssl-redirect-port': '443'}, 'https://app.example.com:443/'],
	[{'ssl-redirect': 'false'}, undefined],
])('an Ingress with TLS and settings %o redirects http to %s', (settings, location) => {
	expect(routed([ingress('site', ['/ Prefix web'], {more})], {}, settings).redirect?.location).toBe(location);
});

test('request-redirect sends to another host', () => {
	const site = ingress('site', ['/ Prefix web'], {
		annotations: '{haproxy.org/request-redirect: "https://new.example.com"}',
	});
	expect(routed([site], {urlPath: '/a'}).redirect?.location).toBe('https://new.example.com/a');
});

test('a list of clients is no doubt', () => {
	const site = ingress('site', ['/ Prefix web'], {annotations: '{haproxy.org/allow-list: 192.0.2.0/24}'});
	expect(routed([site], {})).toMatchObject({
		assumption: undefined,
		sources: {annotation: 'haproxy.org/allow-list', allowed: '192.0.2.0/24'},
	});
});

test('a file of clients is a doubt', () => {
	const site = ingress('site', ['/ Prefix web'], {annotations: '{haproxy.org/allow-list: patterns/ips}'});
	expect(routed([site], {}).assumption).toContain('a file of addresses');
});

test('auth-type asks for credentials, which is no doubt', () => {
	const annotations = '{haproxy.org/auth-type: basic-auth, haproxy.org/auth-secret: team/users}';
	const {asked, assumption} = routed([ingress('site', ['/ Prefix web'], {annotations})], {});
	expect(assumption).toBeUndefined();
	expect(asked).toEqual({by: 'annotation auth-type', secret: {namespace: 'team', name: 'users'}});
});

const passed = {annotations: '{haproxy.org/ssl-passthrough: "true"}'};

test('TLS that is passed on needs the host of a rule', () => {
	const hostless = ingress('gateway', ['/ Prefix web'], {host: '', ...passed});
	expect(pathOf([hostless], {scheme: 'https', port: 443})).toBeUndefined();
	expect(routed([hostless], {scheme: 'https', port: 443})).toMatchObject({
		losers: [{why: 'annotation ssl-passthrough needs the host of a rule'}],
	});
	expect(pathOf([ingress('gateway', ['/ Prefix web'], {host: ''})], {scheme: 'https', port: 443})).toBe('/');
});

test.each([
	['https', {tls: true, setBy: 'annotation haproxy.org/ssl-passthrough'}],
	['http', {tls: false, setBy: 'annotation haproxy.org/server-ssl'}],
] as const)(
	'an Ingress with ssl-passthrough speaks to the backend as the client does: %s',
	(scheme, spoken) => {
		const [own] = snapshotOf(ingress('gateway', ['/ Prefix web'], passed)).list('Ingress');
		const service = snapshotOf(
			'{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {}}',
		).list('Service')[0]!;
		expect(haproxyTech.ingress!.speaks!({ingress: own!, service, scheme} as never, {})).toMatchObject(spoken);
	},
);

test('what plain HTTP gets from an Ingress with ssl-passthrough is not known', () => {
	expect(routed([ingress('gateway', ['/ Prefix web'], passed)], {scheme: 'http'}).assumption).toContain(
		'ssl-passthrough',
	);
});

const canary = (acl: string, headers: HttpRequest['headers'] = []) => {
	const services = snapshotOf(
		`{apiVersion: v1, kind: Service, metadata: {name: beta, namespace: shop, annotations: {haproxy.org/route-acl: '${acl}'}}, spec: {ports: [{port: 80}]}}`,
	);
	const texts = [ingress('site', ['/ Prefix web']), ingress('canary', ['/ Prefix beta'], {age: 9})];
	return haproxyTech.ingress!.route({
		request: {...httpRequest, headers},
		ingresses: snapshotOf(texts.join('\n---\n')).list('Ingress'),
		settings: {},
		backendState: () => ({type: 'ready'}),
		serviceOf: (_ingress, backend) =>
			backend.type === 'service'
				? services.list('Service').find(({name}) => name === backend.name)
				: undefined,
	});
};

test.each([
	['cookie(staging) -m found', [], 'site', undefined],
	['cookie(staging) -m found', [{name: 'Cookie', value: 'a=1; staging=x'}], 'canary', undefined],
	['req.hdr(X-Beta) -m found', [{name: 'x-beta', value: '1'}], 'canary', undefined],
	[
		'rand(100) lt 25',
		[],
		'site',
		'annotation haproxy.org/route-acl of a Service, whose condition is not read',
	],
])('route-acl %s with %o leads to Ingress %s', (acl, headers, expected, assumption) => {
	const {matched, assumption: open} = canary(acl, headers);
	expect(matched?.ingress.name).toBe(expected);
	expect(open).toBe(assumption);
});
