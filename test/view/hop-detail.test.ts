import {catalogue} from '../../source/path/catalogue.ts';
import {describe, expect, test} from 'vitest';
import type {Hop} from '../../source/path/hop.ts';
import {hopBasis, hopDetail, hopTitle} from '../../source/view/detail/hop-detail.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {foldedLine, hopLine, hopStrip} from '../../source/view/hop-line.ts';
import {plainText} from '../../source/view/text/line.ts';
import {widthOf} from '../../source/view/text/width.ts';
import {apiPath, now} from '../helpers/shop-traces.ts';
import {finding} from '../../source/path/finding.ts';

const glyphs = unicodeGlyphs;

function detail(hop: Hop, width = 76): string {
	return `\n${hopDetail(hop, apiPath, {width, now, glyphs}).map(plainText).join('\n')}\n`;
}

function hopOf(kind: Hop['kind']): Hop {
	return apiPath.hops.find((hop) => hop.kind === kind)!;
}

describe('the detail of a hop', () => {
	test('DNS: what should be answered, and what was', () => {
		expect(detail(hopOf('dns'))).toMatchInlineSnapshot(`
			"
			NAME             TYPE  EXPECTED      OBSERVED      BY             TOOK  AGE
			app.example.com  A     203.0.113.10  203.0.113.10  this machine  12 ms  40s
			"
		`);
	});

	test('DNS: an answer stands in the row of its own name and type', () => {
		const observed = (resolver: string, data: readonly string[]) => ({
			resolver,
			rcode: 'NOERROR',
			answers: data.map((each) => ({name: 'app.example.com', type: 'A', data: each})),
			ms: 53,
			at: now - 12_000,
		});
		const hop: Hop = {
			...hopOf('dns'),
			findings: [],
			details: {
				queries: [
					{
						name: 'app.example.com',
						type: 'AAAA',
						expected: {rcode: 'NOERROR', answers: []},
						observed: [observed('machine', [])],
					},
					{
						name: 'app.example.com',
						type: 'A',
						expected: {
							rcode: 'NOERROR',
							answers: [{name: 'app.example.com', type: 'A', data: '203.0.113.10'}],
						},
						observed: [observed('machine', ['203.0.113.10'])],
					},
				],
				search: [],
			},
		};
		const lines = detail(hop, 90).trim().split('\n');
		expect(lines.find((line) => line.includes('no records  '))).toMatch(/AAAA/u);
		expect(lines.find((line) => /203\.0\.113\.10 {2}203/u.test(line))).toMatch(/app\.example\.com {2}A /u);
		expect(lines[0]).toMatch(/TOOK {2,}AGE/u);
	});

	test('DNS: no record, and a search list', () => {
		const details = {
			queries: [
				{
					name: 'nope.shop.svc.cluster.local',
					type: 'A',
					expected: {rcode: 'NXDOMAIN', answers: []},
					observed: [{resolver: 'kube-system/coredns-1', rcode: 'SERVFAIL', answers: []}],
				},
				{name: 'web.shop.svc.cluster.local', type: 'AAAA', expected: {rcode: 'NOERROR', answers: []}},
			],
			search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
		};
		expect(detail({kind: 'dns', status: 'broken', basis: 'evidence', summary: '', findings: [], details}))
			.toMatchInlineSnapshot(`
				"
				NAME                       TYPE  EXPECTED    OBSERVED  BY
				nope.shop.sv…luster.local  A     NXDOMAIN    SERVFAIL  kube-system/coredns-1
				web.shop.svc…luster.local  AAAA  no records            

				search list    shop.svc.cluster.local svc.cluster.local cluster.local
				"
			`);
	});

	test('DNS: an answer of servers that knet cannot see is not predicted', () => {
		const details = {queries: [{name: 'www.example.com', type: 'A'}]};
		expect(detail({kind: 'dns', status: 'ok', basis: 'objects', summary: '', findings: [], details}))
			.toMatchInlineSnapshot(`
				"
				NAME             TYPE  EXPECTED
				www.example.com  A     not predicted
				"
			`);
	});

	test('load balancer: addresses and which nodes pass its health check', () => {
		const hop = hopOf('load-balancer') as Hop<'load-balancer'>;
		const details = {
			...hop.details!,
			externalTrafficPolicy: 'Local',
			healthyNodes: ['node-a'],
			unhealthyNodes: ['node-b'],
			observed: [
				{what: 'TCP 203.0.113.10:443', vantage: 'this machine', result: 'connected', ms: 9, at: now - 3000},
			],
		};
		expect(detail({...hop, details})).toMatchInlineSnapshot(`
			"
			addresses      203.0.113.10
			service        ingress/traefik
			service port   443
			node port      30443
			traffic policy Local

			NODE    HEALTH CHECK
			node-a  passes
			node-b  fails

			CHECKED               FROM          RESULT     TOOK  AGE
			TCP 203.0.113.10:443  this machine  connected  9 ms  now
			"
		`);
	});

	test('controller: who serves the class, and by which rules', () => {
		const hop = hopOf('controller') as Hop<'controller'>;
		expect(
			detail({...hop, details: {...hop.details!, assumed: ['its flags: the Deployment may not be read']}}),
		).toMatchInlineSnapshot(`
			"
			class          traefik
			controller     traefik.io/ingress-controller
			implemented by Traefik
			rules followed traefik
			workload       Deployment ingress/traefik
			pods ready     2 of 2
			sends to       endpoints itself
			assumed        its flags: the Deployment may not be read
			"
		`);
	});

	test('route: the rule that wins, where it sends, and why others lose', () => {
		expect(detail(hopOf('route'), 90)).toMatchInlineSnapshot(`
			"
			matched        Ingress shop/site  rules[0].paths[0]
			host           app.example.com
			path           Prefix /api

			BACKEND   SERVICE PORT  WEIGHT  SHARE
			shop/api  80                 1   100%

			OTHER RULE         HOST             PATH      LOSES BECAUSE
			Ingress shop/site  app.example.com  Prefix /  /api is longer
			"
		`);
	});

	test('service: the port, and what decides where it leads', () => {
		expect(detail(hopOf('service'))).toMatchInlineSnapshot(`
			"
			type           ClusterIP
			cluster IP     10.96.12.4
			service port   80/TCP  http
			target port    8080
			selector       app=api
			routed by      app.example.com/api
			"
		`);
	});

	test('endpoints: findings first, then who is not ready', () => {
		expect(detail(hopOf('endpoints'))).toMatchInlineSnapshot(`
			"
			✗ KNET503 error  no-ready-endpoints
			  3 pods match app=api and none of them is Ready, so nothing behind the
			  Service takes requests.
			  → Mend what keeps the pods from being Ready: see the Pods hop.
			  $ kubectl -n shop get pods -l app=api -o wide

			ADDRESS      TARGET PORT  READY          POD          NODE    ZONE
			10.244.1.7   8080         ✗ not ready    api-7d9f-x2  node-a  eu-1a
			10.244.2.9   8080         ✗ not ready    api-7d9f-k8  node-b  eu-1b
			10.244.2.10  8080         · terminating  api-7d9f-zz  node-b  eu-1b

			slices         api-x7k2p

			Decided from
			  EndpointSlice/shop/api-x7k2p  endpoints[0].conditions.ready = false
			  Pod/shop/api-7d9f-x2  status.conditions[Ready].reason = ContainersNotReady
			"
		`);
	});

	test('kube-proxy: backends with their shares, and what each node has', () => {
		const details = {
			mode: 'iptables',
			vantage: {node: 'node-a', zone: 'eu-1a'},
			policy: 'cluster' as const,
			backends: [
				{address: '10.244.1.7', port: 8080, node: 'node-a', pod: 'api-1', probability: 1 / 3},
				{
					address: 'fd00:244:1::7',
					port: 8080,
					node: 'node-b',
					pod: 'api-2',
					probability: 2 / 3,
					terminating: true,
				},
			],
			masquerade: true,
			rules: {service: 'KUBE-SVC-ABCDEFGHIJKLMNOP', endpoints: []},
			nodes: [
				{node: 'node-a', state: 'agrees' as const},
				{node: 'node-b', state: 'differs' as const, missing: ['10.244.1.7:8080'], stale: ['10.244.9.9:8080']},
				{node: 'node-c', state: 'unknown' as const, why: 'pods/exec is forbidden'},
			],
		};
		expect(
			detail(
				{kind: 'kube-proxy', status: 'degraded', basis: 'evidence', summary: '', findings: [], details},
				90,
			),
		).toMatchInlineSnapshot(`
			"
			BACKEND               SHARE  POD    NODE    
			10.244.1.7:8080         33%  api-1  node-a  
			[fd00:244:1::7]:8080    67%  api-2  node-b  terminating

			NODE    RULES      MISSING          STALE            WHY
			node-a  ✓ agree                                      
			node-b  ! differ   10.244.1.7:8080  10.244.9.9:8080  
			node-c  ? unknown                                    pods/exec is forbidden

			mode           iptables
			seen from      node node-a, zone eu-1a
			traffic policy cluster
			source address replaced by the node (masquerade)
			chain          KUBE-SVC-ABCDEFGHIJKLMNOP
			"
		`);
	});

	test('NetworkPolicy: both directions, and who decided', () => {
		const details = {
			ingress: {verdict: 'denied' as const, by: ['shop/default-deny']},
			egress: {verdict: 'allowed' as const, by: []},
		};
		expect(
			detail({
				kind: 'network-policy',
				status: 'degraded',
				basis: 'objects',
				summary: '',
				findings: [],
				details,
			}),
		).toMatchInlineSnapshot(`
			"
			DIRECTION  VERDICT    DECIDED BY
			egress     ✓ allowed  no policy selects the pods
			ingress    ! denied   shop/default-deny
			"
		`);
	});

	test('pods: the finding, and each pod with its reason', () => {
		expect(detail(hopOf('pod'))).toMatchInlineSnapshot(`
			"
			✗ KNET702 error  readiness-probe-failing  ◂ root cause
			  The readiness probe of container app fails: HTTP probe failed with
			  statuscode: 500 (GET :8080/healthz).
			  → Ask the application why /healthz answers 500; its log says more.
			  $ kubectl -n shop logs api-7d9f-x2 -c app --tail=50

			POD          STATE                    TARGET            RESTARTS  NODE
			api-7d9f-x2  ✗ readiness probe fails  10.244.1.7:8080          0  node-a
			api-7d9f-k8  ✗ readiness probe fails  10.244.2.9:8080          2  node-b
			api-7d9f-zz  ✗ terminating            10.244.2.10:8080         0  node-b

			Decided from
			  Event/shop/api-7d9f-x2.1788  message = Readiness probe failed: HTTP probe
			    failed with statuscode: 500
			"
		`);
	});

	test('says why a hop was skipped', () => {
		expect(detail(hopOf('kube-proxy'))).toBe('\nTraefik sends to endpoints itself\n');
	});

	test('puts errors before what is undecided, then warnings, then the rest', () => {
		const text = {message: 'm', evidence: [], remedy: 'r'};
		const findings = [
			finding(catalogue['KNET519']!, text),
			finding(catalogue['KNET504']!, text),
			finding(catalogue['KNET501']!, text),
			finding(catalogue['KNET901']!, text),
		];
		const lines = detail({...hopOf('endpoints'), findings, details: undefined});
		expect(lines.match(/KNET\d+ \w+/g)).toEqual([
			'KNET501 error',
			'KNET901 unknown',
			'KNET504 warning',
			'KNET519 info',
		]);
	});

	test('fits into any width', () => {
		for (const hop of apiPath.hops) {
			for (let width = 20; width < 120; width += 9) {
				for (const line of hopDetail(hop, apiPath, {width, now, glyphs})) {
					expect(widthOf(plainText(line))).toBeLessThanOrEqual(width);
				}
			}
		}
	});

	test('breaks a long value below itself', () => {
		const hop = hopOf('service') as Hop<'service'>;
		const selector = {'app.kubernetes.io/name': 'api', 'app.kubernetes.io/part-of': 'shop', tier: 'backend'};
		expect(detail({...hop, details: {...hop.details!, selector, routedBy: []}}, 44)).toMatchInlineSnapshot(`
			"
			type           ClusterIP
			cluster IP     10.96.12.4
			service port   80/TCP  http
			target port    8080
			selector       app.kubernetes.io/name=api,
			               app.kubernetes.io/part-of=
			               shop, tier=backend
			"
		`);
	});

	test('is titled by its name, its status and what it rests on', () => {
		expect(plainText(hopTitle(hopOf('pod')))).toBe('Pods  broken');
		expect(plainText(hopBasis(hopOf('pod')))).toBe('from objects');
		expect(plainText(hopBasis(hopOf('dns')))).toBe('observed');
	});
});

describe('the line of a hop', () => {
	const options = {selected: false, focused: true, path: apiPath, now, glyphs};

	test('says where traffic stops, and where the cause lies', () => {
		expect(plainText(hopLine(hopOf('endpoints'), {...options, width: 80}))).toMatch(/◂ traffic stops here $/);
		expect(plainText(hopLine(hopOf('pod'), {...options, width: 80}))).toMatch(/◂ root cause $/);
		expect(plainText(hopLine(hopOf('endpoints'), {...options, width: 46}))).toMatchInlineSnapshot(
			`" ✗ Endp   api  0 of 3 ready      ◂ stops here "`,
		);
	});

	test('says both of one hop', () => {
		const path = {...apiPath, rootCause: 'KNET503'};
		expect(plainText(hopLine(hopOf('endpoints'), {...options, path, width: 80}))).toMatch(
			/◂ traffic stops here, root cause $/,
		);
	});

	test('names the object where the summary does not', () => {
		expect(plainText(hopLine(hopOf('service'), {...options, width: 60}))).toContain(
			'api  ClusterIP 10.96.12.4:80 → 8080',
		);
		expect(plainText(hopLine(hopOf('controller'), {...options, width: 60}))).not.toContain('traefik  2/2');
	});

	test('tells the way of the explorer to ask from a pod', () => {
		const hop = {...hopOf('load-balancer'), summary: 'ask with --from pod/NAME'};
		const lines = [hopLine(hop, {...options, width: 90}), foldedLine([hop], hop, {...options, width: 90})];
		const words = expect.stringContaining('ask with :from pod');
		expect(lines.map(plainText)).toEqual([words, words]);
	});

	test('stands in one row with all others', () => {
		expect(plainText(hopStrip(apiPath, 5, 120, glyphs))).toMatchInlineSnapshot(
			`" ✓DNS ✓Load balancer ✓Controller ✓Route ✓Service❯✗Endpoints ·kube-proxy ·NetworkPolicy ✗Pods"`,
		);
		expect(plainText(hopStrip(apiPath, 5, 78, glyphs))).toMatchInlineSnapshot(
			`" ✓DNS ✓LB ✓Ctrl ✓Route ✓Svc❯✗Endp ·Proxy ·Policy ✗Pods"`,
		);
	});
});

test('why a finding is ignored stands whole, also in a narrow pane', () => {
	const hop = hopOf('endpoints');
	const ignored = 'configuration: the team of billing moves it to another cluster in March';
	const lines = detail({...hop, findings: hop.findings.map((each) => ({...each, ignored}))}, 40);
	expect(lines.replaceAll(/\s+/gu, ' ')).toContain(`ignored: ${ignored}`);
	expect(lines.split('\n').every((line) => widthOf(line) <= 40)).toBe(true);
});
