import {describe, expect, test} from 'vitest';
import type {KindState} from '../../../source/model/snapshot.ts';
import {healthyDns} from '../../rules/cluster-dns/cluster.ts';
import {
	codes,
	denyAll,
	fromClient,
	fromFront,
	inClient,
	pod,
	pods,
	policy,
	probe,
	resolve,
} from './cluster.ts';

describe('without policies', () => {
	test('everything is admitted', () => {
		expect(resolve(pods).hop).toMatchObject({
			status: 'ok',
			summary: 'no policy selects these pods',
			findings: [],
		});
	});

	test.each<[string, KindState, string]>([
		[
			'forbidden',
			{state: 'forbidden', resource: 'networkpolicies', group: 'networking.k8s.io', reason: 'no'},
			'KNET901',
		],
		['not watched yet', {state: 'not-watched'}, 'KNET902'],
		['missing in the file', {state: 'absent', why: 'not-in-input'}, 'KNET904'],
	])('is unknown when they are %s', (_, state, code) => {
		const resolved = resolve(pods, {states: {NetworkPolicy: state}});
		expect(resolved.hop.status).toBe('unknown');
		expect(codes(resolved)).toEqual([code]);
	});

	test('no endpoints: nothing to judge', () => {
		expect(resolve(healthyDns + pod('shop', 'client', '10.244.3.3')).hop.status).toBe('skipped');
	});
});

describe('from a pod', () => {
	test('KNET801 when no rule admits it', () => {
		const resolved = resolve(pods + fromFront);
		expect(resolved.hop).toMatchObject({
			status: 'degraded',
			basis: 'objects',
			summary: 'denied by shop/from-front',
			details: {ingress: {verdict: 'denied', by: ['shop/from-front']}, egress: {verdict: 'allowed', by: []}},
		});
		expect(resolved.hop.findings.map(({code, message, command}) => [code, message, command])).toEqual([
			[
				'KNET801',
				'NetworkPolicy shop/from-front does not admit pod shop/client on port 8080/TCP: if enforced, connections time out.',
				'kubectl -n shop get networkpolicy from-front -o yaml',
			],
		]);
		expect(resolved.stop).toBe(undefined);
	});

	test('no KNET801 when one of several policies admits it, by a named port', () => {
		const resolved = resolve(pods + denyAll + fromFront + fromClient);
		expect(resolved.hop).toMatchObject({
			status: 'ok',
			summary: 'admitted by shop/from-client',
			findings: [],
		});
	});

	test('KNET801 is an error once a probe in the client timed out', () => {
		const resolved = resolve(pods + fromFront, {
			evidence: [probe({failed: 'timeout', message: 'no answer within 5 s'}, inClient)],
		});
		expect(resolved.hop).toMatchObject({
			status: 'broken',
			basis: 'evidence',
			findings: [{code: 'KNET801', severity: 'error'}],
		});
		expect(resolved.stop).toBe('dropped');
	});

	test('no KNET801 when a probe in the client got through: nobody enforces it', () => {
		const resolved = resolve(pods + fromFront, {evidence: [probe({outcome: 'connected'}, inClient)]});
		expect(resolved.hop).toMatchObject({status: 'ok', basis: 'evidence', findings: []});
	});

	test('a probe from this machine proves nothing', () => {
		const resolved = resolve(pods + fromFront, {
			evidence: [probe({outcome: 'connected'}, {type: 'machine'})],
		});
		expect(resolved.hop).toMatchObject({status: 'degraded', basis: 'objects'});
	});

	const egress = (rules: string): string =>
		policy('out', `{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: ${rules}}`);
	const toDns =
		'{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}';

	test('KNET802 when its own egress does not admit the pods', () => {
		const resolved = resolve(pods + egress(`[${toDns}]`));
		expect(codes(resolved)).toEqual(['KNET802']);
	});

	test('KNET802 when only the service port is admitted, not the container port', () => {
		const resolved = resolve(pods + egress(`[${toDns}, {ports: [{port: 80}]}]`));
		expect(codes(resolved)).toEqual(['KNET802']);
	});

	test('no KNET802 when the container port is admitted', () => {
		const resolved = resolve(pods + egress(`[${toDns}, {ports: [{port: 8000, endPort: 8080}]}]`));
		expect(resolved.hop).toMatchObject({status: 'ok', findings: []});
	});

	const onlyFirst = policy(
		'first',
		'{podSelector: {matchLabels: {tier: guarded}}, ingress: [{from: [{podSelector: {matchLabels: {app: front}}}]}]}',
	);

	test('KNET804 when a policy selects only some of the backends', () => {
		const guarded = pods.replace(
			pod('shop', 'web-2', '10.244.2.5'),
			pod('shop', 'web-2', '10.244.2.5', {labels: 'app: web, tier: guarded'}),
		);
		const resolved = resolve(guarded + onlyFirst);
		expect(resolved.hop).toMatchObject({
			status: 'degraded',
			details: {ingress: {verdict: 'partly'}},
			findings: [
				{
					code: 'KNET804',
					message: 'NetworkPolicy shop/first admits pod shop/client to 1 of 2 backends, not to web-2.',
				},
			],
		});
	});

	test('no KNET804 when it selects none of them', () => {
		expect(codes(resolve(pods + onlyFirst))).toEqual([]);
	});

	test('KNET806 for backends on the network of their node', () => {
		const yaml = pods
			.replace(
				pod('shop', 'web-1', '10.244.1.5'),
				pod('shop', 'web-1', '10.89.0.11', {spec: ', hostNetwork: true'}),
			)
			.replace(pod('shop', 'web-2', '10.244.2.5'), '');
		const resolved = resolve(yaml + fromFront);
		expect(resolved.hop).toMatchObject({status: 'unknown', findings: [{code: 'KNET806', undecided: true}]});
	});

	test('KNET806 for a named port that no container declares', () => {
		const named = policy('named', '{podSelector: {}, ingress: [{ports: [{port: metrics}]}]}');
		expect(resolve(pods + named).hop).toMatchObject({status: 'unknown', findings: [{code: 'KNET806'}]});
	});

	test('no KNET806 when another policy admits the connection anyway', () => {
		const named = policy('named', '{podSelector: {}, ingress: [{ports: [{port: metrics}]}]}');
		expect(codes(resolve(pods + named + fromClient))).toEqual([]);
	});

	const cilium = (selector: string): string => `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: l7, namespace: shop}
spec: {endpointSelector: ${selector}, ingress: [{fromEndpoints: [{}]}]}
`;

	test('KNET806 names policies that it does not evaluate', () => {
		expect(resolve(pods + cilium('{matchLabels: {"k8s:app": web}}')).hop).toMatchObject({
			status: 'unknown',
			findings: [
				{
					code: 'KNET806',
					message:
						'Whether CiliumNetworkPolicy shop/l7 admits pod shop/client is not known: knet skips some rules.',
				},
			],
		});
	});

	test('KNET806 says of several policies what they do in the plural', () => {
		const both = cilium('{}') + cilium('{matchLabels: {app: web}}').replace('l7', 'own');
		expect(resolve(pods + both).hop.findings.map(({message}) => message)).toEqual([
			'Whether CiliumNetworkPolicy shop/l7 and shop/own admit pod shop/client is not known: knet skips some rules.',
		]);
	});

	test('no KNET806 for a policy that selects other pods', () => {
		expect(codes(resolve(pods + cilium('{matchLabels: {app: db}}')))).toEqual([]);
	});

	test('no KNET806 for a policy of another namespace', () => {
		const cilium = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: l7, namespace: other}
spec: {}
`;
		expect(codes(resolve(pods + cilium))).toEqual([]);
	});
});
