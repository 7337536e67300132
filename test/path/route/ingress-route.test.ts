import {describe, expect, test} from 'vitest';
import {backendsOf, codes, ingress, route} from './route-situation.ts';

const site = ingress('site', ['/api Prefix api:http', '/ Prefix web']);

describe('a rule that takes the request', () => {
	test('is shown with its backend, and silent', () => {
		const resolved = route([site], {url: 'http://app.example.com/api/x'});
		expect(resolved.hop).toEqual({
			kind: 'route',
			status: 'ok',
			basis: 'objects',
			subject: {kind: 'Ingress', namespace: 'shop', name: 'site'},
			summary: 'Prefix /api → api:http',
			findings: [],
			details: {
				matched: {
					kind: 'Ingress',
					namespace: 'shop',
					name: 'site',
					rule: 0,
					path: 0,
					host: 'app.example.com',
					pathType: 'Prefix',
					value: '/api',
				},
				backends: [{kind: 'Service', namespace: 'shop', name: 'api', port: 'http', weight: 1, share: 1}],
				losers: [
					{
						kind: 'Ingress',
						namespace: 'shop',
						name: 'site',
						rule: 0,
						path: 1,
						host: 'app.example.com',
						pathType: 'Prefix',
						value: '/',
						why: 'lower priority: 42, the winner has 45',
					},
				],
			},
		});
		expect(resolved.backends[0]?.servicePort).toEqual({number: 80, name: 'http'});
	});

	test('splits its traffic with a canary of ingress-nginx', () => {
		const canary = ingress('canary', ['/ Prefix api'], {
			annotations:
				'{nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "20", nginx.ingress.kubernetes.io/canary-by-header: x-new}',
		});
		const documents = [ingress('site', ['/ Prefix web']), canary];
		const shares = route(documents, {profile: 'ingress-nginx'});
		expect(shares.backends.map(({name, share}) => [name, share])).toEqual([
			['web', 0.8],
			['api', 0.2],
		]);
		expect(codes(shares)).toEqual([]);
		const always = route(documents, {profile: 'ingress-nginx', headers: [{name: 'X-New', value: 'always'}]});
		expect(always.backends.find(({share}) => share === 1)?.name).toBe('api');
	});

	test('says that ingress-nginx redirects a host with TLS', () => {
		const secure = ingress('site', ['/ Prefix web'], {more: 'tls: [{hosts: [app.example.com]}]'});
		const resolved = route([secure], {profile: 'ingress-nginx', url: 'http://app.example.com/a'});
		expect(resolved.redirect).toEqual({scheme: 'https', host: 'app.example.com', status: 308});
		expect(resolved.hop.summary).toBe('Prefix / → web:80, redirects to https (308)');
		expect(route([secure], {url: 'http://app.example.com/a'}).redirect).toBeUndefined();
	});

	test('redirects as an entry point of Traefik is told to', () => {
		const flags = {
			'entrypoints.web.address': ':8000/tcp',
			'entrypoints.web.http.redirections.entrypoint.to': ':443',
			'entrypoints.websecure.address': ':8443/tcp',
			'entrypoints.websecure.http.tls': 'true',
		};
		// Without a Service the entry point of port 80 is not known.
		expect(route([site], {flags}).redirect).toBeUndefined();
	});

	test('walks a regular expression by a path that it takes', () => {
		const regex = ingress('regex', ['/id/[0-9]+ ImplementationSpecific api'], {
			annotations: '{nginx.ingress.kubernetes.io/use-regex: "true"}',
		});
		const requested = {profile: 'ingress-nginx', url: 'http://app.example.com/id/'} as const;
		expect(codes(route([regex], requested))).toEqual(['KNET401 error']);
		expect(backendsOf(route([regex], {...requested, focus: 'regex'}))).toEqual(['api:80']);
	});

	test('stands for any name where its host is a wildcard', () => {
		const wild = ingress('wild', ['/ Prefix web'], {host: '*.example.com'});
		expect(backendsOf(route([wild], {url: 'http://*.example.com/'}))).toEqual(['web:80']);
	});
});

describe('KNET401', () => {
	test('shows the rules of the host', () => {
		const resolved = route([ingress('site', ['/api Exact api'])], {url: 'http://app.example.com/apis'});
		expect([codes(resolved), resolved.stop, resolved.hop.status]).toEqual([
			['KNET401 error'],
			'no-rule',
			'broken',
		]);
		expect(resolved.hop.findings[0]).toMatchObject({
			message: 'No rule that Traefik serves takes http://app.example.com/apis. The host has Exact /api.',
			evidence: [
				{
					object: 'Ingress/shop/site',
					path: 'spec.rules[0].http.paths[0]',
					value: 'app.example.com Exact /api → api:80',
				},
			],
		});
	});

	test('shows the nearest host', () => {
		const resolved = route([site], {url: 'http://ap.example.com/'});
		expect(resolved.hop.findings[0]?.message).toContain('Nearest host: app.example.com.');
	});

	test('says that the entry point has no TLS', () => {
		const flags = {'entrypoints.web.address': ':8000/tcp', 'entrypoints.websecure.address': ':8443/tcp'};
		const resolved = route([site], {url: 'https://app.example.com/', flags});
		expect(resolved.hop.findings[0]?.message).toContain(
			'Prefix / of Ingress site does not take this request: its entry point has no TLS.',
		);
		const secured = {...flags, 'entrypoints.websecure.http.tls': ''};
		expect(codes(route([site], {url: 'https://app.example.com/', flags: secured}))).toEqual([]);
	});

	test('says that Traefik refuses an annotation', () => {
		const broken = ingress('site', ['/ Prefix web'], {
			annotations: '{traefik.ingress.kubernetes.io/router.priority: high}',
		});
		expect(route([broken]).hop.findings[0]?.message).toContain('Traefik refuses annotation router.');
		const fine = broken.replace('priority: high', 'priority: "9"');
		expect(codes(route([fine]))).toEqual([]);
	});

	test('is said of an ExternalName that Traefik does not route, and of none that it does', () => {
		const outside = ingress('site', ['/ Prefix outside']);
		const resolved = route([outside]);
		expect([codes(resolved), resolved.stop]).toEqual([['KNET401 error'], 'no-rule']);
		const flags = {'providers.kubernetesingress.allowexternalnameservices': 'true'};
		expect(backendsOf(route([outside], {flags}))).toEqual(['outside:80']);
		expect(backendsOf(route([outside], {profile: 'ingress-nginx'}))).toEqual(['outside:80']);
	});
});

describe('KNET402', () => {
	const lost = ingress('site', ['/ Prefix wep']);

	test('suggests the nearest name and says what the client gets', () => {
		const resolved = route([lost]);
		expect([codes(resolved), resolved.stop, resolved.backends]).toEqual([
			['KNET402 error'],
			'no-backend',
			[],
		]);
		expect(resolved.hop.findings[0]?.message).toBe(
			'Prefix / of Ingress site sends to Service shop/wep, which does not exist: the client gets 404; did you mean web?',
		);
		expect(route([lost], {profile: 'ingress-nginx'}).hop.findings[0]?.message).toContain(
			'the client gets 503',
		);
	});

	test('follows the wider rule that answers where Traefik leaves one out', () => {
		const resolved = route([ingress('site', ['/api Prefix apy', '/ Prefix web'])], {
			url: 'http://app.example.com/api',
		});
		expect([codes(resolved), resolved.stop, backendsOf(resolved)]).toEqual([
			['KNET402 warning'],
			undefined,
			['web:80'],
		]);
		expect(resolved.hop.findings[0]?.message).toBe(
			'Service shop/apy does not exist: Traefik leaves out Prefix /api of site, and Prefix / of site answers; did you mean api?',
		);
	});

	test('is an error where the rule behind the one left out is left out too', () => {
		const resolved = route([ingress('site', ['/api Prefix apy', '/ Prefix wep'])], {
			url: 'http://app.example.com/api',
		});
		expect([codes(resolved), resolved.stop, backendsOf(resolved)]).toEqual([
			['KNET402 error'],
			'no-backend',
			[],
		]);
	});

	test('does not call a rule a rival that is left out', () => {
		const other = ingress('other', ['/ Prefix wep']);
		expect(codes(route([other, ingress('site', ['/ Prefix web'])]))).toEqual(['KNET402 warning']);
	});

	test('is an error for whoever asks about an Ingress in whose place another one answers', () => {
		const both = [ingress('api', ['/api Prefix apy']), ingress('site', ['/ Prefix web'])];
		const url = 'http://app.example.com/api';
		const asked = route(both, {url, focus: 'api'});
		expect([codes(asked), asked.stop]).toEqual([['KNET402 error'], 'nobody']);
		const other = route(both, {url, focus: 'site'});
		expect([codes(other), other.stop]).toEqual([['KNET402 warning'], undefined]);
	});

	test('is not said where Services cannot be read', () => {
		const forbidden = {state: 'forbidden', resource: 'services', group: '', reason: 'no'} as const;
		const snapshotOnly = route([lost], {states: {Service: forbidden}});
		expect(codes(snapshotOnly)).toEqual([]);
	});

	test('is a warning where only a canary has no Service', () => {
		const canary = ingress('canary', ['/ Prefix gone'], {
			annotations:
				'{nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "20"}',
		});
		const resolved = route([ingress('site', ['/ Prefix web']), canary], {profile: 'ingress-nginx'});
		expect([codes(resolved), resolved.hop.status]).toEqual([['KNET402 warning'], 'degraded']);
	});

	test('is a warning where the default-backend annotation of ingress-nginx takes the traffic', () => {
		const slices = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{port: 8080, protocol: TCP}]
endpoints: [{addresses: [10.1.0.1]}]`;
		const fallback = ingress('site', ['/ Prefix gone'], {
			annotations: '{nginx.ingress.kubernetes.io/default-backend: web}',
		});
		const resolved = route([fallback, slices], {profile: 'ingress-nginx'});
		expect([codes(resolved), backendsOf(resolved)]).toEqual([['KNET402 warning'], ['web:80']]);
	});
});

describe('KNET403', () => {
	test('says that a target port was meant', () => {
		const resolved = route([ingress('site', ['/ Prefix api:8080'])]);
		expect([codes(resolved), resolved.stop]).toEqual([['KNET403 error'], 'no-backend']);
		expect(resolved.hop.findings[0]?.message).toBe(
			'Service api has no port 8080: the client gets 404. 8080 is the target port of service port 80. It has http (80).',
		);
	});

	test('is not said for a port by name, nor for the target port that ingress-nginx takes too', () => {
		expect(codes(route([ingress('site', ['/ Prefix api:http'])]))).toEqual([]);
		const target = route([ingress('site', ['/ Prefix api:8080'])], {profile: 'ingress-nginx'});
		expect([codes(target), target.backends[0]?.servicePort]).toEqual([[], {number: 80, name: 'http'}]);
	});

	test('never takes an empty name for an unnamed port', () => {
		const empty = ingress('site', ['/ Prefix web:x']).replace('name: x', 'name: ""');
		expect(codes(route([empty], {profile: 'spec'}))).toEqual([]);
		expect(codes(route([ingress('site', ['/ Prefix web:x'])], {profile: 'spec'}))).toEqual(['KNET403 error']);
	});
});

describe('KNET404', () => {
	test('leaves a resource undecided, whatever the controller', () => {
		const resource = ingress('site', ['/ Prefix Bucket/static']);
		for (const profile of ['spec', 'traefik', 'ingress-nginx'] as const) {
			const resolved = route([resource], {profile});
			expect([profile, codes(resolved), resolved.hop.status, resolved.stop]).toEqual([
				profile,
				['KNET404 info'],
				'unknown',
				undefined,
			]);
		}
	});

	test('is not said of a resource that another rule goes before', () => {
		expect(
			codes(
				route([ingress('site', ['/ Prefix Bucket/static', '/api Prefix api'])], {
					url: 'http://app.example.com/api',
				}),
			),
		).toEqual([]);
	});
});

describe('KNET405', () => {
	const twins = [ingress('old', ['/ Prefix web'], {age: 1}), ingress('young', ['/ Prefix api'], {age: 2})];

	test('says which Ingress wins, by which rule', () => {
		const resolved = route(twins, {profile: 'spec'});
		expect([codes(resolved), backendsOf(resolved)]).toEqual([['KNET405 warning'], ['web:80']]);
		expect(resolved.hop.findings[0]?.message).toBe(
			'app.example.com Prefix / stands in Ingress shop/young too: shop/old wins, by being the oldest.',
		);
		expect(codes(route(twins, {profile: 'ingress-nginx'}))).toEqual(['KNET405 warning']);
	});

	test('says that Traefik does not define it', () => {
		expect(route(twins).hop.findings[0]?.message).toContain('Traefik does not define which of them wins');
		const ranked = twins[1]?.replace(
			'annotations: {}',
			'annotations: {traefik.ingress.kubernetes.io/router.priority: "99"}',
		);
		const resolved = route([twins[0] ?? '', ranked ?? '']);
		expect(backendsOf(resolved)).toEqual(['api:80']);
		expect(resolved.hop.findings[0]?.message).toContain('shop/young wins, by its router.priority');
	});

	test('is information where both lead to the same Service, and silent for another path or host', () => {
		expect(codes(route([ingress('a', ['/ Prefix web']), ingress('b', ['/ Prefix web'])]))).toEqual([
			'KNET405 info',
		]);
		expect(codes(route([ingress('a', ['/ Prefix web']), ingress('b', ['/api Prefix api'])]))).toEqual([]);
		expect(
			codes(route([ingress('a', ['/ Prefix web']), ingress('b', ['/ Prefix api'], {host: 'b.example.com'})])),
		).toEqual([]);
	});
});

describe('KNET406', () => {
	test('names the exact host that Traefik gives to a wildcard', () => {
		const resolved = route([
			ingress('site', ['/ Prefix web']),
			ingress('wild', ['/ Prefix api'], {host: '*.example.com'}),
		]);
		expect([codes(resolved), backendsOf(resolved)]).toEqual([['KNET406 info'], ['api:80']]);
		expect(resolved.hop.findings[0]?.message).toBe(
			'Prefix / of Ingress site gets no request: Traefik sends them all to *.example.com Prefix / of wild (lower priority: 42, the winner has 64).',
		);
	});

	test('is not said where the API gives the exact host its due, or a longer path is left something', () => {
		const documents = [
			ingress('site', ['/ Prefix web']),
			ingress('wild', ['/ Prefix api'], {host: '*.example.com'}),
		];
		expect(codes(route(documents, {profile: 'spec'}))).toEqual([]);
		expect(codes(route([site], {url: 'http://app.example.com/api'}))).toEqual([]);
	});
});

describe('KNET411', () => {
	const beside = (name: string) =>
		ingress('site', ['/api Prefix api'], {
			more: `defaultBackend: {service: {name: ${name}, port: {number: 80}}}`,
		});
	const requested = {url: 'http://app.example.com/api', profile: 'ingress-nginx'} as const;

	test('warns of a default backend that is not there', () => {
		const resolved = route([beside('gone')], requested);
		expect([codes(resolved), resolved.hop.status]).toEqual([['KNET411 warning'], 'degraded']);
	});

	test('is not said of one that is there, nor where Traefik does not look at it', () => {
		expect(codes(route([beside('web')], requested))).toEqual([]);
		expect(codes(route([beside('gone')], {...requested, profile: 'traefik'}))).toEqual([]);
	});

	test('gives way to KNET402 where the request itself takes the default backend', () => {
		const resolved = route([beside('gone')], {...requested, url: 'http://app.example.com/other'});
		expect(codes(resolved)).toEqual(['KNET402 error']);
	});
});

describe('a rule that asks for credentials', () => {
	const asking = ingress('site', ['/ Prefix web'], {
		annotations:
			'{nginx.ingress.kubernetes.io/auth-type: basic, nginx.ingress.kubernetes.io/auth-secret: users}',
	});
	const users = 'apiVersion: v1\nkind: Secret\nmetadata: {name: users, namespace: shop}';
	const profile = 'ingress-nginx';

	test('is silent, and says what it answers without them', () => {
		const {hop} = route([asking, users], {profile});
		expect(hop.findings).toEqual([]);
		expect(hop.details?.changes).toEqual(['annotation auth-type answers 401 without credentials']);
	});

	test('is not decided for a request that has some', () => {
		const headers = [{name: 'authorization', value: 'Basic eDp5'}];
		const resolved = route([asking, users], {profile, headers});
		expect(resolved.hop.status).toBe('unknown');
		expect(codes(resolved)).toEqual(['KNET413 info']);
		expect(resolved.hop.findings[0]?.message).toContain(
			'(annotation auth-type checks the credentials of the request)',
		);
	});
});
