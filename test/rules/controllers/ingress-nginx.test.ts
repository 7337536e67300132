import {describe, expect, test} from 'vitest';
import {backendsOf, codes, ingress, route} from '../../path/route/route-situation.ts';

const nginx = (text: string) => ({annotations: `{nginx.ingress.kubernetes.io/${text}}`});
const requested = (path: string, host = 'app.example.com') =>
	({profile: 'ingress-nginx', url: `http://${host}${path}`}) as const;

describe('ingress-nginx', () => {
	test('answers a path of a directory by a redirect to the slash', () => {
		const resolved = route([ingress('i', ['/docs/ Prefix api'])], requested('/docs'));
		expect(resolved.redirect).toEqual({scheme: 'http', host: 'app.example.com', status: 301});
	});

	test('leaves ACME challenges on http where the host is sent to https', () => {
		const site = ingress('i', ['/ Prefix web'], nginx('force-ssl-redirect: "true"'));
		const solver = ingress(
			'cm-acme-http-solver',
			['/.well-known/acme-challenge/token Exact api'],
			nginx('force-ssl-redirect: "true"'),
		);
		expect(route([site, solver], requested('/')).redirect).toMatchObject({scheme: 'https', status: 308});
		const challenge = route([site, solver], requested('/.well-known/acme-challenge/token'));
		expect(challenge.redirect).toBeUndefined();
		expect(backendsOf(challenge)).toEqual(['api:80']);
	});

	test('redirects the name with www to the host without, unless a rule names it', () => {
		const site = ingress('i', ['/ Prefix web'], nginx('from-to-www-redirect: "true"'));
		expect(route([site], requested('/x', 'www.app.example.com')).redirect).toEqual({
			scheme: 'http',
			host: 'app.example.com',
			status: 308,
		});
		const own = ingress('o', ['/ Prefix api'], {host: 'www.app.example.com'});
		expect(backendsOf(route([site, own], requested('/', 'www.app.example.com')))).toEqual(['api:80']);
	});

	test('reads ImplementationSpecific as Prefix', () => {
		const document = ingress('i', ['/api ImplementationSpecific api', '/ ImplementationSpecific web']);
		expect(backendsOf(route([document], requested('/api/x')))).toEqual(['api:80']);
		expect(backendsOf(route([document], requested('/apix')))).toEqual(['web:80']);
	});

	test('turns every path of a host into a regular expression by one annotation', () => {
		const documents = [
			ingress('i', ['/api Exact api', '/ Prefix web']),
			ingress('r', ['/x.+ Prefix web'], nginx('use-regex: "true"')),
		];
		expect(backendsOf(route(documents, requested('/APIx')))).toEqual(['api:80']);
	});

	test('says that a regular expression could not be read', () => {
		const document = ingress(
			'i',
			['/(?=x) ImplementationSpecific api', '/ Prefix web'],
			nginx('use-regex: "true"'),
		);
		const {hop} = route([document], requested('/x'));
		expect(hop.details?.changes).toEqual(['not known: the regular expression /(?=x) could not be read']);
	});

	test('does not know which server takes a host that an unreadable server-alias may name', () => {
		const document = ingress('i', ['/ Prefix web'], nginx('server-alias: "~^(?=b)b"'));
		const {hop} = route([document], requested('/', 'b.example.com'));
		expect(hop.status).toBe('unknown');
		expect(hop.findings.map(({code, evidence}) => [code, evidence[0]?.value])).toEqual([
			['KNET412', 'server-alias ~^(?=b)b could not be read'],
		]);
		expect(codes(route([document], requested('/')))).not.toContain('KNET412 info');
	});

	test('does not know whether an unreadable canary-by-header-pattern sends to the canary', () => {
		const canary = ingress('c', ['/ Prefix api'], {
			annotations:
				'{nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-by-header: x-user, nginx.ingress.kubernetes.io/canary-by-header-pattern: "(?=a)a"}',
		});
		const documents = [ingress('i', ['/ Prefix web']), canary];
		const asked = {...requested('/'), headers: [{name: 'x-user', value: 'anna'}]};
		const {hop} = route(documents, asked);
		expect(hop.status).toBe('unknown');
		expect(hop.findings.map(({code, evidence}) => [code, evidence[0]?.value])).toEqual([
			['KNET412', 'the canary-by-header-pattern could not be read'],
		]);
		expect(codes(route(documents, requested('/')))).not.toContain('KNET412 info');
	});

	test('says that a rewrite cannot be told where its groups cost too much to find', () => {
		const path = `/${'(a?)'.repeat(100)}`;
		const document = ingress('i', [`${path} ImplementationSpecific web`], nginx('rewrite-target: /$1'));
		const {hop} = route([document], requested(`/${'a'.repeat(100)}`));
		expect(hop.details?.changes).toEqual([
			`not known: what path the backend sees, the regular expression ${path} could not be read`,
		]);
	});

	test('finds the rule of a path among thousands of a host, and of a regular expression by its beginning', () => {
		const rules = (kind: string) =>
			Array.from({length: 2000}, (_, position) => `/p${position}${kind} Prefix web`);
		const plain = [ingress('i', [...rules(''), '/p1999/deep Prefix api'])];
		expect(backendsOf(route(plain, requested('/p1999/deep/x')))).toEqual(['api:80']);
		const regex = [
			ingress('i', [...rules('/[a-z]+'), '/p1999/[0-9] Prefix api'], nginx('use-regex: "true"')),
		];
		expect(backendsOf(route(regex, requested('/P1999/7')))).toEqual(['api:80']);
	});

	test('is not held up by a regular expression made to do so', () => {
		const document = ingress('i', ['/(a+)+$ ImplementationSpecific api'], nginx('rewrite-target: /$1'));
		expect(codes(route([document], requested(`/${'a'.repeat(60)}!`)))).toEqual(['KNET401 error']);
	});

	test('serves an alias, but not one that another rule names as its host', () => {
		const first = ingress('i', ['/ Prefix web'], nginx('server-alias: "b.example.com, c.example.com"'));
		const second = ingress('c', ['/ Prefix api'], {host: 'c.example.com'});
		expect(backendsOf(route([first, second], requested('/', 'b.example.com')))).toEqual(['web:80']);
		expect(backendsOf(route([first, second], requested('/', 'c.example.com')))).toEqual(['api:80']);
	});

	test('keeps a default backend beside rules to the hosts of those rules', () => {
		const beside = ingress('i', ['/api Prefix api'], {
			more: 'defaultBackend: {service: {name: web, port: {number: 80}}}',
		});
		expect(backendsOf(route([beside], requested('/other')))).toEqual(['web:80']);
		expect(codes(route([beside], requested('/other', 'other.example.com')))).toEqual(['KNET401 error']);
	});

	test('gives a wildcard one label and prefers the exact host', () => {
		const documents = [
			ingress('w', ['/ Prefix web'], {host: '*.example.com'}),
			ingress('i', ['/ Prefix api']),
		];
		expect(backendsOf(route(documents, requested('/')))).toEqual(['api:80']);
		expect(backendsOf(route(documents, requested('/', 'x.example.com')))).toEqual(['web:80']);
		expect(codes(route(documents, requested('/', 'y.x.example.com')))).toEqual(['KNET401 error']);
	});

	test.each([
		['permanent-redirect: https://new.example.com/x', 301, 'new.example.com'],
		['temporal-redirect: https://new.example.com/x', 302, 'new.example.com'],
		['app-root: /home', 302, 'app.example.com'],
		['force-ssl-redirect: "true"', 308, 'app.example.com'],
	])('redirects by %s', (annotation, status, host) => {
		expect(route([ingress('i', ['/ Prefix web'], nginx(annotation))], requested('/')).redirect).toMatchObject(
			{
				status,
				host,
			},
		);
	});

	test('sends to the Service address where service-upstream says so', () => {
		const document = ingress('i', ['/ Prefix web'], nginx('service-upstream: "true"'));
		expect(route([document], requested('/')).backends[0]?.throughProxy).toBe(true);
		expect(route([ingress('i', ['/ Prefix web'])], requested('/')).backends[0]?.throughProxy).toBeUndefined();
	});
});
