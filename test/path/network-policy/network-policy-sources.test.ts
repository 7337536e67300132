import {describe, expect, test} from 'vitest';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {networkPolicyEvaluator} from '../../../source/path/network-policy/evaluate.ts';
import {codes, denyAll, endpointsOf, fromFront, pods, policy, resolve} from './cluster.ts';

describe('from the controller', () => {
	test('KNET805 when the backends do not admit its pods', () => {
		const resolved = resolve(pods + fromFront, {from: 'controller'});
		expect(resolved.hop.findings.map(({code, message}) => [code, message])).toEqual([
			[
				'KNET805',
				'NetworkPolicy shop/from-front does not admit the pods of Traefik on port 8080/TCP: if enforced, connections time out.',
			],
		]);
	});

	test('no KNET805 when its namespace is admitted', () => {
		const edge = policy(
			'edge',
			'{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: edge}}}]}]}',
		);
		expect(codes(resolve(pods + fromFront + edge, {from: 'controller'}))).toEqual([]);
	});
});

describe('from outside and from nodes', () => {
	test('KNET801 from outside where only pods are admitted', () => {
		expect(codes(resolve(pods + fromFront, {from: 'external'}))).toEqual(['KNET801']);
	});

	const block = policy('block', '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]}');

	test('an ipBlock that holds the client admits it where its address is kept', () => {
		expect(codes(resolve(pods + block, {from: 'external'}))).toEqual([]);
	});

	test('an ipBlock cannot be decided where a node puts its own address in its place', () => {
		expect(resolve(pods + block, {from: 'masqueraded'}).hop).toMatchObject({
			status: 'unknown',
			findings: [{code: 'KNET806'}],
		});
	});

	test('an ipBlock of everything admits everybody outside', () => {
		const open = policy('open', '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}');
		expect(codes(resolve(pods + open, {from: 'external'}))).toEqual([]);
	});

	test('from any node a policy for chosen pods is no fault', () => {
		expect(resolve(pods + fromFront, {from: 'node'}).hop).toMatchObject({
			status: 'ok',
			summary: '1 policy: ask with --from pod/NAME',
			findings: [],
		});
	});

	test('KNET801 from any node when nobody at all is admitted', () => {
		expect(resolve(pods + denyAll, {from: 'node'}).hop.findings.map(({message}) => message)).toEqual([
			'NetworkPolicy shop/deny-all admits nobody on port 8080/TCP: if enforced, connections time out.',
		]);
	});
});

describe('the overview', () => {
	const overview = {
		detail: 'overview',
		withPods: false,
		from: 'external',
		states: {Pod: {state: 'not-watched'}},
	} as const;

	test('asks for pods where a policy may select them', () => {
		const snapshot = snapshotOf(pods + fromFront, {states: overview.states});
		const source = {kind: 'node'} as const;
		const endpoint = {...endpointsOf(snapshotOf(pods + fromFront), false)[0]!, pod: 'web-9'};
		const {hop} = networkPolicyEvaluator.evaluate(
			{snapshot, source, client: source, detail: 'overview'},
			{
				endpoints: [endpoint],
				protocol: 'TCP',
				namespace: 'shop',
				labels: {app: 'web'},
				from: {type: 'external'},
			},
		);
		expect([hop.status, hop.findings.map(({code}) => code)]).toEqual(['unknown', ['KNET902']]);
	});

	test('asks for none where what the Service selects rules every policy out', () => {
		const other = policy('other', '{podSelector: {matchLabels: {app: other}}, ingress: []}');
		expect(resolve(pods + other, {...overview, labels: {app: 'web'}}).hop).toMatchObject({
			status: 'ok',
			summary: 'no policy selects these pods',
			findings: [],
		});
	});

	test('says what the whole walk says once pods are read', () => {
		expect(codes(resolve(pods + fromFront, {...overview, states: {}}))).toEqual(['KNET801']);
	});
});

test('is unknown when the pods behind the endpoints may not be read', () => {
	const states = {Pod: {state: 'forbidden', resource: 'pods', group: '', reason: 'no'} as const};
	const snapshot = snapshotOf(pods + fromFront, {states});
	const source = {kind: 'node'} as const;
	const endpoint = {...endpointsOf(snapshotOf(pods + fromFront), false)[0]!, pod: 'web-9'};
	const {hop} = networkPolicyEvaluator.evaluate(
		{snapshot, source, client: source, detail: 'full'},
		{endpoints: [endpoint], protocol: 'TCP', namespace: 'shop', from: {type: 'external'}},
	);
	expect(hop).toMatchObject({status: 'unknown', findings: [{code: 'KNET901'}]});
});
