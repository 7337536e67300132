import {describe, expect, test} from 'vitest';
import type {HttpRequest} from '../../../source/model/request.ts';
import type {BackendState} from '../../../source/rules/ingress/decision.ts';
import {traefikForNginx} from '../../../source/rules/controllers/traefik/nginx-provider/record.ts';
import {routeByNginxProvider} from '../../../source/rules/controllers/traefik/nginx-provider/route.ts';
import {httpRequest} from '../../helpers/http-request.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {ingress} from '../../path/route/route-situation.ts';

type Asked = Partial<HttpRequest> & {
	readonly version?: readonly [number, number, number];
	readonly settings?: Readonly<Record<string, string>>;
	readonly state?: BackendState;
};

const nginx = (text: string) => ({annotations: `{nginx.ingress.kubernetes.io/${text}}`});
const old = [3, 6, 13] as const;
const provider = 'providers.kubernetesingressnginx';

function routed(
	texts: readonly string[],
	{version = [3, 7, 9], settings = {}, state = {type: 'ready'}, ...request}: Asked = {},
) {
	return routeByNginxProvider({
		request: {...httpRequest, host: 'app.example.com', ...request},
		ingresses: snapshotOf(texts.join('\n---\n')).list('Ingress'),
		settings,
		version,
		backendState: () => state,
	});
}

const serviceOf = (texts: readonly string[], asked: Asked = {}): string | number | undefined => {
	const {matched, status} = routed(texts, asked);
	return matched?.backend.type === 'service' ? matched.backend.name : status;
};

// The rules of translator.go (buildRule) and their tests, kubernetes_test.go.
describe("Traefik's provider for Ingresses of ingress-nginx", () => {
	test.each([
		['/api', 'api'],
		['/api/x', 'api'],
		['/apix', 'web'],
		['/API', 'web'],
	])('takes a prefix by its elements: %s', (urlPath, service) => {
		expect(serviceOf([ingress('i', ['/api ImplementationSpecific api', '/ Prefix web'])], {urlPath})).toBe(
			service,
		);
	});

	test('reads all paths of a host as regular expressions where one of its Ingresses asks for it, since 3.7', () => {
		const site = [
			ingress('i', ['/api Prefix api']),
			ingress('r', ['/x.+ ImplementationSpecific web'], nginx('use-regex: "true"')),
		];
		expect(serviceOf(site, {urlPath: '/APIx'})).toBe('api');
		expect(serviceOf(site, {urlPath: '/APIx', version: old})).toBe(404);
		expect(serviceOf(site, {urlPath: '/xy', version: old})).toBe('web');
	});

	test('rewrites since 3.7, and takes the path for plain text before', () => {
		const site = [ingress('i', ['/x(/|$)(.*) ImplementationSpecific web'], nginx('rewrite-target: "/$2"'))];
		expect(routed(site, {urlPath: '/x/a'}).upstreamPath).toBe('/a');
		expect(routed(site, {urlPath: '/x/a', version: old})).toMatchObject({
			status: 404,
			losers: [{why: 'Traefik reads rewrite-target since 3.7, and takes the path for plain text'}],
		});
	});

	test.each([
		['a snippet', ingress('i', ['/ Prefix web'], nginx('configuration-snippet: "return 200;"'))],
		['an expression of type Prefix', ingress('i', ['/a(.*) Prefix web', '/ Prefix web'])],
	])('leaves out an Ingress with %s since 3.7, unless a flag lets it', (_, text) => {
		const flags = {
			[`${provider}.allowsnippetannotations`]: 'true',
			[`${provider}.strictvalidatepathtype`]: 'false',
		};
		expect(serviceOf([text])).toBe(404);
		expect(serviceOf([text], {settings: flags})).toBe('web');
		expect(serviceOf([text], {version: old})).toBe('web');
	});

	test('sends an Ingress with TLS to https by 308, and others by force alone', () => {
		const tls = {more: 'tls: [{hosts: [app.example.com], secretName: tls}]'};
		const location = 'https://app.example.com/';
		expect(routed([ingress('i', ['/ Prefix web'], tls)]).redirect).toMatchObject({status: 308, location});
		expect(routed([ingress('i', ['/ Prefix web'])]).redirect).toBeUndefined();
		expect(
			routed([ingress('i', ['/ Prefix web'], {...tls, ...nginx('ssl-redirect: "false"')})]).redirect,
		).toBeUndefined();
		expect(
			routed([ingress('i', ['/ Prefix web'], nginx('force-ssl-redirect: "true"'))]).redirect?.status,
		).toBe(308);
	});

	test('serves https without a TLS entry since 3.7, and before where the entry point has TLS', () => {
		const site = [ingress('i', ['/ Prefix web'])];
		const plain = {name: 'websecure', tls: false, isDefault: true};
		const ask = (version: readonly [number, number, number], tls: boolean) =>
			routeByNginxProvider({
				request: {...httpRequest, host: 'app.example.com', scheme: 'https', port: 443},
				ingresses: snapshotOf(site.join('\n---\n')).list('Ingress'),
				settings: {},
				version,
				backendState: () => ({type: 'ready'}),
				entryPoint: {...plain, tls},
			}).status;
		expect([ask([3, 7, 9], false), ask(old, false), ask(old, true)]).toEqual([undefined, 404, undefined]);
	});

	test('answers 503 for a Service that is missing since 3.7, and has no rule for it before', () => {
		const site = [ingress('i', ['/ Prefix web'])];
		expect(routed(site, {state: {type: 'no-service'}})).toMatchObject({status: 503, matched: {value: '/'}});
		expect(routed(site, {state: {type: 'no-service'}, version: old}).matched).toBeUndefined();
	});

	test('gives a canary its share since 3.7', () => {
		const site = [
			ingress('i', ['/ Prefix web']),
			ingress(
				'c',
				['/ Prefix api'],
				nginx('canary: "true", nginx.ingress.kubernetes.io/canary-weight: "25"'),
			),
		];
		expect(routed(site).backends.map(({share}) => share)).toEqual([0.75, 0.25]);
		expect(routed(site, {version: old}).tied).toHaveLength(1);
	});

	test.each([
		['server-alias: www.example.org', {host: 'www.example.org'}, 'web'],
		['whitelist-source-range: 10.0.0.0/8', {}, 'web'],
		['ssl-passthrough: "true"', {scheme: 'https'}, 'web'],
		['ssl-passthrough: "true"', {}, 404],
	] as const)('annotation %s', (text, asked, service) => {
		expect(serviceOf([ingress('i', ['/ Prefix web'], nginx(text))], asked)).toBe(service);
	});
});

// Provider.shouldProcess, build.go.
test.each([
	[{className: 'nginx'}, {}, true],
	[{className: 'other'}, {}, false],
	[{className: 'other'}, {ingressclassbyname: 'true', ingressclass: 'other'}, true],
	[{className: 'nginx'}, {controllerclass: 'example.com/own'}, false],
	[{annotation: 'nginx'}, {}, true],
	[{annotation: 'edge'}, {}, false],
	[{annotation: 'edge'}, {ingressclass: 'edge'}, true],
	[{}, {}, false],
	[{}, {watchingresswithoutclass: 'true'}, true],
	// No IngressClass is its own: the name does not count.
	[{className: 'other'}, {controllerclass: 'example.com/own', watchingresswithoutclass: 'true'}, true],
])('of %j with %j it takes: %s', (requested, given, takes) => {
	const flags = Object.fromEntries([
		[provider, ''],
		...Object.entries(given).map(([name, value]) => [`${provider}.${name}`, value]),
	]);
	const classes = snapshotOf(
		['nginx k8s.io/ingress-nginx', 'other example.com/other']
			.map((each) => each.split(' '))
			.map(
				([name, controller]) =>
					`apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: ${name}}\nspec: {controller: ${controller}}`,
			)
			.join('\n---\n'),
	).list('IngressClass');
	expect(traefikForNginx.ingress?.takes(requested, {flags, classes})).toBe(takes);
});
