import {describe, expect, test} from 'vitest';
import {scan} from '../../source/path/walk/scan.ts';
import type {UrlTarget} from '../../source/path/target.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {hostileShapes} from '../bench/hostile.ts';
import {snapshotOf} from '../helpers/snapshot.ts';

/** Whoever may write to one namespace writes these; each once stopped knet for hours. */

const gateway = (pattern: string) => `
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: envoy}, spec: {controllerName: gateway.envoyproxy.io/gatewayclass-controller}, status: {conditions: [{type: Accepted, status: "True"}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: shop}, spec: {gatewayClassName: envoy, listeners: [{name: http, port: 80, protocol: HTTP}]}, status: {conditions: [{type: Accepted, status: "True"}, {type: Programmed, status: "True"}], listeners: [{name: http, supportedKinds: [{kind: HTTPRoute}], conditions: [{type: Accepted, status: "True"}, {type: Programmed, status: "True"}]}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: shop}, spec: {parentRefs: [{name: gw}], hostnames: [gw.example.com], rules: [{matches: [{path: {type: RegularExpression, value: "${pattern}"}}], backendRefs: [{name: web, port: 80}]}]}, status: {parents: [{parentRef: {name: gw}, controllerName: gateway.envoyproxy.io/gatewayclass-controller, conditions: [{type: Accepted, status: "True"}]}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.1, ports: [{port: 80}]}}
`;

const nginx = (path: string) => `
{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}, spec: {controller: k8s.io/ingress-nginx}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: c, namespace: ingress-nginx}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: controller, image: "registry.k8s.io/ingress-nginx/controller:v1.12.0", args: [/nginx-ingress-controller]}]}}}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, namespace: shop, annotations: {nginx.ingress.kubernetes.io/use-regex: "true", nginx.ingress.kubernetes.io/rewrite-target: /$1}}, spec: {ingressClassName: nginx, rules: [{host: n.example.com, http: {paths: [{path: "${path}", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}}]}}
`;

function urlTarget(text: string): UrlTarget {
	const parsed = parseTarget(text);
	if ('problem' in parsed || parsed.value.kind !== 'url') {
		throw new Error(`no URL: ${text}`);
	}

	return parsed.value;
}

describe('a regular expression of an HTTPRoute does not stop the walk', () => {
	test.each([
		['repeats of an empty group in each other', '/((((){1000}){1000}){1000}){1000}'],
		['repeats of a letter in each other', '/(((a{100}){100}){100}){100}'],
		['groups 1,000 deep', `${'('.repeat(500)}${')'.repeat(500)}`],
		['a repetition of a repetition', '/(a+)+b'],
	])('%s', {timeout: 3000}, (_, pattern) => {
		const {paths} = scan(snapshotOf(gateway(pattern)), undefined);
		expect(paths.map(({target}) => target.text)).toContain('httproute/shop/r');
	});
});

test('thousands of regular expressions on one host are compared within bounds, and the rest is said to be unknown', () => {
	const shape = hostileShapes(0.2).find(({name}) => name.includes('16 large regular expressions, gateway'))!;
	const snapshot = snapshotOf(
		shape
			.objects()
			.map((object) => JSON.stringify(object))
			.join('\n---\n'),
	);
	const [path] = walk(snapshot, {target: urlTarget(shape.target)}).paths;
	const route = path?.hops.find(({kind}) => kind === 'route');
	expect(route?.status).toBe('unknown');
	expect(route?.findings.map(({code}) => code)).toEqual(['KNET412']);
});

describe('a path of an Ingress does not stop the walk', () => {
	test.each([
		['a choice of overlapping parts', '/(?:(?:a|aa)+b|a*c)'],
		['any text, eight times over', '/.*.*.*.*.*.*.*.*x'],
	])('%s', {timeout: 3000}, (_, path) => {
		const target = urlTarget(`http://n.example.com/${'a'.repeat(60)}c`);
		expect(walk(snapshotOf(nginx(path)), {target}).paths).toHaveLength(1);
	});
});
