import {expect, test} from 'vitest';
import {backendsOf, codes, ingress, route} from '../../path/route/route-situation.ts';

// Each as a running Contour 1.33.8 answered.
const profile = 'contour';
const at = (path: string, scheme = 'http') => ({profile, url: `${scheme}://app.example.com${path}`}) as const;
const secret =
	'{apiVersion: v1, kind: Secret, metadata: {name: there, namespace: shop}, type: kubernetes.io/tls}';

test('a virtual host for a wildcard hides rules for any host, also where the wildcard does not fit', () => {
	const any = ingress('any', ['/ Prefix api'], {host: ''});
	const wildcard = ingress('wide', ['/x Prefix web'], {host: '*.example.com'});
	const deep = {profile, url: 'http://a.b.example.com/'} as const;
	expect(backendsOf(route([any], deep))).toEqual(['api:80']);
	expect(backendsOf(route([any, wildcard], deep))).toEqual([]);
});

test('of a path that stands twice in one Ingress the last one counts', () => {
	expect(backendsOf(route([ingress('i', ['/a Prefix web', '/a/ Prefix api'])], at('/a')))).toEqual([
		'api:80',
	]);
});

test('Prefix / and ImplementationSpecific / are of one rank (KNET405)', () => {
	const both = [ingress('i', ['/ Prefix web']), ingress('j', ['/ ImplementationSpecific api'])];
	expect(codes(route(both, at('/')))).toEqual(['KNET405 warning']);
});

test('annotation force-ssl-redirect redirects, and allow-http keeps rules from http', () => {
	const forced = ingress('i', ['/ Prefix web'], {
		annotations: '{ingress.kubernetes.io/force-ssl-redirect: "true"}',
	});
	expect(route([forced], at('/y')).hop.details?.changes).toEqual([
		'redirects to https://app.example.com/y (301)',
	]);
	const closed = ingress('i', ['/ Prefix web'], {annotations: '{kubernetes.io/ingress.allow-http: "false"}'});
	expect(codes(route([closed], at('/')))).toEqual(['KNET401 error']);
});

test('https ends in the handshake where no TLS entry of the host has a Secret, whatever rule would take it', () => {
	const without = ingress('i', ['/ Prefix web'], {
		more: 'tls: [{hosts: [app.example.com], secretName: gone}]',
	});
	const found = route([without], at('/', 'https'));
	expect([codes(found), found.stop]).toEqual([['KNET407 error'], 'tls-error']);
	const other = ingress('j', ['/x Prefix api'], {
		more: 'tls: [{hosts: [app.example.com], secretName: there}]',
	});
	const served = route([without, other, secret], at('/', 'https'));
	expect([codes(served), backendsOf(served)]).toEqual([['KNET407 warning'], ['web:80']]);
});
