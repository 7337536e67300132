import {describe, expect, test} from 'vitest';
import {ago, endpoint, endpointsOf, pod, said, saidOf, service, slice} from '../endpoints/objects.ts';

const two = [
	pod('web-1'),
	pod('web-2', {ip: '10.244.2.9'}),
	slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
];

describe('a healthy Service', () => {
	test('is silent', () => {
		const {hop, stop} = endpointsOf([service(), ...two]);
		expect(said(hop.findings)).toEqual([]);
		expect(hop).toMatchObject({status: 'ok', summary: '2 of 2 ready', basis: 'objects'});
		expect(stop).toBeUndefined();
	});

	test('lists its endpoints with the pods', () => {
		const {hop, endpoints} = endpointsOf([service(), ...two]);
		expect(hop.details).toEqual({
			slices: ['web-1'],
			endpoints: [
				{
					address: '10.244.1.7',
					port: 8080,
					ready: true,
					serving: true,
					terminating: false,
					node: 'node-a',
					zone: 'zone-1',
					pod: 'web-1',
				},
				{
					address: '10.244.2.9',
					port: 8080,
					ready: true,
					serving: true,
					terminating: false,
					node: 'node-a',
					zone: 'zone-1',
					pod: 'web-2',
				},
			],
		});
		expect(endpoints.map(({podObject, family}) => [podObject?.name, family])).toEqual([
			['web-1', 'IPv4'],
			['web-2', 'IPv4'],
		]);
	});

	test('is judged without Pods in the overview', () => {
		const {hop} = endpointsOf([service(), ...two], {
			depth: 'overview',
			states: {Pod: {state: 'not-watched'}},
		});
		expect(hop.status).toBe('ok');
		expect(said(hop.findings)).toEqual([]);
	});

	test('treats absent conditions as ready', () => {
		const {hop} = endpointsOf(
			[service(), pod('web-1'), slice(["{addresses: ['10.244.1.7']}", "{addresses: ['10.244.1.8']}"])],
			{
				depth: 'overview',
			},
		);
		expect(hop.summary).toBe('2 of 2 ready');
	});
});

describe('no pods', () => {
	const placeholder = slice([], {ports: '[]'});

	test('KNET501 names the nearest labels', () => {
		const {hop, stop} = endpointsOf([
			service('selector: {app: web, tier: frnt}'),
			pod('web-1', {labels: 'app: web, tier: front'}),
			pod('web-2', {labels: 'app: web, tier: front'}),
			pod('db-1', {labels: 'app: db'}),
			placeholder,
		]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web,tier=frnt, which Service web selects; 2 pods have tier=front.',
		]);
		expect(hop.findings[0]?.remedy).toBe(
			'Make the selector and the labels of the pods agree: tier=frnt or tier=front.',
		);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop get pods -l tier=front --show-labels');
		expect([hop.status, hop.summary, stop]).toEqual(['broken', 'no endpoints', 'no-endpoints']);
	});

	test('KNET501 names a key that is written otherwise', () => {
		const {hop} = endpointsOf([
			service('selector: {app: web}'),
			pod('web-1', {labels: 'apps: web'}),
			placeholder,
		]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects; 1 pod has apps=web.',
		]);
	});

	test('KNET501 does not name pods that have nothing in common', () => {
		const {hop} = endpointsOf([service(), pod('db-1', {labels: 'app: db'}), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects.',
		]);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop get pods --show-labels');
	});

	test('KNET501 leaves out pods that have ended', () => {
		const {hop} = endpointsOf([service(), pod('web-1', {phase: 'Succeeded', ready: false}), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects.',
		]);
	});

	test('KNET501 says what it cannot exclude', () => {
		const {hop} = endpointsOf([service(), placeholder], {
			states: {Deployment: {state: 'forbidden', group: 'apps', resource: 'deployments', reason: 'no'}},
		});
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects. Whether a workload is scaled to zero is not known (Deployment).',
		]);
	});

	const deployment = (replicas: number, labels = 'app: web'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {namespace: shop, name: web}
spec: {replicas: ${replicas}, selector: {matchLabels: {${labels}}}, template: {metadata: {labels: {${labels}}}}}
`;

	test('KNET502 names the workload with 0 replicas', () => {
		const {hop, stop} = endpointsOf([service(), deployment(0), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET502 error: Deployment web is behind Service web and is scaled to 0 replicas.',
		]);
		expect(hop.findings[0]?.command).toBe('kubectl -n shop scale deployment/web --replicas=1');
		expect(stop).toBe('no-endpoints');
	});

	test('KNET502 is not said of a workload that wants pods', () => {
		const {hop} = endpointsOf([service(), deployment(2), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: Deployment web is behind Service web, wants 2 pods and has none.',
		]);
	});

	test('KNET501 names a pod template that is near', () => {
		const {hop} = endpointsOf([service(), deployment(0, 'app: webb'), placeholder]);
		expect(said(hop.findings)).toEqual([
			'KNET501 error: No pod in namespace shop has app=web, which Service web selects; the pods of Deployment web would have app=webb.',
		]);
	});
});

describe('pods that are not ready', () => {
	test('KNET503 groups the reasons', () => {
		const crash = '{waiting: {reason: CrashLoopBackOff}}';
		const {hop, stop} = endpointsOf([
			service(),
			pod('web-1', {ready: false, state: crash}),
			pod('web-2', {ready: false, state: crash, ip: '10.244.2.9'}),
			pod('web-3', {ready: false, ip: '10.244.2.8'}),
			slice([
				endpoint('web-1', 'unready'),
				endpoint('web-2', 'unready', '10.244.2.9'),
				endpoint('web-3', 'unready', '10.244.2.8'),
			]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET503 error: 3 pods match app=web and none is ready (2 CrashLoopBackOff, 1 NotReady).',
		]);
		expect([hop.summary, stop]).toEqual(['0 of 3 ready', 'no-endpoints']);
	});

	test('KNET503 is known from the slices alone, the reason is not', () => {
		const {hop} = endpointsOf([service(), slice([endpoint('web-1', 'unready')])], {
			states: {Pod: {state: 'forbidden', group: '', resource: 'pods', reason: 'no'}},
		});
		expect(hop.findings.map(({code}) => code)).toEqual(['KNET503', 'KNET901']);
		expect(hop.status).toBe('broken');
		expect(hop.findings[0]?.message).toBe(
			'None of 1 endpoint of Service web is ready; its pods are not known, so the reason is not either.',
		);
	});

	test('KNET504 counts those that are not ready', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ready: false, ip: '10.244.2.9'}),
			slice([endpoint('web-1'), endpoint('web-2', 'unready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET504 warning: 1 of 2 endpoints of Service web is not ready: web-2.',
		]);
		expect([hop.status, hop.summary]).toEqual(['degraded', '1 of 2 ready']);
	});

	test('KNET504 is no warning while a pod has just started', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ready: false, ip: '10.244.2.9', age: 8}),
			slice([endpoint('web-1'), endpoint('web-2', 'unready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET504 info: 1 of 2 endpoints of Service web is not ready, and just started: web-2.',
		]);
		expect(hop.status).toBe('ok');
	});

	test('KNET504 does not count endpoints that are leaving, or pods that have ended', () => {
		const {hop} = endpointsOf([
			service(),
			...[pod('web-1'), pod('web-4', {ip: '10.244.2.4'})],
			pod('web-2', {deleted: true, ready: false, ip: '10.244.2.9'}),
			pod('web-3', {phase: 'Succeeded', ready: false, ip: '10.244.2.3'}),
			slice([
				endpoint('web-1'),
				endpoint('web-4', 'ready', '10.244.2.4'),
				endpoint('web-2', 'leaving', '10.244.2.9'),
				endpoint('web-3', 'unready', '10.244.2.3'),
			]),
		]);
		expect(said(hop.findings)).toEqual([]);
		expect(hop.summary).toBe('2 of 2 ready');
	});
});

describe('target ports', () => {
	const named = service('selector: {app: web}').replace('targetPort: 8080', 'targetPort: htttp');
	const portless = slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {ports: '[]'});

	test('KNET505: no pod has the name', () => {
		const {hop, stop, endpoints} = endpointsOf([named, ...two.slice(0, 2), portless]);
		expect(said(hop.findings)).toEqual([
			'KNET505 error: Target port "htttp" (TCP) of Service web is not a port of any of the 2 pods; they have http = 8080/TCP.',
		]);
		expect([hop.status, stop]).toEqual(['broken', 'no-endpoints']);
		expect(endpoints.map(({port}) => port)).toEqual([undefined, undefined]);
	});

	test('KNET505: the name has another protocol', () => {
		const {hop} = endpointsOf([
			named,
			pod('web-1', {container: 'ports: [{name: htttp, containerPort: 53, protocol: UDP}]'}),
			slice([endpoint('web-1')], {ports: '[]'}),
		]);
		expect(saidOf('KNET505', hop.findings)).toEqual([
			'KNET505 error: Target port "htttp" (TCP) of Service web is not a port of the only pod; it has htttp = 53/UDP.',
		]);
	});

	test('KNET505 is a warning when some pods have the name', () => {
		const {hop} = endpointsOf([
			service().replace('targetPort: 8080', 'targetPort: http'),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9', container: 'ports: []'}),
			slice([endpoint('web-1')]),
			slice([endpoint('web-2', 'ready', '10.244.2.9')], {name: 'web-2', ports: '[]'}),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET505 warning: Target port "http" (TCP) of Service web is not a port of 1 of 2 pods; they have http = 8080/TCP.',
		]);
		expect(hop.status).toBe('degraded');
	});

	test('KNET505 gives way to pods that are not ready', () => {
		const {hop} = endpointsOf([
			named,
			pod('web-1', {ready: false}),
			slice([endpoint('web-1', 'unready')], {ports: '[]'}),
		]);
		expect(hop.findings.map(({code, severity}) => `${code} ${severity}`)).toEqual([
			'KNET503 error',
			'KNET505 warning',
		]);
	});

	test('KNET505 is not said where a sidecar has the name', () => {
		const {hop} = endpointsOf([
			named,
			pod('web-1', {
				spec: 'initContainers: [{name: side, restartPolicy: Always, ports: [{name: htttp, containerPort: 8080}]}]',
			}),
			slice([endpoint('web-1')]),
		]);
		expect(saidOf('KNET505', hop.findings)).toEqual([]);
	});

	test('KNET505: a slice made by hand calls the port otherwise', () => {
		const {hop} = endpointsOf([
			service('externalIPs: []'),
			slice(["{addresses: ['192.0.2.7']}"], {managedBy: 'me', ports: '[{name: web, port: 8080}]'}),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET505 error: The EndpointSlices of Service web call their port "web", the Service calls it "http" (TCP): no endpoint counts.',
			'KNET519 info: Service web has one endpoint, 192.0.2.7: when it goes, nobody answers.',
		]);
	});

	test('KNET506: no container declares the number', () => {
		const {hop} = endpointsOf([
			service().replace('targetPort: 8080', 'targetPort: 8081'),
			...two.slice(0, 2),
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {
				ports: '[{name: http, port: 8081}]',
			}),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET506 info: No container behind Service web declares target port 8081; they declare 8080/TCP: legal, but look whether the number is right.',
		]);
		expect(hop.status).toBe('ok');
	});

	test('KNET506 is a warning after a probe was refused', () => {
		const {hop} = endpointsOf(
			[
				service().replace('targetPort: 8080', 'targetPort: 8081'),
				...two.slice(0, 2),
				slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {
					ports: '[{name: http, port: 8081}]',
				}),
			],
			{
				evidence: [
					{
						type: 'connect',
						at: 1,
						vantage: {type: 'port-forward', namespace: 'shop', pod: 'web-1'},
						subject: {address: '127.0.0.1', port: 8081, protocol: 'TCP', pod: 'web-1', namespace: 'shop'},
						result: {outcome: 'refused', message: ''},
						of: {},
					},
				],
			},
		);
		expect(hop.findings.map(({code, severity}) => `${code} ${severity}`)).toEqual(['KNET506 warning']);
	});

	test('KNET507: the number is declared with another protocol only', () => {
		const dns = service().replace('targetPort: 8080', 'targetPort: 53');
		const udp = 'ports: [{name: dns, containerPort: 53, protocol: UDP}]';
		const listed = slice([endpoint('web-1')], {ports: '[{name: http, port: 53}]'});
		const {hop} = endpointsOf([dns, pod('web-1', {container: udp}), listed]);
		expect(saidOf('KNET507', hop.findings)).toEqual([
			'KNET507 warning: Service web sends TCP to port 53, which the pods declare as 53/UDP only.',
		]);

		const both = `${udp.slice(0, -1)}, {name: dns-tcp, containerPort: 53}]`;
		const {hop: fine} = endpointsOf([dns, pod('web-1', {container: both}), listed]);
		expect(said(fine.findings).filter((text) => !text.startsWith('KNET519'))).toEqual([]);
	});
});

describe('slices', () => {
	test('KNET508: nobody wrote one', () => {
		const {hop} = endpointsOf([service(), pod('web-1')]);
		expect(said(hop.findings)).toEqual([
			'KNET508 error: 1 pod with an IP matches Service web, and nobody wrote an EndpointSlice for it.',
		]);
	});

	test('KNET508 is not said of a Service that was just made', () => {
		const {hop} = endpointsOf([service().replace(ago(3600), ago(4)), pod('web-1')]);
		expect(said(hop.findings)).toEqual([
			'KNET503 error: 1 pod matches app=web, 1 of them ready, and the EndpointSlices do not say so yet.',
		]);
	});

	test('KNET509: they lack a ready pod, or list an address that no pod has', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9'}),
			slice([endpoint('web-1'), endpoint('web-9', 'ready', '10.244.2.5')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET509 warning: The EndpointSlices of Service web are old: they lack 1 ready pod (web-2) and list 10.244.2.5, which no pod has.',
		]);
	});

	test('KNET509: they call a pod ready that is not', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9', ready: false}),
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET509 warning: The EndpointSlices of Service web are old: they call 10.244.2.9 ready though its pod is not.',
		]);
	});

	test('KNET509 is an error when they list no ready pod, or nobody is where they send', () => {
		const none = endpointsOf([service(), pod('web-1'), slice([], {ports: '[]'})]);
		expect(said(none.hop.findings)).toEqual([
			'KNET509 error: The EndpointSlices of Service web are old: they lack 1 ready pod (web-1).',
		]);
		const gone = endpointsOf([
			service(),
			slice([endpoint('web-8'), endpoint('web-9', 'ready', '10.244.2.5')]),
		]);
		expect(said(gone.hop.findings)).toEqual([
			'KNET509 error: The EndpointSlices of Service web are old: they list 10.244.1.7 and 10.244.2.5, which no pod has.',
		]);
		expect(gone.stop).toBe('unreachable');
	});

	test('KNET509 gives the controller 10 s, and does not mind endpoints that are leaving', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1'),
			pod('web-2', {ip: '10.244.2.9', age: 6}),
			slice([endpoint('web-1'), endpoint('web-0', 'serving', '10.244.2.5')]),
		]);
		expect(saidOf('KNET509', hop.findings)).toEqual([]);
		const fresh = endpointsOf([
			service(),
			pod('web-1'),
			slice([endpoint('web-1'), endpoint('web-9', 'ready', '10.244.2.5')], {
				meta: `annotations: {endpoints.kubernetes.io/last-change-trigger-time: '${ago(2)}'}`,
			}),
		]);
		expect(saidOf('KNET509', fresh.hop.findings)).toEqual([]);
	});

	test('KNET510: only endpoints that are shutting down answer', () => {
		const {hop, stop} = endpointsOf([
			service(),
			pod('web-1', {deleted: true}),
			slice([endpoint('web-1', 'serving')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET510 warning: Service web has no ready endpoint; 1 endpoint that is shutting down still answers: web-1.',
		]);
		expect([hop.status, hop.summary, stop]).toEqual([
			'degraded',
			'0 ready, 1 shutting down and still serving',
			undefined,
		]);
	});

	test('KNET510 is not said where those do not serve any more', () => {
		const {hop} = endpointsOf([
			service(),
			pod('web-1', {deleted: true, ready: false}),
			slice([endpoint('web-1', 'leaving')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET503 error: 1 pod matches app=web and none is ready (1 Terminating).',
		]);
	});

	test('KNET511: no selector and no slice', () => {
		const {hop, stop} = endpointsOf([service('externalIPs: []')]);
		expect(said(hop.findings)).toEqual([
			'KNET511 error: Service web has no selector, and nobody made an EndpointSlice for it.',
		]);
		expect(stop).toBe('no-endpoints');
	});

	test('KNET511: kube-proxy ignores slices of type FQDN', () => {
		const {hop} = endpointsOf([
			service('externalIPs: []'),
			slice(['{addresses: [db.example.com]}'], {type: 'FQDN', managedBy: 'me'}),
		]);
		expect(saidOf('KNET511', hop.findings)).toEqual([
			'KNET511 error: Service web has no selector, and its EndpointSlices are of type FQDN, which kube-proxy ignores.',
		]);
	});

	test('KNET511 is not said where people made a slice, or it was copied from Endpoints', () => {
		for (const managedBy of ['me', 'endpointslicemirroring-controller.k8s.io']) {
			const {hop} = endpointsOf([
				service('externalIPs: []'),
				slice(["{addresses: ['192.0.2.7']}", "{addresses: ['192.0.2.8']}"], {managedBy}),
			]);
			expect(said(hop.findings)).toEqual([]);
			expect(hop.summary).toBe('2 of 2 ready');
		}
	});

	test('one address in two slices counts once, and ready wins', () => {
		const {endpoints} = endpointsOf(
			[service(), slice([endpoint('web-1', 'unready')]), slice([endpoint('web-1')], {name: 'web-2'})],
			{depth: 'overview'},
		);
		expect(endpoints.map(({address, ready}) => [address, ready])).toEqual([['10.244.1.7', true]]);
	});

	test('a Service port takes the slice port of its own name and protocol', () => {
		const ports =
			'[{name: metrics, port: 9090}, {name: http, port: 8080}, {name: http, port: 8443, protocol: UDP}]';
		const {endpoints} = endpointsOf([service(), slice([endpoint('web-1')], {ports})], {depth: 'overview'});
		expect(endpoints.map(({port}) => port)).toEqual([8080]);
	});
});

describe('who is selected', () => {
	const owned = (name: string, owner: string, more = ''): string =>
		`ownerReferences: [{kind: ReplicaSet, name: ${owner}, uid: u, controller: true, apiVersion: apps/v1}]${more}`;
	const pair = (first: string, second: string, labels: readonly [string, string]): readonly string[] => [
		service(),
		pod('web-1', {labels: `app: web, ${labels[0]}`, meta: owned('web-1', first)}),
		pod('web-2', {labels: `app: web, ${labels[1]}`, meta: owned('web-2', second), ip: '10.244.2.9'}),
		slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
	];

	test('KNET512: two Deployments', () => {
		const {hop} = endpointsOf(
			pair('web-aa', 'worker-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']),
		);
		expect(said(hop.findings)).toEqual([
			'KNET512 warning: The selector of Service web takes in pods of 2 workloads: Deployment web and Deployment worker.',
		]);
	});

	test('KNET512 is not said of two ReplicaSets of one Deployment: that is a rollout', () => {
		const {hop} = endpointsOf(pair('web-aa', 'web-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']));
		expect(said(hop.findings)).toEqual([]);
	});

	test('KNET512 is not said of a canary, of colours, or of releases', () => {
		for (const [first, second, labels] of [
			['web-aa', 'web-canary-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']],
			['web-blue-aa', 'web-green-bb', ['pod-template-hash: aa', 'pod-template-hash: bb']],
			[
				'shop-aa',
				'next-bb',
				['track: stable, pod-template-hash: aa', 'track: canary, pod-template-hash: bb'],
			],
		] as const) {
			const {hop} = endpointsOf(pair(first, second, labels));
			expect(said(hop.findings)).toEqual([]);
		}
	});

	test('KNET514: published before they are ready', () => {
		const {hop} = endpointsOf([
			service('selector: {app: web}\npublishNotReadyAddresses: true'),
			...[pod('web-1', {ready: false}), pod('web-2', {ip: '10.244.2.9'})],
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')]),
		]);
		expect(said(hop.findings)).toEqual([
			'KNET514 info: Service web publishes its pods before they are ready (publishNotReadyAddresses).',
		]);
		expect(hop.status).toBe('ok');
	});

	test('KNET519: one endpoint', () => {
		const {hop} = endpointsOf([service(), pod('web-1'), slice([endpoint('web-1')])]);
		expect(said(hop.findings)).toEqual([
			'KNET519 info: Service web has one endpoint, web-1: when it goes, nobody answers.',
		]);
		expect(hop.status).toBe('ok');
	});
});

describe('families', () => {
	const dual = service().replace('ipFamilies: [IPv4]', 'ipFamilies: [IPv4, IPv6]');
	const empty = slice([], {name: 'web-6', ports: '[]', type: 'IPv6'});

	test('KNET515: the family asked for has no endpoint', () => {
		const {hop, stop} = endpointsOf([dual, ...two, empty], {family: 'IPv6'});
		expect(said(hop.findings)).toEqual([
			'KNET515 error: Service web is meant for IPv4 and IPv6, and no endpoint has an IPv6 address.',
		]);
		expect([hop.status, stop]).toEqual(['broken', 'no-endpoints']);
	});

	test('KNET515 is a warning when no family is asked for, and silent for the family that is there', () => {
		const any = endpointsOf([dual, ...two]);
		expect(said(any.hop.findings)).toEqual([
			'KNET515 warning: Service web is meant for IPv4 and IPv6, and there is no EndpointSlice for IPv6.',
		]);
		expect(said(endpointsOf([dual, ...two], {family: 'IPv4'}).hop.findings)).toEqual([]);
	});

	test('KNET515 is not said when both families are there', () => {
		const six = slice([endpoint('web-1', 'ready', 'fd00::7'), endpoint('web-2', 'ready', 'fd00::9')], {
			name: 'web-6',
			type: 'IPv6',
		});
		const pods = two
			.slice(0, 2)
			.map((text, at) =>
				text.replace('}]\n  conditions', `}, {ip: 'fd00::${at === 0 ? 7 : 9}'}]\n  conditions`),
			);
		const {hop, endpoints} = endpointsOf([dual, ...pods, two[2] ?? '', six], {family: 'IPv6'});
		expect(said(hop.findings)).toEqual([]);
		expect(endpoints.map(({address}) => address)).toEqual(['fd00::7', 'fd00::9']);
	});
});

describe('other kinds of Service', () => {
	test('ExternalName has no endpoints', () => {
		const {hop} = endpointsOf([service('type: ExternalName\nexternalName: www.example.com')]);
		expect([hop.status, hop.summary, hop.findings]).toEqual(['skipped', 'an alias: no endpoints', []]);
	});

	test('a headless Service without ready endpoints has no record; behind a route it has no endpoints', () => {
		const documents = [
			service().replace('10.96.0.10', 'None'),
			pod('web-1', {ready: false}),
			slice([endpoint('web-1', 'unready')]),
		];
		expect(endpointsOf(documents).stop).toBe('nxdomain');
		expect(endpointsOf(documents, {behindRoute: true}).stop).toBe('no-endpoints');
	});

	test('clients of a headless Service choose ports themselves', () => {
		const {hop} = endpointsOf([
			service().replace('10.96.0.10', 'None').replace('targetPort: 8080', 'targetPort: pg'),
			...two.slice(0, 2),
			slice([endpoint('web-1'), endpoint('web-2', 'ready', '10.244.2.9')], {ports: '[]'}),
		]);
		expect(hop.findings.map(({code, severity}) => `${code} ${severity}`)).toEqual(['KNET505 warning']);
	});
});

test('is unknown where EndpointSlices may not be read', () => {
	const {hop, stop} = endpointsOf([service()], {
		states: {
			EndpointSlice: {
				state: 'forbidden',
				group: 'discovery.k8s.io',
				resource: 'endpointslices',
				reason: 'no',
			},
		},
	});
	expect([hop.status, hop.findings.map(({code}) => code), stop]).toEqual(['unknown', ['KNET901'], undefined]);
});
