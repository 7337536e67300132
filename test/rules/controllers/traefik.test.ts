import {describe, expect, test} from 'vitest';
import {rulesOf} from '../../../source/rules/ingress/rules.ts';
import {routerOf, routingPath} from '../../../source/rules/controllers/traefik/router.ts';
import {entryPointOf} from '../../../source/rules/controllers/traefik/entry-point.ts';
import {ingressControllerEvaluator} from '../../../source/path/controller/ingress/evaluate.ts';
import {traefik} from '../../path/controller/controller-situation.ts';
import {backendsOf, codes, ingress, route} from '../../path/route/route-situation.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

function routers(document: string, settings = {}) {
	return snapshotOf(document)
		.list('Ingress')
		.flatMap(rulesOf)
		.map((rule) => routerOf(rule, settings));
}

const annotated = (text: string) => ({annotations: `{traefik.ingress.kubernetes.io/${text}}`});

// Texts and priorities as Traefik 3.6.13 shows them at /api/http/routers.
describe('the router of a path', () => {
	test('has the text that Traefik makes, and its length as the priority', () => {
		const paths = ['/a.b Prefix api', '/hostname Exact api'];
		expect(
			routers(ingress('i', paths, {host: '*.wild-x.t.example.com'})).map((router) => [
				router?.text,
				router?.priority,
			]),
		).toEqual([
			[String.raw`HostRegexp("^[a-zA-Z0-9-]+\\.wild-x\\.t\\.example\\.com$") && PathPrefix("/a.b")`, 80],
			[String.raw`HostRegexp("^[a-zA-Z0-9-]+\\.wild-x\\.t\\.example\\.com$") && Path("/hostname")`, 79],
		]);
	});

	test('spells a strict prefix out', () => {
		const settings = {'providers.kubernetesingress.strictprefixmatching': 'true'};
		expect(
			routers(ingress('i', ['/hostname/ Prefix api', '/ Prefix api']), settings).map(
				(router) => router?.text,
			),
		).toEqual([
			'Host("app.example.com") && (Path("/hostname") || PathPrefix("/hostname/"))',
			'Host("app.example.com") && PathPrefix("/")',
		]);
	});

	test('is not made without host and path, nor with annotations that cannot be read', () => {
		expect(routers(ingress('i', [' ImplementationSpecific api'], {host: ''}))).toEqual([undefined]);
		expect(routers(ingress('i', ['/ Prefix api'], annotated('router.foo: bar')))).toEqual([undefined]);
	});

	test('reads annotation names without case, and priority 0 as none', () => {
		const [router] = routers(ingress('i', ['/ Prefix api'], annotated('Router.EntryPoints: "web, extra"')));
		expect(router?.entryPoints).toEqual(['web', 'extra']);
		expect(routers(ingress('i', ['/ Prefix api'], annotated('router.priority: "0"')))[0]?.priority).toBe(42);
	});
});

describe('a path of a request', () => {
	test.each([
		['/x/../hostname', '/hostname'],
		['//hostname', '/hostname'],
		['/%68ostname', '/hostname'],
		['/a%2fb', '/a%2Fb'],
		['/a/./b/', '/a/b/'],
		['/%zz', '/%zz'],
		['/', '/'],
	])('%s is matched as %s', (urlPath, seen) => {
		expect(routingPath(urlPath)).toBe(seen);
	});
});

describe('what takes a request', () => {
	test('is a prefix of the text, unless Traefik is told to be strict', () => {
		const document = ingress('i', ['/api Prefix api', '/ Prefix web']);
		const requested = {url: 'http://app.example.com/apis'};
		expect(backendsOf(route([document], requested))).toEqual(['api:80']);
		const flags = {'providers.kubernetesingress.strictprefixmatching': 'true'};
		expect(backendsOf(route([document], {...requested, flags}))).toEqual(['web:80']);
	});

	test('needs TLS on both sides or on neither', () => {
		const document = ingress('i', ['/ Prefix api'], annotated('router.tls: "true"'));
		expect(codes(route([document]))).toEqual(['KNET401 error']);
		expect(backendsOf(route([document], {url: 'https://app.example.com/'}))).toEqual(['api:80']);
	});

	test.each([
		['router.tls: "yes"', ['api:80'], []],
		['router.tls: "no", traefik.ingress.kubernetes.io/router.tls.options: x', ['api:80'], []],
		['router.tls: ""', [], ['api:80']],
		['router.tls.certresolver: le', [], ['api:80']],
		['router.tls.certresolvr: le', [], []],
		['router.observability.metrics: "off"', [], []],
		['router.observability.metrics: "false"', ['api:80'], []],
	])('reads annotation %s as Traefik does', (annotation, plain, secure) => {
		const document = ingress('i', ['/ Prefix api'], annotated(annotation));
		const flags = {'entrypoints.web.address': ':80', 'entrypoints.websecure.address': ':443'};
		expect(backendsOf(route([document], {flags}))).toEqual(plain);
		expect(backendsOf(route([document], {flags, url: 'https://app.example.com/'}))).toEqual(secure);
	});

	test('follows router.pathmatcher, and says where it cannot', () => {
		const regex = ingress(
			'i',
			['/id/[0-9]+$ ImplementationSpecific api'],
			annotated('router.pathmatcher: PathRegexp'),
		);
		expect(backendsOf(route([regex], {url: 'http://app.example.com/id/12'}))).toEqual(['api:80']);
		expect(codes(route([regex], {url: 'http://app.example.com/id/x'}))).toEqual(['KNET401 error']);
		const by = (matcher: string) =>
			codes(
				route([ingress('i', ['/ ImplementationSpecific api'], annotated(`router.pathmatcher: ${matcher}`))]),
			);
		expect([by('Query'), by('Nothing')]).toEqual([['KNET412 info'], ['KNET401 error']]);
	});

	test('takes the default backend of an Ingress without rules last', () => {
		const all = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: all, namespace: shop}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}`;
		const documents = [ingress('i', ['/api Prefix api']), all];
		expect(backendsOf(route(documents, {url: 'http://other.example.com/'}))).toEqual(['web:80']);
		expect(route(documents, {url: 'http://other.example.com/'}).hop.summary).toBe('default backend → web:80');
		expect(backendsOf(route(documents, {url: 'http://app.example.com/api'}))).toEqual(['api:80']);
	});
});

describe('the entry point of a request', () => {
	const flags = [
		'--providers.kubernetesingress',
		'--entrypoints.web.address=:8000/tcp',
		'--entrypoints.web.http.redirections.entrypoint.to=websecure',
		'--entrypoints.websecure.address=:8443/tcp',
		'--entrypoints.websecure.http.tls.certresolver=le',
	];
	const snapshot = snapshotOf(
		traefik.replace('--entrypoints.web.address=:8000/tcp, --providers.kubernetesingress', flags.join(', ')),
	);
	const hopContext = {
		snapshot,
		source: {kind: 'external'},
		client: {kind: 'external'},
		detail: 'full',
	} as const;
	const {controller} = ingressControllerEvaluator.evaluate(hopContext, {
		requested: {className: 'traefik'},
		ingresses: [],
	});
	const request = {host: 'x', urlPath: '/', method: 'GET', headers: [], query: []};

	test('is found from the port of the Service to the port it listens on', () => {
		expect(controller && entryPointOf(snapshot, controller, {...request, scheme: 'http', port: 80})).toEqual({
			name: 'web',
			tls: false,
			isDefault: true,
			redirect: {scheme: 'https', port: '8443', permanent: true},
		});
	});

	test('is not known for a port that the Service lacks', () => {
		expect(
			controller && entryPointOf(snapshot, controller, {...request, scheme: 'https', port: 443}),
		).toEqual({
			tls: true,
			isDefault: true,
		});
	});
});
