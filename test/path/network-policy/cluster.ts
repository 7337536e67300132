import type {ConnectObservation, Evidence} from '../../../source/model/evidence.ts';
import type {Labels} from '../../../source/model/meta.ts';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import type {HopContext} from '../../../source/path/hop-evaluator.ts';
import {
	networkPolicyEvaluator,
	type NetworkPolicyInput,
} from '../../../source/path/network-policy/evaluate.ts';
import {noon, snapshotOf} from '../../helpers/snapshot.ts';
import {healthyDns} from '../../rules/cluster-dns/cluster.ts';
import type {ResolvedEndpoint} from '../../../source/rules/endpoint-slices/endpoint.ts';

export function pod(
	namespace: string,
	name: string,
	ip: string,
	options: {readonly labels?: string; readonly spec?: string} = {},
): string {
	const {labels = `app: ${name.split('-')[0]}`, spec = ''} = options;
	return `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {${labels}}}
spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]${spec}}
status: {phase: Running, podIPs: [{ip: ${ip}}], conditions: [{type: Ready, status: "True"}]}
`;
}

export function policy(name: string, spec: string, namespace = 'shop'): string {
	return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;
}

export const pods = [
	healthyDns,
	pod('shop', 'web-1', '10.244.1.5'),
	pod('shop', 'web-2', '10.244.2.5'),
	pod('shop', 'client', '10.244.3.3'),
	pod('traefik', 'traefik-1', '10.244.1.9'),
	`---
apiVersion: v1
kind: Namespace
metadata: {name: traefik, labels: {team: edge}}
`,
].join('');

export const denyAll = policy('deny-all', '{podSelector: {}, policyTypes: [Ingress]}');
export const fromFront = policy(
	'from-front',
	'{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: front}}}], ports: [{port: 8080}]}]}',
);
export const fromClient = policy(
	'from-client',
	'{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: client}}}], ports: [{port: http}]}]}',
);

export type Options = {
	readonly from?: 'pod' | 'controller' | 'external' | 'masqueraded' | 'node';
	readonly evidence?: readonly Evidence[];
	readonly states?: Parameters<typeof snapshotOf>[1] extends infer O
		? O extends {states?: infer S}
			? S
			: never
		: never;
	readonly detail?: HopContext['detail'];
	readonly withPods?: boolean;
	/** What the Service behind selects. */
	readonly labels?: Labels;
};

export function resolve(yaml: string, options: Options = {}) {
	const {from = 'pod', evidence, states, detail = 'full', withPods = true, labels} = options;
	const snapshot = snapshotOf(yaml, {evidence, states});
	const source = {kind: 'node'} as const;
	return networkPolicyEvaluator.evaluate(
		{snapshot, source, client: source, detail},
		{
			endpoints: endpointsOf(snapshotOf(yaml), withPods),
			protocol: 'TCP',
			namespace: 'shop',
			from: sourceOf(snapshot, from),
			...(labels ? {labels} : {}),
		},
	);
}

export function endpointsOf(snapshot: Snapshot, withPods: boolean): readonly ResolvedEndpoint[] {
	return snapshot
		.list('Pod', 'shop')
		.filter(({labels}) => labels['app'] === 'web')
		.map((item) => ({
			address: item.podIPs[0] ?? '',
			port: 8080,
			ready: true,
			serving: true,
			terminating: false,
			pod: item.name,
			family: 'IPv4',
			...(withPods ? {podObject: item} : {}),
		}));
}

function sourceOf(snapshot: Snapshot, from: NonNullable<Options['from']>): NetworkPolicyInput['from'] {
	switch (from) {
		case 'pod':
			return {type: 'pod', pod: snapshot.get('Pod', 'shop', 'client')!};
		case 'controller':
			return {type: 'controller', pods: snapshot.list('Pod', 'traefik'), name: 'Traefik'};
		case 'external':
			return {type: 'external', ip: '203.0.113.9'};
		case 'masqueraded':
			return {type: 'external', ip: '203.0.113.9', isMasqueraded: true};
		case 'node':
			return {type: 'node'};
	}
}

export function codes({hop}: ReturnType<typeof resolve>): readonly string[] {
	return hop.findings.map(({code}) => code);
}

export function probe(
	result: ConnectObservation['result'],
	vantage: ConnectObservation['vantage'],
): ConnectObservation {
	return {
		type: 'connect',
		at: noon,
		vantage,
		subject: {address: '10.244.1.5', port: 8080, protocol: 'TCP'},
		result,
		of: {},
	};
}

export const inClient = {type: 'pod', namespace: 'shop', pod: 'client'} as const;
