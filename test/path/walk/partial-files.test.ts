import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {Trace} from '../../../source/path/report.ts';
import {parseSource, parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {accepted} from '../../helpers/scenario.ts';
import {snapshotOfFile} from '../../helpers/snapshot.ts';

/** A file is part of a cluster: what it does not hold is unknown, and what no server has seen has not failed. */
function traceIn(yaml: string, target: string, from?: string): Trace {
	return walk(snapshotOfFile(yaml), {
		target: accepted(parseTarget(target)),
		namespace: 'shop',
		from: from === undefined ? undefined : accepted(parseSource(from, 'shop')),
	});
}

function told({verdict, paths}: Trace): readonly string[] {
	const findings = paths.flatMap(({hops}) => hops.flatMap(({findings: found}) => found));
	return [
		verdict ?? '',
		...findings
			.filter(({severity, undecided}) => severity !== 'info' || undecided)
			.map(({code, message}) => `${code} ${message}`),
	];
}

const nginx = readFileSync(new URL('../../data-sources/nginx.yaml', import.meta.url), 'utf8');
const alias = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop}
spec:
  ingressClassName: nginx
  rules: [{host: app.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: alias, port: {number: 80}}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: web.other.svc.cluster.local}
---
`;

test('an alias of a Service in a namespace that the file does not hold is unknown', () => {
	expect(told(traceIn(`${alias}${nginx}`, 'http://app.example.com/'))).toEqual([
		'unknown',
		'KNET904 Namespace other is not in the input, so its objects are unknown.',
	]);
});

test('a file of all Namespaces says that one is missing', () => {
	const all = '---\n{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}\n';
	expect(told(traceIn(`${alias}${nginx}${all}`, 'http://app.example.com/'))).toEqual([
		'broken',
		'KNET129 externalName web.other.svc.cluster.local of Service shop/alias has no record for ingress-nginx.',
	]);
});

const pod =
	'{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, uid: u}, spec: {containers: []}}\n---\n';

test('a name of a namespace that the file does not hold is unknown', () => {
	const found = told(traceIn(`${pod}${alias}${nginx}`, 'http://web.other.svc.cluster.local/', 'pod/client'));
	expect(found).toContain('KNET904 Namespace other is not in the input, so its objects are unknown.');
	expect(found[0]).toBe('unknown');
});

const gateway = `
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: eg}, spec: {controllerName: gateway.envoyproxy.io/gatewayclass-controller}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: shop}, spec: {gatewayClassName: eg, listeners: [{name: http, port: 80, protocol: HTTP}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: site, namespace: shop}
spec:
  parentRefs: [{name: gw}]
  hostnames: [app.example.com]
  rules: [{backendRefs: [{name: web, port: 80}]}]
---
`;

function deployment(name: string, labels: string, image: string): string {
	return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: envoy-gateway-system, labels: ${labels}}
spec:
  selector: {matchLabels: ${labels}}
  template: {metadata: {labels: ${labels}}, spec: {containers: [{name: main, image: ${image}}]}}
---
`;
}

const plane = deployment(
	'envoy-gateway',
	'{control-plane: envoy-gateway}',
	'docker.io/envoyproxy/gateway:v1.6.0',
);
const proxy = deployment(
	'envoy-shop-gw',
	'{gateway.envoyproxy.io/owning-gateway-name: gw, gateway.envoyproxy.io/owning-gateway-namespace: shop}',
	'docker.io/envoyproxy/envoy:distroless-v1.36.0',
);

test.each([
	['a control plane', plane],
	['a control plane and a proxy', `${plane}${proxy}`],
])('%s of manifests has not failed', (_, workloads) => {
	const trace = traceIn(`${gateway}${workloads}`, 'http://app.example.com/');
	expect(trace.verdict).toBe('unknown');
	expect(told(trace).join()).not.toMatch(/KNET305|no pod of Envoy Gateway/u);
	const controller = trace.paths[0]?.hops.find(({kind}) => kind === 'controller');
	expect(controller?.summary).toBe('Envoy Gateway 1 planned, class eg');
});

const web = `
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;

test('pods that manifests ask for are planned, and commands name their workload', () => {
	const [path] = traceIn(web, 'svc/web').paths;
	const pods = path?.hops.find(({kind}) => kind === 'pod');
	expect(pods?.summary).toBe('2 planned');
	expect(pods?.findings.map(({command}) => command)).toEqual(['kubectl -n shop get deployment web -o yaml']);
});

const ofOneNamespace = `
{apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: shop, uid: p, labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}, status: {phase: Running, podIPs: [{ip: 10.0.0.1}], conditions: [{type: Ready, status: 'True'}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, uid: s}, spec: {clusterIP: 10.96.0.9, selector: {app: web}, ports: [{port: 80}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: in, namespace: shop, uid: n}, spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: front}}}]}]}}
---
`;

test('what policies say of a pod of a namespace that the file does not hold is unknown', () => {
	const [path] = traceIn(ofOneNamespace, 'svc/web', 'pod/other/client').paths;
	const policies = path?.hops.find(({kind}) => kind === 'network-policy');
	expect([policies?.status, policies?.findings.map(({message}) => message)]).toEqual([
		'unknown',
		['Namespace other is not in the input, so its Pod objects are unknown.'],
	]);
});

test('a certificate of a namespace whose grants are not in the file may be granted', () => {
	const listener =
		'{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c, namespace: certs}]}}';
	const secure = gateway.replace('{name: http, port: 80, protocol: HTTP}', listener);
	const grant =
		'{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: shop}}';
	const trace = traceIn(`${secure}${plane}${grant}`, 'https://app.example.com/');
	expect(trace.verdict).toBe('unknown');
	expect(told(trace).join()).not.toContain('KNET325');
});

test.each([
	[
		'manifests',
		'',
		'unknown',
		'KNET904 The input holds some IngressClass objects only, so this cannot be decided.',
	],
	[
		'a list of a server',
		', uid: u',
		'broken',
		'KNET301 No IngressClass is called traefik, so no controller takes Ingress site. There is nginx.',
	],
])('a class that %s do not hold', (_, uid, verdict, said) => {
	const own = `{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx${uid}}, spec: {controller: k8s.io/ingress-nginx}}`;
	const trace = traceIn(`${alias.replace('Name: nginx', 'Name: traefik')}${own}`, 'http://app.example.com/');
	expect(trace.verdict).toBe(verdict);
	expect(told(trace)).toContain(said);
});

const denied = `
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: shop}, spec: {podSelector: {}, policyTypes: [Ingress]}}
---
${alias.replaceAll('alias', 'web').replace(/---\napiVersion: v1[^]*/u, '')}---
${web}`;

test('what a file lacks of the kinds that may run a controller is said once', () => {
	const trace = traceIn(denied, 'http://app.example.com/');
	const absent = told(trace).filter((each) => each.startsWith('KNET904'));
	expect(absent).toContain(
		'KNET904 The input does not hold all Deployment, DaemonSet, StatefulSet objects, so this cannot be decided.',
	);
	expect(absent).toHaveLength(2);
});

const edge = `
apiVersion: v1
kind: Service
metadata: {name: edge, namespace: shop}
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector: {app: edge}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: edge}}
  template:
    metadata: {labels: {app: edge}}
    spec: {containers: [{name: edge, image: "edge:1", ports: [{name: http, containerPort: 8080}]}]}`;

test('pods of manifests have no node: a Local policy drops nothing that is known', () => {
	const trace = traceIn(edge, 'svc/edge', 'external');
	expect(told(trace)).toContain(
		'KNET606 externalTrafficPolicy is Local, and it is not known on which nodes edge has endpoints.',
	);
	expect(trace.verdict).toBe('unknown');
	const summaries = trace.paths.flatMap(({hops}) =>
		hops.map(({kind, status, summary}) => ({kind, status, summary})),
	);
	expect(summaries).toContainEqual({
		kind: 'kube-proxy',
		status: 'unknown',
		summary: 'mode unknown: by which node is not known',
	});
});

test('a listener of a waypoint is served by Istio, before a status says so', () => {
	const waypoint = `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: istio-waypoint}
spec: {controllerName: istio.io/mesh-controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop, labels: {istio.io/waypoint-for: service}}
spec:
  gatewayClassName: istio-waypoint
  listeners: [{name: mesh, port: 15008, protocol: HBONE}]`;
	expect(told(traceIn(waypoint, 'gateway/waypoint')).filter((each) => each.startsWith('KNET325'))).toEqual(
		[],
	);
	expect(told(traceIn(waypoint.replace('HBONE', 'QUIC'), 'gateway/waypoint'))).toContain(
		'KNET325 Listener mesh (QUIC 15008) of Gateway waypoint does not serve: QUIC is no protocol of Gateway API.',
	);
});

function selecting(selector: string): string {
	return `
apiVersion: v1
kind: Service
metadata: {name: vault-active, namespace: shop}
spec: {selector: ${selector}, ports: [{port: 8200}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: vault, namespace: shop}
spec:
  serviceName: vault
  replicas: 3
  selector: {matchLabels: {app: vault}}
  template: {metadata: {labels: {app: vault}}, spec: {containers: [{name: vault, image: "vault:1", ports: [{containerPort: 8200}]}]}}`;
}

test('a label that no template of the manifests has may be put on by the program', () => {
	const trace = traceIn(selecting('{app: vault, vault-active: "true"}'), 'svc/vault-active');
	expect(trace.verdict).toBe('unknown');
	expect(told(trace)).toContain(
		'KNET501 No workload of the input makes pods with app=vault,vault-active=true, which Service vault-active selects.',
	);
});

test('a label of the manifests with a typing error is an error', () => {
	const trace = traceIn(selecting('{app: vaults}'), 'svc/vault-active');
	expect(trace.verdict).toBe('broken');
	expect(told(trace)).toContainEqual(
		expect.stringMatching(
			/^KNET501 .* app=vaults, which Service vault-active selects; 3 pods have app=vault\./u,
		),
	);
});

test('the default target type of a class that the file does not hold is not known', () => {
	const alb = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop, uid: site}
spec:
  ingressClassName: alb
  rules: [{host: app.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
status: {loadBalancer: {ingress: [{hostname: k8s-1.eu-central-1.elb.amazonaws.com}]}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, uid: web}
spec: {type: ClusterIP, clusterIP: 10.96.4.2, clusterIPs: [10.96.4.2], ports: [{port: 80}], selector: {app: web}}`;
	const ofController = (name: string): string => `${alb}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: alb}
spec: {controller: ${name}}`;
	const lacksTargets = (yaml: string): boolean =>
		told(traceIn(yaml, 'http://app.example.com/')).some((each) => each.startsWith('KNET529'));
	expect(lacksTargets(alb)).toBe(false);
	expect(lacksTargets(ofController('eks.amazonaws.com/alb'))).toBe(false);
	expect(lacksTargets(ofController('ingress.k8s.aws/alb'))).toBe(true);
});

/** Of a server: each object has a UID. */
const dumped = `
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, uid: s1}, spec: {clusterIP: 10.96.0.5, selector: {app: web}, ports: [{port: 80}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, namespace: shop, uid: p1, labels: {app: web}}
spec: {nodeName: n1, containers: [{name: c, ports: [{containerPort: 80}]}]}
status: {phase: Running, podIP: 10.1.0.1, conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: c, ready: true, state: {running: {}}}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-x, namespace: shop, uid: e1, labels: {kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}}
addressType: IPv4
ports: [{name: "", port: 80, protocol: TCP}]
endpoints: [{addresses: [10.1.0.1], conditions: {ready: true, serving: true, terminating: false}, nodeName: n1, targetRef: {kind: Pod, name: web-1, namespace: shop, uid: p1}}]
---
`;

test.each([
	['a Service has inferred endpoints', 'kind: Service, metadata: {name: beside, namespace: shop}', true],
	[
		'a Service with an address is one of a server',
		'kind: Service, metadata: {name: beside, namespace: shop, uid: s2}',
		false,
	],
])('of a manifest beside a dump %s', (_, manifest, isInferred) => {
	const service = `{apiVersion: v1, ${manifest}, spec: {selector: {app: web}, ports: [{port: 80}]}}`;
	const {verdict, paths} = traceIn(`${dumped}${service}`, 'svc/beside:80');
	const codes = paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings.map(({code}) => code)));
	expect([verdict, codes.includes('KNET522'), codes.includes('KNET503')]).toEqual(
		isInferred ? ['unknown', true, false] : ['broken', false, true],
	);
});

test('a Service of a dump keeps the slices of the dump beside a manifest of a pod', () => {
	const planned =
		'{apiVersion: v1, kind: Pod, metadata: {name: extra, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c}]}}';
	const {verdict, paths} = traceIn(`${dumped}${planned}`, 'svc/web:80');
	const findings = paths.flatMap(({hops}) => hops.flatMap(({findings: found}) => found));
	expect([verdict, ...findings.filter(({severity}) => severity !== 'info').map(({code}) => code)]).toEqual([
		'unknown',
	]);
});

/** The file has no ReferenceGrants: the controller may list them. */
function acrossNamespaces(status: string, reason: string): string {
	return `
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: team}, spec: {clusterIP: 10.96.0.9, selector: {app: web}, ports: [{port: 80}]}}
---
${gateway.replace('name: web, port: 80', 'name: web, namespace: team, port: 80')}
status:
  parents:
    - controllerName: gateway.envoyproxy.io/gatewayclass-controller
      parentRef: {name: gw}
      conditions:
        - {type: Accepted, status: "True", reason: Accepted}
        - {type: ResolvedRefs, status: "${status}", reason: ${reason}, message: "Backend ref to Service team/web not permitted by any ReferenceGrant."}
`.replace('---\n\nstatus', 'status');
}

test.each([
	['False', 'RefNotPermitted', true],
	['True', 'ResolvedRefs', false],
])('where grants are not read, the word of the controller (%s) counts', (status, reason, isRefused) => {
	const found = told(traceIn(acrossNamespaces(status, reason), 'http://app.example.com/')).join('\n');
	expect([found.includes('KNET422'), found.includes('no ReferenceGrant objects')]).toEqual([
		isRefused,
		false,
	]);
});
