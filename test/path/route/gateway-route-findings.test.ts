import {describe, expect, test} from 'vitest';
import {accepted, healthy, httpRoute} from '../../rules/gateway-api/fixtures.ts';
import {codes, message, resolve, toWeb} from '../../rules/gateway-api/resolve-route.ts';

describe('KNET421', () => {
	test('takes the controller’s word where the objects show nothing', () => {
		const refused =
			'{controllerName: example.com/gateway-controller, parentRef: {name: gw}, conditions: [{type: Accepted, status: "False", reason: UnsupportedValue, message: no regular expressions here, observedGeneration: 1}]}';
		const result = resolve(
			healthy + httpRoute('r', `hostnames: [a.example.com], ${toWeb}`, {status: refused}),
		);
		expect(codes(result)).toEqual(['KNET421 error']);
		expect(message(result)).toBe(
			'Gateway shop/gw does not accept HTTPRoute shop/r: UnsupportedValue: "no regular expressions here".',
		);
		expect(result.stop).toBe('no-rule');
	});

	test('says which listeners there are where sectionName names none', () => {
		const result = resolve(
			`${healthy}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec: {parentRefs: [{name: gw, sectionName: web}], hostnames: [a.example.com], ${toWeb}}
`,
		);
		expect(message(result)).toBe(
			'HTTPRoute shop/r asks Gateway shop/gw for a listener with sectionName web; its listeners are http (80).',
		);
	});

	test('is not said for the status of another controller or another parentRef', () => {
		const others =
			'{controllerName: other.example.com/c, parentRef: {name: gw}, conditions: [{type: Accepted, status: "False", reason: X, observedGeneration: 1}]}, {controllerName: example.com/gateway-controller, parentRef: {name: gw2}, conditions: [{type: Accepted, status: "False", reason: X, observedGeneration: 1}]}';
		expect(codes(resolve(healthy + httpRoute('r', toWeb, {status: `${others}, ${accepted()}`})))).toEqual([]);
	});

	test('is not said for an older form of the route', () => {
		const old =
			'{controllerName: example.com/gateway-controller, parentRef: {name: gw}, conditions: [{type: Accepted, status: "False", reason: X, observedGeneration: 0}]}';
		expect(codes(resolve(healthy + httpRoute('r', toWeb, {status: old})))).toEqual(['KNET427 undecided']);
	});
});

describe('KNET422', () => {
	const unresolved = (reason: string) =>
		`{controllerName: example.com/gateway-controller, parentRef: {name: gw}, conditions: [{type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}, {type: ResolvedRefs, status: "False", reason: ${reason}, message: it cannot, observedGeneration: 1}]}`;

	const toBucket = 'rules: [{backendRefs: [{group: x.example.com, kind: Bucket, name: b, port: 80}]}]';

	test('is said for another kind that the controller does not resolve', () => {
		const result = resolve(healthy + httpRoute('r', toBucket, {status: unresolved('InvalidKind')}));
		expect(codes(result)).toEqual(['KNET422 error']);
		expect(result.stop).toBe('invalid-backend');
	});

	test('is not said for another kind that the controller resolves', () => {
		const result = resolve(healthy + httpRoute('r', toBucket));
		expect(codes(result)).toEqual([]);
		expect(result.hop.summary).toBe('HTTPRoute r  * → Bucket b:80');
		expect(result.backends).toMatchObject([{kind: 'Bucket', name: 'b'}]);
	});

	test('leaves another kind undecided where the controller has said nothing of it', () => {
		const result = resolve(healthy + httpRoute('r', toBucket, {status: ''}));
		expect(codes(result)).toEqual(['KNET422 undecided']);
	});

	test('takes the controller’s word where the objects look right', () => {
		const result = resolve(healthy + httpRoute('r', toWeb, {status: unresolved('UnsupportedProtocol')}));
		expect(codes(result)).toEqual(['KNET422 error']);
		expect(message(result)).toBe(
			'The controller cannot resolve Service web of HTTPRoute shop/r: UnsupportedProtocol: "it cannot".',
		);
	});

	test('is said of the rule that the controller’s message names, and of no other', () => {
		const rules =
			'rules: [{matches: [{path: {type: PathPrefix, value: /api}}], backendRefs: [{name: api, port: 8080}]}, {backendRefs: [{name: web, port: 80}]}]';
		const naming = (name: string) =>
			codes(
				resolve(
					healthy +
						httpRoute('r', rules, {
							status: unresolved('X').replace('it cannot', `"cannot load shop/${name}: odd"`),
						}),
				),
			);
		expect(naming('web')).toEqual(['KNET422 error']);
		expect(naming('api')).toEqual(['KNET422 info']);
		expect(naming('third')).toEqual(['KNET422 undecided']);
	});

	test('is a remark where the bad reference stands in another rule', () => {
		const rules =
			'rules: [{matches: [{path: {type: PathPrefix, value: /bad}}], backendRefs: [{name: gone, port: 80}]}, {backendRefs: [{name: web, port: 80}]}]';
		const result = resolve(healthy + httpRoute('r', rules, {status: unresolved('BackendNotFound')}));
		expect(codes(result)).toEqual(['KNET422 info']);
	});
});

const strict = (listener: string) =>
	healthy.replace(
		'{name: http, port: 80, protocol: HTTP}',
		`{name: http, port: 80, protocol: HTTP, ${listener}}`,
	);

const fromOther = (spec: string) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: other, generation: 1}
spec: {parentRefs: [{name: gw, namespace: shop}], hostnames: [a.example.com], ${spec}}
status: {parents: [${accepted().replace('name: gw', 'name: gw, namespace: shop')}]}
`;

describe('KNET423', () => {
	const toFar = 'rules: [{backendRefs: [{name: far, port: 80}]}]';

	test('says whose routes the listener takes, and the labels of the namespace', () => {
		const result = resolve(
			strict('allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}') +
				fromOther(toFar),
		);
		expect(codes(result)).toEqual(['KNET423 error']);
		expect(message(result)).toBe(
			'Listener http of Gateway shop/gw takes no routes from namespace other: it allows namespaces with team=shop.',
		);
		expect(result.hop.findings[0]?.evidence.at(-1)).toMatchObject({
			object: 'Namespace/other',
			value: expect.stringContaining('team=other'),
		});
	});

	test.each([
		['Selector, selector: {matchLabels: {team: shop}}', 'or give it the labels that are selected.'],
		['Same', 'or attach the route to another Gateway.'],
		['None', 'or attach the route to another Gateway.'],
	])('with from: %s advises what helps there', (from, advice) => {
		const result = resolve(strict(`allowedRoutes: {namespaces: {from: ${from}}}`) + fromOther(toFar));
		expect(result.hop.findings[0]?.remedy).toBe(
			`Allow namespace other in allowedRoutes.namespaces of the listener, ${advice}`,
		);
	});

	test('is said for kinds', () => {
		const result = resolve(
			strict('allowedRoutes: {kinds: [{kind: GRPCRoute}]}') +
				httpRoute('r', `hostnames: [a.example.com], ${toWeb}`),
		);
		expect(message(result)).toBe('Listener http of Gateway shop/gw takes no HTTPRoute.');
	});

	test('is not said where the labels fit', () => {
		const result = resolve(
			strict('allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: other}}}}') +
				fromOther(toFar),
		);
		expect(codes(result)).toEqual([]);
	});
});

describe('KNET424', () => {
	test('shows the hostnames of both sides', () => {
		const result = resolve(
			strict('hostname: "*.gw.example.com"') + httpRoute('r', `hostnames: [a.example.com], ${toWeb}`),
		);
		expect(codes(result)).toEqual(['KNET424 error']);
		expect(message(result)).toBe(
			'The hostnames of HTTPRoute shop/r (a.example.com) do not fit those of Gateway shop/gw (*.gw.example.com).',
		);
		expect(result.stop).toBe('no-rule');
	});

	test('is not said where one of several hostnames fits', () => {
		const result = resolve(
			strict('hostname: "*.example.com"') +
				httpRoute('r', `hostnames: [example.com, a.example.com], ${toWeb}`),
		);
		expect(codes(result)).toEqual([]);
	});
});

describe('KNET425', () => {
	const toFar = 'rules: [{backendRefs: [{name: far, namespace: other, port: 80}]}]';
	const grant = (from: string, to: string) => `---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: g, namespace: other}
spec: {from: [${from}], to: [${to}]}
`;
	const shopRoutes = '{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}';

	test('is said without a grant, and with one for something else', () => {
		const result = resolve(healthy + httpRoute('r', toFar));
		expect(codes(result)).toEqual(['KNET425 error']);
		expect(message(result)).toBe(
			'Namespace other does not let HTTPRoutes of namespace shop refer to its Service far.',
		);
		expect(
			codes(
				resolve(
					healthy + httpRoute('r', toFar) + grant(shopRoutes, '{group: "", kind: Service, name: near}'),
				),
			),
		).toEqual(['KNET425 error']);
	});

	test('is not said with a grant for the Service, or for all Services', () => {
		for (const to of ['{group: "", kind: Service, name: far}', '{group: "", kind: Service}']) {
			expect(codes(resolve(healthy + httpRoute('r', toFar) + grant(shopRoutes, to)))).toEqual([]);
		}
	});

	test('is not decided where grants cannot be read', () => {
		const forbidden = {
			state: 'forbidden',
			resource: 'referencegrants',
			group: 'gateway.networking.k8s.io',
			reason: 'no',
		} as const;
		const told = (status?: string): readonly string[] =>
			codes(
				resolve(healthy + httpRoute('r', toFar, status === undefined ? {} : {status}), {
					states: {states: {ReferenceGrant: forbidden}},
				}),
			);
		expect(told('')).toContain('KNET901 undecided');
		// The controller may read them.
		expect(told()).toEqual([]);
	});
});

describe('KNET426', () => {
	test('is only told for one drained backend, whatever is wrong with it', () => {
		const result = resolve(
			healthy +
				httpRoute('r', 'rules: [{backendRefs: [{name: gone, port: 80, weight: 0}, {name: web, port: 80}]}]'),
		);
		expect(codes(result)).toEqual(['KNET426 info']);
		expect(result.hop.status).toBe('ok');
	});

	test('is an error where all are drained, and where there is none', () => {
		const drained = resolve(
			healthy + httpRoute('r', 'rules: [{backendRefs: [{name: web, port: 80, weight: 0}]}]'),
		);
		expect(codes(drained)).toEqual(['KNET426 error']);
		expect(drained.stop).toBe('invalid-backend');
		expect(message(resolve(healthy + httpRoute('r', 'rules: [{}]')))).toBe(
			'Rule 0 of HTTPRoute shop/r has no backend: the gateway answers 500.',
		);
	});

	test('is not said for a rule that redirects', () => {
		const result = resolve(
			healthy +
				httpRoute('r', 'rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]'),
		);
		expect(codes(result)).toEqual([]);
		expect(result.answeredBy).toBe('the redirect');
		expect(result.hop.details?.changes).toEqual(['redirects to https://a.example.com/ (302)']);
	});
});

describe('a filter outside core Gateway API', () => {
	const answer =
		'rules: [{filters: [{type: ExtensionRef, extensionRef: {group: x.example.com, kind: Answer, name: robots}}]}]';
	const says = (status: string) =>
		accepted().replace('type: ResolvedRefs, status: "True"', `type: ResolvedRefs, status: "${status}"`);

	test('answers in place of a backend where the controller resolves it', () => {
		const result = resolve(healthy + httpRoute('r', answer));
		expect([codes(result), result.answeredBy, result.hop.summary]).toEqual([
			[],
			'Answer robots',
			'* → Answer robots',
		]);
	});

	test('breaks the rule where the controller does not resolve it', () => {
		expect(codes(resolve(healthy + httpRoute('r', answer, {status: says('False')})))).toEqual([
			'KNET422 error',
		]);
	});

	test('is not known to answer where the controller has said nothing', () => {
		expect(codes(resolve(healthy + httpRoute('r', answer, {status: ''})))).toEqual(['KNET427 undecided']);
	});
});

describe('KNET427', () => {
	test('is said where no controller has written anything', () => {
		const result = resolve(healthy + httpRoute('r', toWeb, {status: ''}));
		expect(codes(result)).toEqual(['KNET427 undecided']);
		expect(result.hop.status).toBe('unknown');
		expect(result.backends).toHaveLength(1);
	});

	test('is said where the status is about an older generation', () => {
		const result = resolve(
			healthy +
				httpRoute('r', toWeb).replace(
					'name: r, namespace: shop, generation: 1',
					'name: r, namespace: shop, generation: 2',
				),
		);
		expect(message(result)).toBe(
			'The status of HTTPRoute shop/r is about an older form of it, so whether the present one is served is not known.',
		);
	});

	test('is not said where something is known to be broken', () => {
		const result = resolve(
			healthy + httpRoute('r', 'rules: [{backendRefs: [{name: wep, port: 80}]}]', {status: ''}),
		);
		expect(codes(result)).toEqual(['KNET402 error']);
	});
});

describe('KNET428', () => {
	test('is said with the controller’s message', () => {
		const partly =
			', {type: PartiallyInvalid, status: "True", reason: UnsupportedValue, message: dropped rule 1, observedGeneration: 1}';
		const result = resolve(healthy + httpRoute('r', toWeb, {status: accepted(partly)}));
		expect(codes(result)).toEqual(['KNET428 warning']);
		expect(result.hop.status).toBe('degraded');
	});

	test('is not said where the condition is False', () => {
		const fine = ', {type: PartiallyInvalid, status: "False", reason: Fine, observedGeneration: 1}';
		expect(codes(resolve(healthy + httpRoute('r', toWeb, {status: accepted(fine)})))).toEqual([]);
	});

	const mirror =
		'rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: api, port: 8080}}}], backendRefs: [{name: web, port: 80}]}]';

	test('is an error for a filter that Traefik does not have', () => {
		const traefik = (healthy + httpRoute('r', mirror)).replaceAll(
			'example.com/gateway-controller',
			'traefik.io/gateway-controller',
		);
		const result = resolve(traefik);
		expect(codes(result)).toEqual(['KNET428 error']);
		expect(result.stop).toBe('invalid-backend');
	});

	test('is an error for an ExtensionRef where Traefik does not read the kinds it may name', () => {
		const extension =
			'rules: [{filters: [{type: ExtensionRef, extensionRef: {group: traefik.io, kind: Middleware, name: auth}}], backendRefs: [{name: web, port: 80}]}]';
		const middleware = `
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {name: auth, namespace: shop}
spec: {stripPrefix: {prefixes: [/a]}}
`;
		const yaml = (healthy + httpRoute('r', extension) + middleware).replaceAll(
			'example.com/gateway-controller',
			'traefik.io/gateway-controller',
		);
		const workload = (args: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: traefik, namespace: edge}
spec:
  selector: {matchLabels: {app: traefik}}
  template: {metadata: {labels: {app: traefik}}, spec: {containers: [{name: traefik, image: "traefik:v3.6", args: [${args}]}]}}
---
apiVersion: v1
kind: Service
metadata: {name: traefik, namespace: edge}
spec: {type: LoadBalancer, selector: {app: traefik}, ports: [{port: 80}]}
status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
`;
		expect(codes(resolve(yaml + workload('--providers.kubernetesgateway')))).toEqual(['KNET428 error']);
		expect(
			codes(resolve(yaml + workload('--providers.kubernetesgateway, --providers.kubernetescrd'))),
		).toEqual([]);
		expect(codes(resolve(yaml))).toEqual([]);
	});

	test('is not said for that filter elsewhere', () => {
		const result = resolve(healthy + httpRoute('r', mirror));
		expect(codes(result)).toEqual([]);
		expect(result.hop.details?.changes).toEqual(['mirrors requests to api']);
	});
});
