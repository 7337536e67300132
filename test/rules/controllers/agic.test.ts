import {expect, test} from 'vitest';
import type {HttpRequest} from '../../../source/model/request.ts';
import {routeByAgic} from '../../../source/rules/controllers/agic/route.ts';
import {httpRequest} from '../../helpers/http-request.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ingress} from '../../path/route/route-situation.ts';

const routed = (texts: readonly string[], asked: Partial<HttpRequest>, secureHosts?: ReadonlySet<string>) =>
	routeByAgic({
		request: {...httpRequest, ...asked},
		ingresses: snapshotOf(texts.join('\n---\n')).list('Ingress'),
		settings: {},
		backendState: () => ({type: 'ready'}),
		secureHosts,
	});

const taken = (...input: Parameters<typeof routed>) => {
	const {matched} = routed(...input);
	return matched && `${matched.ingress.name} ${matched.value}`;
};

test('paths are tried as they are listed, by the names of the Ingresses, and what catches all is the last', () => {
	const first = ingress('a', ['/ Prefix web', '/api Prefix web', '/api/v2 Prefix api'], {age: 2});
	expect(taken([first], {urlPath: '/api/v2/x'})).toBe('a /api');
	expect(taken([ingress('b', ['/api/v2 Prefix api']), first], {urlPath: '/api/v2/x'})).toBe('a /api');
	expect(taken([first], {urlPath: '/x'})).toBe('a /');
});

test('Prefix is text, Exact is not, and / catches all of any type', () => {
	const site = [ingress('a', ['/app Prefix web', '/one* Exact web'])];
	expect(taken(site, {urlPath: '/application'})).toBe('a /app');
	expect(taken(site, {urlPath: '/one'})).toBe('a /one*');
	expect(taken(site, {urlPath: '/one/more'})).toBeUndefined();
	expect(taken([ingress('a', ['/ Exact web'])], {urlPath: '/x'})).toBe('a /');
});

const more = 'tls: [{hosts: [app.example.com], secretName: app-tls}]';

test('a host with a certificate has no http listener', () => {
	expect(routed([ingress('a', ['/ Prefix web'], {more})], {})).toMatchObject({
		stopWithoutRule: 'nobody',
		losers: [{why: 'its host has a certificate, so it has an https listener alone'}],
	});
	expect(taken([ingress('a', ['/ Prefix web'], {more})], {scheme: 'https', port: 443})).toBe('a /');
});

test('without its Secret it has the http listener', () => {
	expect(taken([ingress('a', ['/ Prefix web'], {more})], {}, new Set())).toBe('a /');
});

test('ssl-redirect gives it both, and redirects http', () => {
	const annotations = '{appgw.ingress.kubernetes.io/ssl-redirect: "true"}';
	expect(routed([ingress('a', ['/ Prefix web'], {more, annotations})], {}).redirect).toMatchObject({
		status: 301,
		location: 'https://app.example.com/',
	});
	expect(routed([ingress('a', ['/ Prefix web'], {annotations})], {}).redirect).toBeUndefined();
});

test.each([
	['{appgw.ingress.kubernetes.io/override-frontend-port: "8080"}', 80, undefined],
	['{appgw.ingress.kubernetes.io/override-frontend-port: "8080"}', 8080, 'a /'],
])('%s at port %i: %s', (annotations, port, found) => {
	expect(taken([ingress('a', ['/ Prefix web'], {annotations})], {port})).toBe(found);
});

test.each([
	['a host that no listener of the port has', 'x.example.com', 'answered-404'],
	['a host with a listener', 'app.example.com', undefined],
])('%s is answered by the gateway: %s', (_, host, stop) => {
	const decision = routed([ingress('a', ['/api Prefix web'])], {host});
	expect(decision.matched).toBeUndefined();
	expect(decision.stopWithoutRule).toBe(stop);
});

test('a rule without a host is a listener for all hosts', () => {
	const sites = [ingress('a', ['/ Prefix web']), ingress('b', ['/api Prefix web'], {host: ''})];
	expect(routed(sites, {host: 'x.example.com'}).stopWithoutRule).toBeUndefined();
});

test('hostname-extension gives the rules further hosts', () => {
	const annotations = '{appgw.ingress.kubernetes.io/hostname-extension: "www.example.com, m.example.com"}';
	expect(taken([ingress('a', ['/ Prefix web'], {annotations})], {host: 'm.example.com'})).toBe('a /');
	expect(taken([ingress('a', ['/ Prefix web'], {annotations})], {host: 'x.example.com'})).toBeUndefined();
});
