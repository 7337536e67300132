import {describe, expect, test} from 'vitest';
import {accepted, healthy, httpRoute, requestTo} from '../../rules/gateway-api/fixtures.ts';
import {codes, resolve, toWeb} from '../../rules/gateway-api/resolve-route.ts';

describe('a route that was asked for', () => {
	const two =
		healthy +
		httpRoute('r', `hostnames: [a.example.com], ${toWeb}`) +
		httpRoute(
			'other',
			'hostnames: [a.example.com], rules: [{matches: [{path: {type: Exact, value: /}}], backendRefs: [{name: api, port: 8080}]}]',
		);
	const focus = {kind: 'HTTPRoute', namespace: 'shop', name: 'r'};

	test('is told which other rule takes its request', () => {
		const result = resolve(two, {focus});
		expect(codes(result)).toEqual(['KNET406 info']);
		expect(result.backends.map(({name}) => name)).toEqual(['api']);
		expect(codes(resolve(two, {focus, request: requestTo('http://a.example.com/x')}))).toEqual([]);
	});

	test('is broken where it is not let in; the URL is not, if another one answers', () => {
		const refused =
			'{controllerName: example.com/gateway-controller, parentRef: {name: gw}, conditions: [{type: Accepted, status: "False", reason: X, observedGeneration: 1}]}';
		const asked = (isAsked: boolean) =>
			codes(
				resolve(two + httpRoute('mine', toWeb, {status: refused}), {
					focus: {...focus, name: 'mine', isAsked},
				}),
			);
		expect([asked(true), asked(false)]).toEqual([['KNET421 error'], ['KNET421 warning']]);
	});
});

describe('the Traefik profile', () => {
	const traefik = (yaml: string) =>
		(healthy + yaml).replaceAll('example.com/gateway-controller', 'traefik.io/gateway-controller');

	test('lets a longer path on a wildcard host win over the exact host', () => {
		const yaml =
			httpRoute('exact', `hostnames: [a.example.com], ${toWeb}`) +
			httpRoute(
				'wild',
				'hostnames: ["*.example.com"], rules: [{matches: [{path: {type: PathPrefix, value: /long}}], backendRefs: [{name: api, port: 8080}]}]',
			);
		const request = requestTo('http://a.example.com/long');
		expect(resolve(traefik(yaml), {request}).backends[0]?.name).toBe('api');
		expect(resolve(healthy + yaml, {request}).backends[0]?.name).toBe('web');
	});

	const same =
		httpRoute('one', `hostnames: [a.example.com], ${toWeb}`) +
		httpRoute('two', 'hostnames: [a.example.com], rules: [{backendRefs: [{name: api, port: 8080}]}]');

	test('warns where two routes have the same priority', () => {
		expect(codes(resolve(traefik(same)))).toEqual(['KNET405 warning']);
		expect(codes(resolve(healthy + same))).toEqual([]);
	});

	const external = `---
apiVersion: v1
kind: Service
metadata: {name: ext, namespace: shop}
spec: {type: ExternalName, externalName: web.example.net, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: bare, namespace: shop}
spec: {clusterIP: 10.96.0.20, ports: [{port: 80}]}
`;
	const to = (name: string) =>
		httpRoute('r', `rules: [{backendRefs: [{name: ${name}, port: 80}]}]`) + external;

	test('answers TLS with 404 on a port whose listeners are all for HTTP', () => {
		const request = requestTo('https://a.example.com/');
		const yaml = httpRoute('r', toWeb);
		expect(resolve(traefik(yaml), {request})).toMatchObject({stop: 'no-rule', hop: {status: 'broken'}});
		expect(resolve(healthy + yaml, {request}).stop).toBe('tls-error');
	});

	test('does not send to ExternalName Services', () => {
		expect(codes(resolve(traefik(to('ext'))))).toEqual(['KNET422 error']);
		expect(codes(resolve(healthy + to('ext')))).toEqual([]);
	});

	test('answers 500 for a Service without EndpointSlices, whose own fault is still looked for', () => {
		const result = resolve(traefik(to('bare')));
		expect(codes(result)).toEqual(['KNET422 error']);
		expect(result).toMatchObject({stop: 'invalid-backend', backends: [{name: 'bare'}]});
		expect(codes(resolve(healthy + to('bare')))).toEqual([]);
	});

	test('answers 503 for a rule without weight', () => {
		const none = httpRoute('r', 'rules: [{}]');
		expect(resolve(traefik(none)).stop).toBe('no-endpoints');
	});
});

test('leaves the blame to a listener that does not serve', () => {
	const down = healthy.replace(
		'status:\n  conditions:\n    - {type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}',
		'status:\n  listeners: [{name: http, conditions: [{type: Accepted, status: "False", reason: PortUnavailable}]}]\n  conditions:\n    - {type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}',
	);
	const refused =
		'{controllerName: example.com/gateway-controller, parentRef: {name: gw}, conditions: [{type: Accepted, status: "False", reason: NotAllowedByListeners, observedGeneration: 1}]}';
	const result = resolve(down + httpRoute('r', toWeb, {status: refused}));
	expect(result.hop).toMatchObject({
		status: 'skipped',
		summary: 'listener http does not serve',
		findings: [],
	});
	expect(result).not.toHaveProperty('stop');
});

describe('other kinds of routes', () => {
	const gatewayWith = (listener: string) =>
		healthy.replace('{name: http, port: 80, protocol: HTTP}', listener);
	const route = (kind: string, spec: string) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: r, namespace: shop, generation: 1}
spec: {parentRefs: [{name: gw}], ${spec}}
status: {parents: [${accepted()}]}
`;

	test('a GRPCRoute takes the call of its service and method, and no other', () => {
		const yaml =
			healthy +
			route(
				'GRPCRoute',
				'rules: [{matches: [{method: {service: pkg.Shop, method: Buy}}], backendRefs: [{name: api, port: 8080}]}, {matches: [{method: {service: pkg.Shop}}], backendRefs: [{name: web, port: 80}]}]',
			);
		const call = (urlPath: string, method = 'POST') =>
			resolve(yaml, {request: requestTo(`http://a.example.com${urlPath}`, {method})});
		expect(call('/pkg.Shop/Buy').backends[0]?.name).toBe('api');
		expect(call('/pkg.Shop/Sell').backends[0]?.name).toBe('web');
		expect(codes(call('/pkg.Other/Buy'))).toEqual(['KNET401 error']);
		expect(call('/pkg.Shop/Buy', 'GET').hop.details?.losers[0]?.why).toBe('a gRPC call (POST) wanted');
	});

	test('a TLSRoute takes connections by server name', () => {
		const yaml =
			gatewayWith('{name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}}') +
			route('TLSRoute', 'hostnames: [a.example.com], rules: [{backendRefs: [{name: web, port: 80}]}]');
		expect(resolve(yaml, {request: requestTo('https://a.example.com/')}).backends[0]?.name).toBe('web');
		expect(resolve(yaml, {request: requestTo('https://b.example.com/')}).stop).toBe('no-rule');
	});

	test('the first TLSRoute takes every name of a listener that ends TLS at Istio', () => {
		const named = (name: string, host: string, backend: string) =>
			route(
				'TLSRoute',
				`hostnames: [${host}], rules: [{backendRefs: [{name: ${backend}, port: ${backend === 'web' ? 80 : 8080}}]}]`,
			).replace('name: r,', `name: ${name},`);
		const yaml =
			gatewayWith(
				'{name: tls, port: 443, protocol: TLS, tls: {mode: Terminate, certificateRefs: [{name: c}]}}',
			) +
			named('one', 'a.example.com', 'web') +
			named('two', 'b.example.com', 'api');
		const request = requestTo('https://b.example.com/');
		const istio = yaml.replaceAll('example.com/gateway-controller', 'istio.io/gateway-controller');
		expect(resolve(yaml, {request}).backends[0]?.name).toBe('api');
		expect(resolve(istio, {request}).backends[0]?.name).toBe('web');
		expect(resolve(istio.replace('Terminate', 'Passthrough'), {request}).backends[0]?.name).toBe('api');
	});

	test('a TCPRoute takes every connection of its port', () => {
		const yaml =
			gatewayWith('{name: tcp, port: 80, protocol: TCP}') +
			route('TCPRoute', 'rules: [{backendRefs: [{name: gone, port: 80}]}]');
		expect(resolve(yaml)).toMatchObject({stop: 'nobody', hop: {findings: [{code: 'KNET402'}]}});
	});
});

test('names the BackendTLSPolicy of a backend', () => {
	const policy = `---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: p, namespace: shop}
spec: {targetRefs: [{group: "", kind: Service, name: web}], validation: {hostname: web.internal, wellKnownCACertificates: System}}
`;
	expect(resolve(healthy + httpRoute('r', toWeb) + policy).hop.details?.changes).toEqual([
		'speaks TLS to web as web.internal (BackendTLSPolicy p)',
	]);
});

test('a GRPCRoute says in gRPC that its backend is missing: no HTTP status is foretold', () => {
	const rules = 'hostnames: [a.example.com], rules: [{backendRefs: [{name: gone, port: 80}]}]';
	const grpc = httpRoute('r', rules).replace('kind: HTTPRoute', 'kind: GRPCRoute');
	const request = requestTo('http://a.example.com/pkg.Shop/Buy', {method: 'POST'});
	expect(resolve(healthy + grpc, {request})).toMatchObject({stop: 'nobody', hop: {status: 'broken'}});
	expect(resolve(healthy + httpRoute('r', rules), {request}).stop).toBe('invalid-backend');
});
