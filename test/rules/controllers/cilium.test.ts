import {expect, test} from 'vitest';
import type {HttpRequest} from '../../../source/model/request.ts';
import {routeByCilium} from '../../../source/rules/controllers/cilium/route.ts';
import {httpRequest} from '../../helpers/http-request.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ingress} from '../../path/route/route-situation.ts';

const host = 'app.example.com';

const routed = (text: string, asked: Partial<HttpRequest>, settings = {}, secure = [host]) =>
	routeByCilium({
		request: {...httpRequest, ...asked},
		ingresses: snapshotOf(text).list('Ingress'),
		settings,
		secureHosts: new Set(secure),
		backendState: () => ({type: 'ready'}),
	});

const withTls = (annotations: string) =>
	ingress('site', ['/ Prefix web'], {annotations, more: `tls: [{hosts: [${host}], secretName: app-tls}]`});

test.each([
	['{}', {}, 301],
	['{}', {'enforce-ingress-https': 'false'}, undefined],
	['{ingress.cilium.io/force-https: disabled}', {}, undefined],
	['{ingress.cilium.io/force-https: enabled}', {'enforce-ingress-https': 'false'}, 301],
])('http of a host with TLS, annotations %s and %o, is redirected by %s', (annotations, settings, status) => {
	expect(routed(withTls(annotations), {}, settings).redirect?.status).toBe(status);
});

test('http of a host without TLS is not redirected', () => {
	expect(routed(ingress('site', ['/ Prefix web']), {}).redirect).toBeUndefined();
});

const passing = (path: string) =>
	ingress('site', [`${path} Prefix web`], {annotations: '{ingress.cilium.io/tls-passthrough: enabled}'});

test('a passthrough takes any path of its host over https, and nothing over http', () => {
	expect(routed(passing('/'), {scheme: 'https', urlPath: '/a'})).toMatchObject({
		matched: {value: '/'},
		passesTls: true,
	});
	expect(routed(passing('/'), {}).matched).toBeUndefined();
});

test('a passthrough of another path than / is left out, and the handshake ends', () => {
	expect(routed(passing('/app'), {scheme: 'https', urlPath: '/app'})).toMatchObject({
		stopWithoutRule: 'tls-error',
		losers: [{why: 'annotation tls-passthrough takes a host with the path / alone'}],
	});
});

test('over https, a host without TLS entry is told how to get one', () => {
	const {losers} = routed(ingress('site', ['/ Prefix web']), {scheme: 'https'}, {}, ['*.example.com']);
	expect(losers).toMatchObject([
		{
			why: `no TLS entry serves its host ${host}`,
			remedy: `Name ${host} and an existing Secret in spec.tls of its Ingress, or use http.`,
		},
	]);
});
