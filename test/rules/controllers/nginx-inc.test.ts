import {expect, test} from 'vitest';
import type {HttpRequest} from '../../../source/model/request.ts';
import {routeByNginxInc} from '../../../source/rules/controllers/nginx-inc/route.ts';
import {httpRequest} from '../../helpers/http-request.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ingress} from '../../path/route/route-situation.ts';

const request: HttpRequest = {
	...httpRequest,
	query: [{name: 'a', value: '1'}],
};

const routed = (texts: readonly string[], asked: Partial<HttpRequest>, settings = {}) =>
	routeByNginxInc({
		request: {...request, ...asked},
		ingresses: snapshotOf(texts.join('\n---\n')).list('Ingress'),
		settings,
		backendState: () => ({type: 'ready'}),
	});

const withTls = (annotations: string) => [
	ingress('site', ['/ Prefix web'], {
		annotations,
		more: 'tls: [{hosts: [app.example.com], secretName: app-tls}]',
	}),
];

test('http of a host with TLS is sent to https with the port', () => {
	expect(routed(withTls('{}'), {}).redirect).toMatchObject({
		status: 301,
		location: 'https://app.example.com:443/?a=1',
	});
});

test.each([
	['annotation nginx.org/ssl-redirect', '{nginx.org/ssl-redirect: "false"}', {}],
	['annotation ingress.kubernetes.io/ssl-redirect', '{ingress.kubernetes.io/ssl-redirect: "False"}', {}],
	['the ConfigMap', '{}', {'ssl-redirect': 'False'}],
])('%s turns that off', (_, annotations, settings) => {
	expect(routed(withTls(annotations), {}, settings).redirect).toBeUndefined();
});

test.each([
	['http', 'https://app.example.com/?a=1'],
	['https', undefined],
])('redirect-to-https asks whether the load balancer says %s', (said, location) => {
	const headers = [{name: 'X-Forwarded-Proto', value: said}];
	const site = ingress('site', ['/ Prefix web'], {annotations: '{nginx.org/redirect-to-https: "true"}'});
	expect(routed([site], {headers}).redirect?.location).toBe(location);
});

test('app-root is for the path / alone', () => {
	const site = [ingress('site', ['/ Prefix web'], {annotations: '{nginx.org/app-root: /home}'})];
	expect(routed(site, {}).redirect?.location).toBe('http://app.example.com/home');
	expect(routed(site, {urlPath: '/a'}).redirect).toBeUndefined();
});

test('regular expressions go before longer texts, in the order in which they are listed, and behind exact paths', () => {
	const annotations = '{nginx.org/path-regex: case_insensitive}';
	const site = [ingress('site', ['/A Prefix web', '/a/b Prefix api'], {annotations})];
	expect(routed(site, {urlPath: '/a/b'}).matched?.value).toBe('/A');
});

test('a master with paths is rejected, and its minions have no host', () => {
	const master = ingress('site', ['/ Prefix web'], {
		annotations: '{nginx.org/mergeable-ingress-type: master}',
	});
	const minion = ingress('api', ['/api Prefix api'], {
		annotations: '{nginx.org/mergeable-ingress-type: minion}',
		age: 2,
	});
	expect(routed([master, minion], {urlPath: '/api'}).losers.map(({why}) => why)).toEqual([
		'a master has one host and no paths, or it is rejected',
		'it is a minion, and no valid master has the host',
	]);
});

test.each([
	['false', 1, []],
	['true', 0, ['rules without a host, with flag allow-empty-ingress-host']],
])('with allow-empty-ingress-host=%s rules without a host are rejected: %i', (flag, rejected, undecided) => {
	const site = ingress('site', ['/ Prefix web'], {host: ''});
	const decision = routed([site], {}, {'allow-empty-ingress-host': flag});
	expect(decision.matched).toBeUndefined();
	expect(decision.losers).toHaveLength(rejected);
	expect(decision.undecided).toEqual(undecided);
});

const flags = {'nginx-plus': 'false', 'enable-snippets': 'false'};

test.each([
	['nginx.org/location-snippets: ""', 'needs the flag enable-snippets'],
	['nginx.com/health-checks: ""', 'is for NGINX Plus alone'],
	['nginx.org/lb-method: least_con', 'has a value that is not valid'],
	['nginx.org/lb-method: hash $request_uri twice', 'has a value that is not valid'],
	['nginx.org/proxy-connect-timeout: ten', 'has a value that is not valid'],
	['nginx.org/hsts: "yes"', 'has a value that is not valid'],
	['nginx.org/listen-ports: "80, 8080"', 'has a value that is not valid'],
])('annotation %s makes the controller reject the Ingress', (annotation, why) => {
	const site = [ingress('site', ['/ Prefix web'], {annotations: `{${annotation}}`})];
	expect(routed(site, {}, flags).losers[0]?.why).toContain(why);
	expect(routed(site, {}).matched).toBeDefined();
});

test.each([
	['nginx.org/location-snippets: ""', {'enable-snippets': 'true'}],
	['nginx.com/health-checks: ""', {'nginx-plus': ''}],
	['nginx.org/lb-method: random two least_time=header', {'nginx-plus': 'true'}],
	['nginx.org/lb-method: round_robin', flags],
	['nginx.org/lb-method: " least_conn"', flags],
	['nginx.org/lb-method: hash $request_uri', flags],
	['nginx.org/lb-method: hash $request_uri consistent', flags],
	['nginx.org/client-max-body-size: "20m "', flags],
	['nginx.org/server-tokens: custom', {'nginx-plus': 'true'}],
	['nginx.org/proxy-connect-timeout: 1m 30s', flags],
	['nginx.org/proxy-read-timeout: "120"', flags],
	['nginx.org/client-max-body-size: 20m', flags],
	['nginx.org/listen-ports: "80,8080"', flags],
])('annotation %s is allowed with %o', (annotation, settings) => {
	const site = [ingress('site', ['/ Prefix web'], {annotations: `{${annotation}}`})];
	expect(routed(site, {}, settings).matched).toBeDefined();
});

test('an Ingress that is rejected owns no host', () => {
	const old = ingress('old', ['/ Prefix web'], {annotations: '{nginx.org/hsts: "on"}'});
	const young = ingress('young', ['/ Prefix api'], {age: 2});
	expect(routed([old, young], {}, flags).matched?.ingress.name).toBe('young');
});
