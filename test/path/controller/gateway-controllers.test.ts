import {describe, expect, test} from 'vitest';
import {accepted, healthy, httpRoute} from '../../rules/gateway-api/fixtures.ts';
import {codes, resolve, toWeb} from '../../rules/gateway-api/resolve-route.ts';

const contour = 'projectcontour.io/gateway-controller';
const envoyGateway = 'gateway.envoyproxy.io/gatewayclass-controller';
const istio = 'istio.io/gateway-controller';

function at(controllerName: string, yaml: string) {
	return resolve(yaml.replaceAll('example.com/gateway-controller', controllerName));
}

const odd =
	'hostnames: [a.example.com], rules: [{filters: [{type: ExtensionRef, extensionRef: {group: x.example.com, kind: Thing, name: odd}}], backendRefs: [{name: web, port: 80}]}]';
const unsupported = accepted().replace(
	'{type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}',
	'{type: Accepted, status: "False", reason: UnsupportedValue, message: no such filter, observedGeneration: 1}',
);
const unresolved = accepted().replace(
	'{type: ResolvedRefs, status: "True", reason: ResolvedRefs, observedGeneration: 1}',
	'{type: ResolvedRefs, status: "False", reason: InvalidFilter, message: unsupported filter type ExtensionRef, observedGeneration: 1}',
);

// Seen on Contour 1.33.8, Envoy Gateway 1.9.1 and an Istio of 2026-08-27.
describe('a filter that the controller does not take', () => {
	test.each([
		[contour, unsupported, ['KNET421 warning'], undefined],
		[envoyGateway, unsupported, ['KNET421 error'], 'invalid-backend'],
		[istio, unresolved, ['KNET422 error'], 'no-rule'],
		['example.com/other', unsupported, ['KNET421 error'], 'no-rule'],
	] as const)('at %s', (controllerName, status, expected, stop) => {
		const result = at(controllerName, healthy + httpRoute('r', odd, {status}));
		expect([codes(result), result.stop]).toEqual([expected, stop]);
	});
});

describe('a rule that the controller drops', () => {
	const dropped = (words: string) =>
		accepted(
			`, {type: PartiallyInvalid, status: "True", reason: UnsupportedValue, message: '${words}: no', observedGeneration: 1}`,
		);

	test.each([
		['Dropped Rule(s) [0]', 'KNET428 error', 'no-rule'],
		['Dropped Rule(s) [1 2]', 'KNET428 info', undefined],
		['Dropped Rule (0)', 'KNET428 error', 'no-rule'],
		['Dropped Rule(s): spec.rules[0].matches[0].path.type', 'KNET428 error', 'no-rule'],
		['Dropped Rule(s): [spec.rules[1].matches[0].path, spec.rules[0]]', 'KNET428 error', 'no-rule'],
		['Dropped Rule(s): spec.rules[0].filters[0].type', 'KNET428 error', 'invalid-backend'],
		['Dropped Rule(s): spec.rules[10].filters[0].type', 'KNET428 warning', undefined],
		['Dropped Rule(s): one of them', 'KNET428 warning', undefined],
		['Fall Back: spec.rules[0]', 'KNET428 warning', undefined],
	] as const)('by %s', (words, expected, stop) => {
		const result = at(envoyGateway, healthy + httpRoute('r', toWeb, {status: dropped(words)}));
		expect([codes(result), result.stop]).toEqual([[expected], stop]);
	});

	test('leaves its requests to the next rule that matches', () => {
		const two =
			'rules: [{matches: [{path: {type: Exact, value: /}}], backendRefs: [{name: wep, port: 80}]}, {backendRefs: [{name: web, port: 80}]}]';
		const result = at(envoyGateway, healthy + httpRoute('r', two, {status: dropped('Dropped Rule(s) [0]')}));
		expect([codes(result), result.hop.summary]).toEqual([['KNET428 warning'], 'HTTPRoute r  * → web:80']);
	});
});

describe('one backendRef that does not resolve, at Envoy Gateway', () => {
	const running = (version: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: envoy-gateway, namespace: envoy-gateway-system}
spec:
  selector: {matchLabels: {app: eg}}
  template:
    metadata: {labels: {app: eg}}
    spec: {containers: [{name: c, image: "docker.io/envoyproxy/gateway:${version}"}]}
`;
	const drained = 'rules: [{backendRefs: [{name: web, port: 80}, {name: gone, port: 80, weight: 0}]}]';

	test.each([
		['v1.4.5', 'KNET402 error'],
		['v1.4.6', 'KNET426 info'],
		['v1.5.4', 'KNET402 error'],
		['v1.5.5', 'KNET426 info'],
		['v1.6.0', 'KNET402 error'],
		['v1.6.1', 'KNET426 info'],
		['latest', 'KNET426 info'],
	])('of version %s', (version, expected) => {
		expect(codes(at(envoyGateway, healthy + httpRoute('r', drained) + running(version)))).toEqual([expected]);
	});
});

test('an ExternalName Service is a backend where the settings of Contour allow it', () => {
	const alias = `
---
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: web.example.org}
`;
	const rule = 'rules: [{backendRefs: [{name: alias, port: 80}]}]';
	const refused = unresolved.replace(
		'InvalidFilter, message: unsupported filter type ExtensionRef',
		'BackendNotFound, message: alias is external',
	);
	expect(codes(at(contour, healthy + httpRoute('r', rule) + alias))).toEqual([]);
	expect(codes(at(contour, healthy + httpRoute('r', rule, {status: refused}) + alias))).toEqual([
		'KNET422 error',
	]);
});
