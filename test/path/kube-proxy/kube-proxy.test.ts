import {expect, test} from 'vitest';
import {symptomOfMissingPort} from '../../../source/path/kube-proxy/evaluate.ts';
import {codes, fromA, fromC, kubeProxy, nodes, resolveProxy, rules, service, slice, to} from './cluster.ts';

const base = nodes + kubeProxy('');

test('predicts backends, shares, names and masquerade for the node of the client', () => {
	const {hop, stop} = resolveProxy(base + service() + slice(['node-a', 'node-b']), {from: fromC});
	expect([hop.status, hop.basis, stop, hop.findings]).toEqual(['ok', 'objects', undefined, []]);
	expect(hop.summary).toBe('iptables on node-c: 2 backends');
	expect(hop.details).toEqual({
		mode: 'iptables',
		rulesMode: 'iptables',
		vantage: {node: 'node-c', zone: 'zone-2'},
		policy: 'cluster',
		backends: [
			{address: '10.244.9.1', port: 8080, node: 'node-a', probability: 0.5},
			{address: '10.244.9.2', port: 8080, node: 'node-b', probability: 0.5},
		],
		masquerade: false,
		rules: {
			service: 'KUBE-SVC-67NZLRHBNDSAWJRO',
			endpoints: ['KUBE-SEP-PEEQOI463HMFTUGJ', 'KUBE-SEP-5ZTY7SMO7AV5ZL74'],
		},
	});
});

test('names chains as nftables mode does, and says affinity in words', () => {
	const yaml = nodes + kubeProxy('nftables') + service('sessionAffinity: ClientIP') + slice(['node-a']);
	const {details} = resolveProxy(yaml).hop;
	expect(details?.mode).toBe('nftables');
	expect(details?.rules?.service).toMatch(/^service-[A-Z2-7]{8}-shop\/web\/tcp\/http$/);
	expect(details?.affinity).toBe(
		'ClientIP: an address keeps its backend until 3 h after its last connection, on each node for itself (an nftables set)',
	);
});

test('is not used where a controller, a headless Service or a name goes past it', () => {
	const plain = base + slice(['node-a']);
	const summaries = [
		resolveProxy(plain + service(), {bypassed: {by: 'Traefik'}}),
		resolveProxy(plain + service().replace('clusterIP: 10.96.0.7', 'clusterIP: None')),
		resolveProxy(plain + service('type: ExternalName, externalName: www.example.com')),
	].map(({hop, stop}) => [hop.status, hop.summary, stop]);
	expect(summaries).toEqual([
		['skipped', 'bypassed: Traefik sends to pods itself', undefined],
		['skipped', 'not used: headless, clients go to pods', undefined],
		['skipped', 'not used: a name only (CNAME)', undefined],
	]);
});

test('does not judge without endpoints that may be read', () => {
	const {hop} = resolveProxy(base + service(), {
		states: {
			EndpointSlice: {
				state: 'forbidden',
				resource: 'endpointslices',
				group: 'discovery.k8s.io',
				reason: 'no',
			},
		},
	});
	expect([hop.status, hop.summary]).toEqual(['unknown', 'endpoints not known']);
});

test('601: kube-proxy does not run on the node of the client, and nothing says since when', () => {
	const yaml = nodes + kubeProxy('', ['node-c']) + service() + slice(['node-a']);
	const {hop, stop} = resolveProxy(yaml, {from: fromC});
	expect([hop.status, codes(hop), stop]).toEqual(['unknown', ['KNET601 unknown'], undefined]);
	expect(hop.findings[0]?.message).toBe(
		'kube-proxy does not run on node-c: its rules grow old, and whether they fit is not known.',
	);
});

test('601 is a warning where other nodes do well, or where the rules are still right', () => {
	const yaml = nodes + kubeProxy('', ['node-c']) + service() + slice(['node-a']);
	expect(codes(resolveProxy(yaml).hop)).toEqual(['KNET601 warning']);
	const right = resolveProxy(yaml, {from: fromC, evidence: [rules('node-c', {backends: to(1)})]});
	expect([codes(right.hop), right.hop.basis]).toEqual([['KNET601 warning'], 'evidence']);
	expect(right.hop.summary).toBe('iptables on node-c: 1 backend; its rules agree');
});

test('601 near misses: the pod is Ready where the client is, and pods are not read for an overview', () => {
	const yaml = nodes + kubeProxy('', ['node-c']) + service() + slice(['node-a']);
	expect(codes(resolveProxy(yaml, {from: fromA}).hop)).toEqual([]);
	expect(codes(resolveProxy(yaml, {from: fromC, detail: 'overview'}).hop)).toEqual([]);
});

test('no 601 where the node controller alone took Ready from the pod: kube-proxy runs', () => {
	const lost = kubeProxy('', ['node-c']).replaceAll(
		/status: \{phase: Running, (?=.*status: "?False)/gu,
		'status: {phase: Running, containerStatuses: [{name: kube-proxy, ready: true, restartCount: 0, state: {running: {}}}], ',
	);
	expect(lost).toContain('containerStatuses');
	const {hop} = resolveProxy(nodes + lost + service() + slice(['node-a']), {from: fromC});
	expect(codes(hop)).toEqual([]);
});

test('601 is a remark where something else does the work of kube-proxy', () => {
	const cilium = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: cilium, namespace: kube-system}
spec: {selector: {matchLabels: {a: b}}, template: {spec: {containers: []}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config, namespace: kube-system}
data: {kube-proxy-replacement: "true"}
---
apiVersion: v1
kind: Pod
metadata: {name: cilium-a, namespace: kube-system, ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: cilium, uid: ds, controller: true}]}
spec: {nodeName: node-a, containers: []}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---
`;
	const {hop} = resolveProxy(nodes + cilium + service() + slice(['node-a']), {from: fromA});
	expect([hop.status, hop.details?.mode, codes(hop)]).toEqual(['ok', 'Cilium', ['KNET601 info']]);
});

test('602: the rules of the node have no entry', () => {
	const yaml = base + service() + slice(['node-a']);
	const {hop, stop} = resolveProxy(yaml, {from: fromC, evidence: [rules('node-c', undefined)]});
	expect([hop.status, hop.basis, codes(hop), stop]).toEqual([
		'broken',
		'evidence',
		['KNET602 error'],
		'dropped',
	]);
	expect(hop.details?.nodes).toEqual([
		{node: 'node-c', state: 'differs', missing: ['10.244.9.1:8080'], why: 'no entry for the Service port'},
	]);
});

test('602 near miss: a dump that does not hold the family proves nothing', () => {
	const cut = rules('node-c', undefined);
	const {hop} = resolveProxy(base + service() + slice(['node-a']), {
		from: fromC,
		evidence: [{...cut, result: {mode: 'iptables', families: [], services: {}, unread: []}}],
	});
	expect([hop.status, codes(hop)]).toEqual(['ok', []]);
	expect(hop.details?.nodes).toEqual([
		{node: 'node-c', state: 'unknown', why: 'the dump holds no IPv4 rules'},
	]);
});

test('603 and 604: one of three nodes did not follow', () => {
	const {hop, stop} = resolveProxy(base + service() + slice(['node-a', 'node-b']), {
		evidence: [
			rules('node-a', {backends: to(1, 7)}),
			rules('node-b', {backends: to(1, 2)}),
			rules('node-c', {backends: to(2, 1)}),
		],
	});
	expect([hop.status, codes(hop), stop]).toEqual([
		'degraded',
		['KNET603 warning', 'KNET604 warning'],
		undefined,
	]);
	expect(hop.summary).toBe('iptables: 2 backends; 1 of 3 nodes differ');
	expect(hop.findings.map(({message}) => message)).toEqual([
		'1 of 3 nodes (node-a) does not send to 1 endpoint of shop/web:http: 10.244.9.2:8080.',
		'1 of 3 nodes (node-a) still sends to 1 address that is no longer an endpoint of shop/web:http: 10.244.9.7:8080.',
	]);
	expect(hop.details?.nodes).toEqual([
		{node: 'node-a', state: 'differs', missing: ['10.244.9.2:8080'], stale: ['10.244.9.7:8080']},
		{node: 'node-b', state: 'agrees'},
		{node: 'node-c', state: 'agrees'},
	]);
});

test('603 and 604 near misses: another node than that of the client, and a change seconds ago', () => {
	const evidence = [rules('node-a', {backends: to(7)})];
	const elsewhere = resolveProxy(base + service() + slice(['node-a']), {from: fromC, evidence});
	expect([elsewhere.hop.status, codes(elsewhere.hop)]).toEqual(['ok', []]);
	expect(elsewhere.hop.details?.nodes).toMatchObject([{node: 'node-a', state: 'differs'}]);

	const fresh = resolveProxy(base + service() + slice(['node-a'], '2026-01-01T11:59:55Z'), {
		from: fromA,
		evidence,
	});
	expect([fresh.hop.status, codes(fresh.hop)]).toEqual(['ok', []]);
	expect(fresh.hop.details?.nodes).toMatchObject([
		{node: 'node-a', state: 'unknown', why: 'the endpoints changed seconds before the rules were read'},
	]);
});

test('604 is an error on a node that sends to nothing but addresses that are gone', () => {
	const {hop, stop} = resolveProxy(base + service() + slice(['node-a']), {
		from: fromC,
		evidence: [rules('node-c', {backends: to(7, 8)})],
	});
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET603 warning', 'KNET604 error'], 'dropped']);
});

test('an observation of another version of the Service is not compared', () => {
	const old = {...rules('node-c', undefined), of: {'Service/shop/web': '4'}};
	const {hop} = resolveProxy(base + service() + slice(['node-a']), {from: fromC, evidence: [old]});
	expect([hop.status, hop.basis, codes(hop)]).toEqual(['ok', 'objects', []]);
	expect(hop.details?.nodes?.[0]?.why).toBe('Service/shop/web has changed since the rules were read');
});

test('a reading that failed is said, and nothing follows from it', () => {
	const failed = {
		...rules('node-c', undefined),
		result: {failed: 'forbidden' as const, permission: 'create pods/exec', message: 'you may not exec'},
	};
	const {hop} = resolveProxy(base + service() + slice(['node-a']), {from: fromC, evidence: [failed]});
	expect([hop.status, codes(hop)]).toEqual(['ok', []]);
	expect(hop.details?.nodes).toEqual([{node: 'node-c', state: 'unknown', why: 'you may not exec'}]);
});

test('605: without endpoints every node rejects, and the endpoints have the error', () => {
	const {hop, stop} = resolveProxy(base + service() + slice(['node-a unready']), {from: fromC});
	expect([hop.status, codes(hop), stop]).toEqual(['skipped', ['KNET605 info'], 'refused']);
	expect([hop.summary, hop.details?.rejects]).toEqual([
		'iptables on node-c: rejects, connection refused',
		true,
	]);
});

test('605 with evidence: the node rejects although there are endpoints', () => {
	const {hop, stop} = resolveProxy(base + service() + slice(['node-a']), {
		from: fromC,
		evidence: [rules('node-c', {rejects: true})],
	});
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET605 error'], 'refused']);
});

test('605 near miss: endpoints that only terminate still serve', () => {
	const {hop} = resolveProxy(base + service() + slice(['node-a terminating']), {from: fromC});
	expect([hop.status, codes(hop)]).toEqual(['ok', []]);
	expect(hop.details?.backends).toMatchObject([{terminating: true, probability: 1}]);
});

test('606: externalTrafficPolicy Local, and no endpoint that a node counts as its own', () => {
	const yaml = base + service('type: NodePort, externalTrafficPolicy: Local') + slice(['-']);
	const {hop, stop} = resolveProxy(yaml, {from: {kind: 'external'}, exposureType: 'node-port'});
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET606 error'], 'dropped']);
	expect(hop.summary).toBe('iptables: drops, the client times out');
});

test('606 is a warning where some nodes have an endpoint', () => {
	const yaml = base + service('type: NodePort, externalTrafficPolicy: Local') + slice(['node-a', 'node-b']);
	const {hop} = resolveProxy(yaml, {from: {kind: 'external'}, exposureType: 'node-port'});
	expect([hop.status, codes(hop)]).toEqual(['degraded', ['KNET606 warning']]);
	expect(hop.summary).toBe('iptables: 1 backend; 1 of 3 nodes drop');
	expect(hop.findings[0]?.message).toBe(
		'externalTrafficPolicy is Local and node-c has no endpoint of web: packets are dropped and clients time out.',
	);
});

test('606 near misses: pods go past the policy, and a health check keeps traffic to nodes with endpoints', () => {
	const yaml =
		base +
		service('type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32000') +
		slice(['node-a']);
	const pod = resolveProxy(yaml, {from: fromC, exposureType: 'load-balancer'});
	expect([pod.hop.status, codes(pod.hop), pod.hop.details?.masquerade]).toEqual(['ok', [], false]);
	const outside = resolveProxy(yaml, {from: {kind: 'external'}, exposureType: 'load-balancer'});
	expect([outside.hop.status, codes(outside.hop), outside.hop.details?.policy]).toEqual(['ok', [], 'local']);
});

test('606 is left to the load balancer (205) where its health checks fail on every node', () => {
	const yaml = base + service('type: LoadBalancer, externalTrafficPolicy: Local') + slice(['-']);
	const {hop, stop} = resolveProxy(yaml, {from: {kind: 'external'}, exposureType: 'load-balancer'});
	expect([hop.status, codes(hop), stop]).toEqual(['skipped', [], 'dropped']);
	expect(hop.summary).toBe('iptables: drops, the client times out');
});

test('606 with evidence: the node drops although it has an endpoint', () => {
	const {hop, stop} = resolveProxy(base + service() + slice(['node-c']), {
		from: fromC,
		evidence: [rules('node-c', {drops: true})],
	});
	expect([codes(hop), stop]).toEqual([['KNET606 error'], 'dropped']);
});

test('516: internalTrafficPolicy Local and no endpoint on the node of the client', () => {
	const yaml = base + service('internalTrafficPolicy: Local') + slice(['node-a']);
	const {hop, stop} = resolveProxy(yaml, {from: fromC});
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET516 error'], 'dropped']);
	expect(hop.details).toMatchObject({policy: 'local', drops: true, backends: []});
	expect(codes(resolveProxy(yaml).hop)).toEqual(['KNET516 warning']);
});

test('516 near miss: the node of the client has one', () => {
	const yaml = base + service('internalTrafficPolicy: Local') + slice(['node-a']);
	const {hop} = resolveProxy(yaml, {from: fromA});
	expect([hop.status, codes(hop), hop.details?.rules?.service.slice(0, 9)]).toEqual(['ok', [], 'KUBE-SVL-']);
});

test('203: source ranges leave a pod out of the load balancer address, not of the cluster IP', () => {
	const yaml =
		base + service('type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]') + slice(['node-a']);
	const {hop, stop} = resolveProxy(yaml, {from: fromC, exposureType: 'load-balancer'});
	expect([hop.status, codes(hop), stop]).toEqual(['broken', ['KNET203 error'], 'dropped']);
	expect(codes(resolveProxy(yaml, {from: fromC}).hop)).toEqual([]);

	// From outside the load balancer hop says it.
	const outside = resolveProxy(yaml, {
		from: {kind: 'external', ip: '198.51.100.1'},
		exposureType: 'load-balancer',
	});
	expect([outside.hop.status, codes(outside.hop), outside.stop]).toEqual(['skipped', [], 'dropped']);
});

test('607: a label gives the Service to another proxy', () => {
	const labels = ', labels: {service.kubernetes.io/service-proxy-name: mine}';
	const {hop} = resolveProxy(base + service('', labels) + slice(['node-a']));
	expect([hop.status, codes(hop)]).toEqual(['unknown', ['KNET607 unknown']]);
	const other = ', labels: {service.kubernetes.io/service: mine}';
	expect(codes(resolveProxy(base + service('', other) + slice(['node-a'])).hop)).toEqual([]);
});

test('608: nothing says what proxies Services', () => {
	const {hop} = resolveProxy(nodes + service() + slice(['node-a']));
	expect([hop.status, codes(hop)]).toEqual(['unknown', ['KNET608 unknown']]);
	expect(hop.details?.backends).toHaveLength(1);
});

test('608 names what may not be read, and waits for what is not listed yet', () => {
	const forbidden = resolveProxy(nodes + service() + slice(['node-a']), {
		states: {ConfigMap: {state: 'forbidden', resource: 'configmaps', group: '', reason: 'no'}},
	});
	expect(forbidden.hop.findings[0]?.message).toContain('you may not list ConfigMap in kube-system');
	const waiting = resolveProxy(nodes + service() + slice(['node-a']), {
		states: {ConfigMap: {state: 'not-watched'}},
	});
	expect(codes(waiting.hop)).toEqual(['KNET902 unknown']);
});

test('608 near miss: rules that were read say the mode', () => {
	const {hop} = resolveProxy(nodes + service() + slice(['node-a']), {
		evidence: [rules('node-a', {backends: to(1)})],
	});
	expect([hop.status, hop.details?.mode, codes(hop)]).toEqual(['ok', 'iptables', []]);
});

test('609: hints narrow what the zone of the client uses', () => {
	const hinted = slice(['node-a zone-1', 'node-b zone-1', 'node-c zone-2']);
	const {hop} = resolveProxy(base + service('trafficDistribution: PreferSameZone') + hinted, {from: fromC});
	expect([hop.status, codes(hop)]).toEqual(['ok', ['KNET609 info']]);
	expect(hop.details?.backends).toMatchObject([{address: '10.244.9.3', probability: 1}]);
	expect(hop.findings[0]?.message).toBe(
		'Hints keep traffic near: of 3 ready endpoints of web, a node uses those of its own zone (node-c: 1 of zone zone-2).',
	);
});

test('609 near miss: one endpoint without a hint turns hints off', () => {
	const {hop} = resolveProxy(base + service() + slice(['node-a zone-1', 'node-b', 'node-c zone-2']), {
		from: fromC,
	});
	expect([codes(hop), hop.details?.backends.length]).toEqual([[], 3]);
});

test('without a vantage the shares are those over all nodes', () => {
	const hinted = slice(['node-a zone-1', 'node-b zone-1', 'node-c zone-2']);
	const {hop} = resolveProxy(base + service() + hinted);
	expect(hop.summary).toBe('iptables: 1 to 2 backends');
	expect(hop.details?.vantage).toBe(undefined);
	expect(hop.details?.backends.map(({probability}) => probability)).toEqual([0.3333, 0.3333, 0.3333]);
});

test('a missing Service port is a timeout in iptables mode and refused in nftables mode', () => {
	expect(['iptables', 'nftables', undefined].map((mode) => symptomOfMissingPort(mode as 'iptables'))).toEqual(
		['dropped', 'refused', undefined],
	);
});
