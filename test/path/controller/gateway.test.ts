import {describe, expect, test} from 'vitest';
import {gatewayControllerEvaluator} from '../../../source/path/controller/gateway/evaluate.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {namespaces, requestTo} from '../../rules/gateway-api/fixtures.ts';
import type {HttpRequest} from '../../../source/model/request.ts';

type Parts = {
	readonly gatewayClass?: string;
	readonly className?: string;
	readonly listeners?: string;
	readonly generation?: number;
	readonly status?: string;
	readonly more?: string;
	readonly states?: Parameters<typeof snapshotOf>[1];
};

const classOf = (conditions: string, controller = 'example.com/gateway-controller') => `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: example, generation: 1}
spec: {controllerName: ${controller}}
status: {conditions: [${conditions}]}
`;

const acceptedClass = classOf('{type: Accepted, status: "True", reason: Accepted}');

const programmed =
	'conditions: [{type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}, {type: Programmed, status: "True", reason: Programmed, observedGeneration: 1}]';

function resolve(
	{
		gatewayClass = acceptedClass,
		className = 'example',
		listeners = '{name: http, port: 80, protocol: HTTP}',
		generation = 1,
		status = programmed,
		more = '',
		states = {},
	}: Parts,
	request?: HttpRequest,
) {
	const snapshot = snapshotOf(
		`${namespaces}
---${gatewayClass}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop, generation: ${generation}}
spec: {gatewayClassName: ${className}, listeners: [${listeners}]}
status: {${status}}
${more}`,
		states,
	);
	const source = {kind: 'external'} as const;
	return gatewayControllerEvaluator.evaluate(
		{snapshot, source, client: source, request, detail: 'full'},
		{gateway: {namespace: 'shop', name: 'gw'}},
	);
}

const codes = (result: ReturnType<typeof resolve>) =>
	result.hop.findings.map(({code, severity, undecided}) => `${code} ${undecided ? 'undecided' : severity}`);

test('a Gateway that is accepted and programmed is ok and says nothing', () => {
	const result = resolve({});
	expect(result.hop).toMatchObject({
		status: 'ok',
		subject: {kind: 'Gateway', namespace: 'shop', name: 'gw'},
		summary: 'example.com/gateway-controller, class example',
		findings: [],
		details: {class: 'example', controller: 'example.com/gateway-controller', profile: 'gateway-api'},
	});
	expect(result.stop).toBeUndefined();
});

describe('KNET321', () => {
	test('is said where the class does not exist, with the nearest name', () => {
		const result = resolve({className: 'exampel'});
		expect(result).toMatchObject({stop: 'nobody', hop: {status: 'broken'}});
		expect(result.hop.findings[0]?.message).toBe(
			'Gateway gw asks for the GatewayClass exampel, which does not exist; there is one named example.',
		);
		expect(codes(result)).toEqual(['KNET321 error']);
		expect(result.gateway).toBeUndefined();
	});

	test('is not said where classes cannot be read', () => {
		const forbidden = {
			state: 'forbidden',
			resource: 'gatewayclasses',
			group: 'gateway.networking.k8s.io',
			reason: 'no',
		} as const;
		const result = resolve({className: 'exampel', states: {states: {GatewayClass: forbidden}}});
		expect(codes(result)).toEqual(['KNET901 undecided']);
		expect(result.hop.status).toBe('unknown');
	});
});

describe('KNET322', () => {
	test('is said where no controller has taken the class', () => {
		const pending = '{type: Accepted, status: Unknown, reason: Pending, message: Waiting for controller}';
		const result = resolve({gatewayClass: classOf(pending)});
		expect(codes(result)).toEqual(['KNET322 error']);
		expect(result.hop.findings[0]?.message).toBe(
			'No controller named example.com/gateway-controller has accepted GatewayClass example.',
		);
	});

	test('gives the reason of a controller that refuses', () => {
		const result = resolve({
			gatewayClass: classOf(
				'{type: Accepted, status: "False", reason: InvalidParameters, message: no such ConfigMap}',
			),
		});
		expect(result.hop.findings[0]?.message).toBe(
			'GatewayClass example is not accepted by example.com/gateway-controller: InvalidParameters.',
		);
	});

	test('is not decided where the class has no status', () => {
		const result = resolve({gatewayClass: classOf('')});
		expect(codes(result)).toEqual(['KNET322 undecided']);
		expect(result.hop.status).toBe('unknown');
	});

	test('looks Accepted up by type, not by position', () => {
		const two =
			'{type: SupportedVersion, status: "False", reason: UnsupportedVersion}, {type: Accepted, status: "True", reason: Accepted}';
		expect(codes(resolve({gatewayClass: classOf(two)}))).toEqual([]);
	});
});

describe('KNET323', () => {
	const refused =
		'conditions: [{type: Accepted, status: "False", reason: UnsupportedAddress, message: cannot have 10.0.0.1, observedGeneration: 1}]';

	test('is said with the reason of the controller', () => {
		const result = resolve({status: refused});
		expect(codes(result)).toEqual(['KNET323 error']);
		expect(result.hop.findings[0]?.message).toBe(
			'The controller does not accept Gateway gw: UnsupportedAddress: "cannot have 10.0.0.1".',
		);
	});

	test('is not said of an older form of the Gateway', () => {
		expect(codes(resolve({status: refused, generation: 2}))).toEqual(['KNET324 undecided']);
	});

	test('is left to the listeners where they are not valid', () => {
		const status =
			'conditions: [{type: Accepted, status: "False", reason: ListenersNotValid, observedGeneration: 1}], listeners: [{name: http, conditions: [{type: Accepted, status: "False", reason: PortUnavailable}]}]';
		expect(codes(resolve({status}))).toEqual(['KNET323 info', 'KNET325 error']);
	});

	test('is only told where one listener is bad and another is served', () => {
		const status =
			'conditions: [{type: Accepted, status: "False", reason: ListenersNotValid, observedGeneration: 1}], listeners: [{name: http, conditions: [{type: Programmed, status: "True", reason: Programmed}]}, {name: bad, conditions: [{type: Accepted, status: "False", reason: PortUnavailable}]}]';
		const result = resolve(
			{
				status,
				listeners: '{name: http, port: 80, protocol: HTTP}, {name: bad, port: 81, protocol: HTTP}',
			},
			requestTo('http://a.example.com/'),
		);
		expect(codes(result)).toEqual(['KNET323 info']);
		expect(result.hop.status).toBe('ok');
	});
});

describe('KNET324', () => {
	const withProgrammed = (condition: string) =>
		`conditions: [{type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}${condition}]`;

	// Without an address the Gateway may be served all the same: its data plane is not known here.
	test.each([
		['NoResources', 'KNET324 error', 'nobody'],
		['AddressNotAssigned', 'KNET324 undecided', undefined],
	])('is said where the data plane does not have it: %s', (reason, code, stop) => {
		const condition = `, {type: Programmed, status: "False", reason: ${reason}, observedGeneration: 1}`;
		const result = resolve({status: withProgrammed(condition)});
		expect([codes(result), result.stop]).toEqual([[code], stop]);
	});

	test.each([
		['absent', '', 1],
		['Unknown', ', {type: Programmed, status: Unknown, reason: Pending}', 1],
		[
			'about an older generation',
			', {type: Programmed, status: "False", reason: Invalid, observedGeneration: 1}',
			2,
		],
	])('is not decided where the condition is %s', (_, condition, generation) => {
		const result = resolve({status: withProgrammed(condition), generation});
		expect(codes(result)).toEqual(['KNET324 undecided']);
		expect(result.hop.status).toBe('unknown');
		expect(result.stop).toBeUndefined();
	});
});

describe('KNET325', () => {
	const listeners =
		'{name: good, port: 80, protocol: HTTP}, {name: bad, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}';
	const status = `${programmed}, listeners: [{name: good, conditions: [{type: Accepted, status: "True", reason: Accepted}]}, {name: bad, conditions: [{type: Programmed, status: "False", reason: Invalid}, {type: ResolvedRefs, status: "False", reason: InvalidCertificateRef, message: secret not found}]}]`;

	test('is an error for a request that needs the listener', () => {
		const result = resolve({listeners, status}, requestTo('https://a.example.com/'));
		expect(codes(result)).toEqual(['KNET325 error']);
		expect(result.hop.findings[0]?.message).toBe(
			'Listener bad (HTTPS 443) of Gateway gw does not serve: ResolvedRefs is False, InvalidCertificateRef: "secret not found".',
		);
	});

	test('is silent for a request that uses another listener', () => {
		const result = resolve({listeners, status}, requestTo('http://a.example.com/'));
		expect(codes(result)).toEqual([]);
	});

	test('is silent for HTTP of a listener for TCP on the same port', () => {
		const tcp = '{name: good, port: 80, protocol: HTTP}, {name: bad, port: 80, protocol: TCP}';
		expect(codes(resolve({listeners: tcp, status}, requestTo('http://a.example.com/')))).toEqual([]);
	});

	test('is a warning for the Gateway as long as one listener serves', () => {
		expect(codes(resolve({listeners, status}))).toEqual(['KNET325 warning']);
	});

	test('is worked out from the objects where nobody has written a status', () => {
		expect(codes(resolve({listeners}, requestTo('https://a.example.com/')))).toEqual(['KNET325 error']);
		const secret = `---
apiVersion: v1
kind: Secret
metadata: {name: cert, namespace: shop}
type: kubernetes.io/tls
`;
		expect(codes(resolve({listeners, more: secret}, requestTo('https://a.example.com/')))).toEqual([]);
	});

	test('sees listeners that take each other’s port or host', () => {
		const same = '{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}';
		const result = resolve({listeners: same});
		expect(result.hop.findings.map(({message}) => message)).toEqual([
			'Listener a (HTTP 80) of Gateway gw does not serve: port 80 has another listener with its hostname.',
			'Listener b (HTTP 80) of Gateway gw does not serve: port 80 has another listener with its hostname.',
		]);
		const mixed = '{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTPS}';
		expect(resolve({listeners: mixed}).hop.findings[0]?.message).toContain('a listener of another protocol');
		const apart =
			'{name: a, port: 443, protocol: HTTPS, hostname: a.b}, {name: b, port: 443, protocol: TLS, hostname: c.d}, {name: u, port: 443, protocol: UDP}';
		expect(codes(resolve({listeners: apart}))).toEqual([]);
	});
});

describe('KNET326 and KNET327', () => {
	const ask = (
		states: Parameters<typeof snapshotOf>[1],
		parentRefFrom?: {routeKind: 'HTTPRoute'; namespace: string; name: string},
	) => {
		const snapshot = snapshotOf(
			`apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: other}\nspec: {gatewayClassName: example, listeners: []}`,
			states,
		);
		const source = {kind: 'external'} as const;
		return gatewayControllerEvaluator.evaluate(
			{snapshot, source, client: source, detail: 'full'},
			{gateway: {namespace: 'shop', name: 'gw'}, parentRefFrom},
		);
	};

	test('a route that names no Gateway is told, with one of the same name elsewhere', () => {
		const result = ask({}, {routeKind: 'HTTPRoute', namespace: 'shop', name: 'web'});
		expect(result).toMatchObject({stop: 'nobody', hop: {status: 'broken'}});
		expect(codes(result)).toEqual(['KNET326 error']);
		expect(result.hop.findings[0]?.message).toBe(
			'HTTPRoute shop/web names the Gateway shop/gw, which does not exist; there is other/gw.',
		);
	});

	test('a cluster without Gateway API says so beside it', () => {
		const result = ask({states: {Gateway: {state: 'absent', why: 'not-installed'}}});
		expect(codes(result)).toEqual(['KNET326 error', 'KNET327 info']);
	});

	test('a file without Gateways leaves it unknown', () => {
		const result = ask({states: {Gateway: {state: 'absent', why: 'not-in-input'}}});
		expect(codes(result)).toEqual(['KNET904 undecided']);
		expect(result.hop.status).toBe('unknown');
		expect(result.stop).toBeUndefined();
	});
});

const traefik = (ready: number) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: traefik, namespace: kube-system}
spec:
  replicas: 2
  selector: {matchLabels: {app.kubernetes.io/name: traefik}}
  template:
    metadata: {labels: {app.kubernetes.io/name: traefik}}
    spec: {containers: [{name: traefik, image: "docker.io/traefik:v3.6", args: [--providers.kubernetesgateway], ports: [{name: web, containerPort: 8000}]}]}
status: {readyReplicas: ${ready}}
---
apiVersion: v1
kind: Service
metadata: {name: traefik, namespace: kube-system}
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.2
  selector: {app.kubernetes.io/name: traefik}
  ports: [{name: web, port: 80, targetPort: web}]
status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: traefik-1, namespace: kube-system, labels: {kubernetes.io/service-name: traefik}}
addressType: IPv4
ports: [{name: web, port: 8000, protocol: TCP}]
endpoints: [{addresses: [10.244.0.5], conditions: {ready: ${ready > 0}}}]
`;

test('takes the listener that could answer where no Service maps the client’s port', () => {
	const listeners =
		'{name: web, port: 8000, protocol: HTTP}, {name: tls, port: 8443, protocol: HTTPS, hostname: b.example.com}';
	expect(resolve({listeners}, requestTo('http://a.example.com/')).listenerPorts).toEqual([8000]);
	expect(resolve({listeners}, requestTo('https://b.example.com/')).listenerPorts).toEqual([8443]);
	expect(resolve({listeners}, requestTo('http://a.example.com:8443/')).listenerPorts).toEqual([8443]);
});

describe('a data plane made for one Gateway', () => {
	const own = (label: string, namespace = 'shop') => `---
apiVersion: v1
kind: Service
metadata: {name: gw-example, namespace: ${namespace}, labels: {${label}}}
spec: {type: LoadBalancer, clusterIP: 10.96.0.3, selector: {app: gw}, ports: [{port: 80, targetPort: 8080}]}
`;
	const services = (parts: Parts) => resolve(parts).controller?.services.map(({name}) => name);
	const envoy = {
		gatewayClass: classOf(
			'{type: Accepted, status: "True", reason: Accepted}',
			'gateway.envoyproxy.io/gatewayclass-controller',
		),
	};

	test('is found by the label of the Gateway', () => {
		expect(services({more: own('gateway.networking.k8s.io/gateway-name: gw')})).toEqual(['gw-example']);
		expect(services({more: own('gateway.networking.k8s.io/gateway-name: other')})).toEqual([]);
	});

	test('is found in the namespace of its controller', () => {
		const label = (namespace: string) =>
			`gateway.envoyproxy.io/owning-gateway-name: gw, gateway.envoyproxy.io/owning-gateway-namespace: ${namespace}`;
		expect(services({...envoy, more: own(label('shop'), 'envoy-gateway-system')})).toEqual(['gw-example']);
		expect(services({...envoy, more: own(label('other'), 'envoy-gateway-system')})).toEqual([]);
	});

	test('is found by the address in the status of the Gateway', () => {
		const more = own('a: b').replace(
			'spec: {type',
			'status: {loadBalancer: {ingress: [{ip: 192.0.2.9}]}}\nspec: {type',
		);
		const status = `${programmed}, addresses: [{type: IPAddress, value: 192.0.2.9}]`;
		expect(services({more, status})).toEqual(['gw-example']);
		expect(services({more})).toEqual([]);
	});
});

describe('a data plane that serves every Gateway', () => {
	const parts = (ready: number): Parts => ({
		gatewayClass: classOf(
			'{type: Accepted, status: "True", reason: Handled}',
			'traefik.io/gateway-controller',
		),
		listeners: '{name: web, port: 8000, protocol: HTTP}',
		more: traefik(ready),
	});

	test('is found, and its Service maps the client’s port to the listener’s', () => {
		const result = resolve(parts(2), requestTo('http://a.example.com/'));
		expect(result).toMatchObject({
			listenerPorts: [8000],
			controller: {
				implementation: 'Traefik',
				workload: {kind: 'Deployment', namespace: 'kube-system', name: 'traefik'},
			},
			hop: {status: 'ok', summary: 'Traefik 2/2 ready, class example', details: {ready: 2, total: 2}},
		});
	});

	test('without ready pods breaks the hop', () => {
		const result = resolve(parts(0), requestTo('http://a.example.com/'));
		expect(codes(result)).toEqual(['KNET305 error']);
		expect(result).toMatchObject({stop: 'no-endpoints', hop: {status: 'broken'}});
	});
});
