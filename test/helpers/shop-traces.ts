import {catalogue} from '../../source/path/catalogue.ts';
import type {Hop} from '../../source/path/hop.ts';
import type {HopKind} from '../../source/path/hop-kind.ts';
import type {Path, Trace} from '../../source/path/report.ts';
import {finding} from '../../source/path/finding.ts';

/** Half past two in the morning, and three seconds: 2026-03-14T02:30:03Z. */
export const now = Date.UTC(2026, 2, 14, 2, 30, 3);

export const api = {kind: 'Service', namespace: 'shop', name: 'api'} as const;

const hopsOfApi: readonly Hop[] = [
	{
		kind: 'dns',
		status: 'ok',
		basis: 'evidence',
		summary: 'app.example.com → 203.0.113.10',
		findings: [],
		details: {
			queries: [
				{
					name: 'app.example.com',
					type: 'A',
					expected: {rcode: 'NOERROR', answers: [{name: 'app.example.com', type: 'A', data: '203.0.113.10'}]},
					observed: [
						{
							resolver: 'this machine',
							rcode: 'NOERROR',
							answers: [{name: 'app.example.com', type: 'A', data: '203.0.113.10', ttl: 60}],
							ms: 12,
							at: now - 42_000,
						},
					],
				},
			],
		},
	},
	{
		kind: 'load-balancer',
		status: 'ok',
		basis: 'objects',
		subject: {kind: 'Service', namespace: 'ingress', name: 'traefik'},
		summary: '203.0.113.10:443',
		findings: [],
		details: {
			addresses: ['203.0.113.10'],
			service: {kind: 'Service', namespace: 'ingress', name: 'traefik'},
			port: 443,
			nodePort: 30443,
		},
	},
	{
		kind: 'controller',
		status: 'ok',
		basis: 'objects',
		subject: {kind: 'Deployment', namespace: 'ingress', name: 'traefik'},
		summary: '2/2 ready  class traefik',
		findings: [],
		details: {
			class: 'traefik',
			controller: 'traefik.io/ingress-controller',
			implementation: 'Traefik',
			profile: 'traefik',
			workload: {kind: 'Deployment', namespace: 'ingress', name: 'traefik'},
			ready: 2,
			total: 2,
			bypassesProxy: true,
		},
	},
	{
		kind: 'route',
		status: 'ok',
		basis: 'objects',
		subject: {kind: 'Ingress', namespace: 'shop', name: 'site'},
		summary: 'Prefix /api → api:80',
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
			backends: [{kind: 'Service', namespace: 'shop', name: 'api', port: 80, weight: 1, share: 1}],
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
					why: '/api is longer',
				},
			],
		},
	},
	{
		kind: 'service',
		status: 'ok',
		basis: 'objects',
		subject: api,
		summary: 'ClusterIP 10.96.12.4:80 → 8080',
		findings: [],
		details: {
			type: 'ClusterIP',
			clusterIPs: ['10.96.12.4'],
			port: {name: 'http', port: 80, targetPort: 8080, protocol: 'TCP'},
			selector: {app: 'api'},
			routedBy: ['app.example.com/api'],
		},
	},
	{
		kind: 'endpoints',
		status: 'broken',
		basis: 'objects',
		subject: api,
		summary: '0 of 3 ready',
		findings: [
			finding(catalogue['KNET503']!, {
				message:
					'3 pods match app=api and none of them is Ready, so nothing behind the Service takes requests.',
				evidence: [
					{object: 'EndpointSlice/shop/api-x7k2p', path: 'endpoints[0].conditions.ready', value: 'false'},
					{
						object: 'Pod/shop/api-7d9f-x2',
						path: 'status.conditions[Ready].reason',
						value: 'ContainersNotReady',
					},
				],
				remedy: 'Mend what keeps the pods from being Ready: see the Pods hop.',
				command: 'kubectl -n shop get pods -l app=api -o wide',
			}),
		],
		details: {
			slices: ['api-x7k2p'],
			endpoints: [
				{
					address: '10.244.1.7',
					port: 8080,
					ready: false,
					serving: false,
					terminating: false,
					node: 'node-a',
					zone: 'eu-1a',
					pod: 'api-7d9f-x2',
				},
				{
					address: '10.244.2.9',
					port: 8080,
					ready: false,
					serving: false,
					terminating: false,
					node: 'node-b',
					zone: 'eu-1b',
					pod: 'api-7d9f-k8',
				},
				{
					address: '10.244.2.10',
					port: 8080,
					ready: false,
					serving: false,
					terminating: true,
					node: 'node-b',
					zone: 'eu-1b',
					pod: 'api-7d9f-zz',
				},
			],
		},
	},
	{
		kind: 'kube-proxy',
		status: 'skipped',
		basis: 'objects',
		summary: 'Traefik sends to endpoints itself',
		findings: [],
	},
	{
		kind: 'network-policy',
		status: 'skipped',
		basis: 'objects',
		summary: 'no policy selects these pods',
		findings: [],
	},
	{
		kind: 'pod',
		status: 'broken',
		basis: 'objects',
		summary: '3 running, 0 ready',
		findings: [
			finding(catalogue['KNET702']!, {
				message:
					'The readiness probe of container app fails: HTTP probe failed with statuscode: 500 (GET :8080/healthz).',
				evidence: [
					{
						object: 'Event/shop/api-7d9f-x2.1788',
						path: 'message',
						value: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
					},
				],
				remedy: 'Ask the application why /healthz answers 500; its log says more.',
				command: 'kubectl -n shop logs api-7d9f-x2 -c app --tail=50',
				severity: 'error',
			}),
		],
		details: {
			pods: [
				{
					name: 'api-7d9f-x2',
					namespace: 'shop',
					node: 'node-a',
					ip: '10.244.1.7',
					phase: 'Running',
					ready: false,
					reason: 'readiness probe fails',
					restarts: 0,
					targetPort: 8080,
				},
				{
					name: 'api-7d9f-k8',
					namespace: 'shop',
					node: 'node-b',
					ip: '10.244.2.9',
					phase: 'Running',
					ready: false,
					reason: 'readiness probe fails',
					restarts: 2,
					targetPort: 8080,
				},
				{
					name: 'api-7d9f-zz',
					namespace: 'shop',
					node: 'node-b',
					ip: '10.244.2.10',
					phase: 'Running',
					ready: false,
					reason: 'terminating',
					restarts: 0,
					targetPort: 8080,
				},
			],
		},
	},
];

export const apiPath: Path = {
	title: 'https://app.example.com/api',
	verdict: 'broken',
	brokenAt: 'endpoints',
	symptom: 'http-503',
	rootCause: 'KNET702',
	hops: hopsOfApi,
};

export const apiTrace: Trace = {
	target: {kind: 'url', text: 'https://app.example.com/api'},
	from: {kind: 'external'},
	verdict: 'broken',
	paths: [apiPath],
	notChecked: [],
};

const webEndpoints: Hop<'endpoints'> = {
	kind: 'endpoints',
	status: 'ok',
	basis: 'objects',
	subject: {...api, name: 'web'},
	summary: '3 of 3 ready',
	findings: [],
	details: {
		slices: ['web-q8r4t'],
		endpoints: [1, 2, 3].map((n) => ({
			address: `10.244.${n}.20`,
			port: 80,
			ready: true,
			serving: true,
			terminating: false,
			node: `node-${'abc'[n - 1]}`,
			pod: `web-5c6d-${n}`,
		})),
	},
};

const changedHops: Partial<Record<HopKind, Partial<Hop>>> = {
	route: {summary: 'Prefix / → web:80'},
	service: {subject: {...api, name: 'web'}, summary: 'ClusterIP 10.96.40.2:80 → http'},
	endpoints: webEndpoints,
	pod: {status: 'ok', summary: '3 ready', findings: [], details: undefined},
};

const webHops: readonly Hop[] = hopsOfApi.map((hop) => ({...hop, ...changedHops[hop.kind]}));

/** The same entry when it works. */
export const webTrace: Trace = {
	target: {kind: 'url', text: 'https://app.example.com/'},
	from: {kind: 'external'},
	verdict: 'ok',
	paths: [{title: 'https://app.example.com/', verdict: 'ok', hops: webHops}],
	notChecked: [],
};

/** Somebody mistyped the selector of Service web. */
export const selectorChange = {
	id: 1,
	at: now,
	object: {kind: 'Service', namespace: 'shop', name: 'web'},
	type: 'changed',
	fields: [{path: 'selector', was: 'app=web', is: 'app=webb'}],
} as const;
