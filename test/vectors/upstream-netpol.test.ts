import {expect, test} from 'vitest';
import {runNetworkPolicyCase} from './networkpolicy.ts';

/**
Cases of kubernetes/kubernetes, test/e2e/network/netpol/network_policy.go, which the vectors leave out: nine pods a, b and c in the
namespaces x, y and z. A row says who may not reach x/a (or, of an egress policy, whom x/a may not reach), and on which port.
*/
const namespaces = ['x', 'y', 'z'].map((name) => ({name, labels: {'kubernetes.io/metadata.name': name}}));
const pods = namespaces.flatMap(({name}, index) =>
	['a', 'b', 'c'].map((pod, number) => ({
		namespace: name,
		name: pod,
		labels: {pod},
		ip: `192.168.${index + 1}.${number + 1}`,
	})),
);
const containerPortsOfEveryPod = [80, 81].flatMap((containerPort) =>
	['TCP', 'UDP', 'SCTP'].map((protocol) => ({
		name: `serve-${containerPort}-${protocol.toLowerCase()}`,
		containerPort,
		protocol,
	})),
);
const a = {matchLabels: {pod: 'a'}};
const named = (name: string) => ({matchLabels: {'kubernetes.io/metadata.name': name}});
const notIn = (name: string) => ({
	matchExpressions: [{key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [name]}],
});
const others = 'x/b x/c y/a y/b y/c z/a z/b z/c';
const dns = {ports: [{protocol: 'UDP', port: 53}]};

type Row = {
	readonly title: string;
	/** Specs of policies in namespace x that select pod a. */
	readonly specs: readonly object[];
	readonly port?: number;
	readonly protocol?: string;
	/** Who cannot reach x/a, or whom x/a cannot reach. */
	readonly closed: string;
};

const ingress: readonly Row[] = [
	{
		title: 'traffic only from a different namespace, based on NamespaceSelector',
		specs: [{ingress: [{from: [{namespaceSelector: named('y')}]}]}],
		closed: 'x/b x/c z/a z/b z/c',
	},
	{
		title: 'NamespaceSelector with MatchExpressions',
		specs: [{ingress: [{from: [{namespaceSelector: notIn('x')}]}]}],
		closed: 'x/b x/c',
	},
	{
		title: 'PodSelector and NamespaceSelector',
		specs: [{ingress: [{from: [{namespaceSelector: notIn('x'), podSelector: {matchLabels: {pod: 'b'}}}]}]}],
		closed: 'x/b x/c y/a y/c z/a z/c',
	},
	{
		title: 'any PodSelectors',
		specs: [{ingress: [{from: ['b', 'c'].map((pod) => ({podSelector: {matchLabels: {pod}}}))}]}],
		closed: 'y/a y/b y/c z/a z/b z/c',
	},
	{
		title: 'ingress traffic for a target: a second policy admits all',
		specs: [{ingress: []}, {ingress: [{from: [{podSelector: {}, namespaceSelector: {}}]}]}],
		closed: '',
	},
	{
		title: 'Ports: 81 from y only',
		specs: [{ingress: [{from: [{namespaceSelector: named('y')}], ports: [{protocol: 'TCP', port: 81}]}]}],
		port: 81,
		closed: 'x/b x/c z/a z/b z/c',
	},
	{
		title: 'Ports: nobody on 80',
		specs: [{ingress: [{from: [{namespaceSelector: named('y')}], ports: [{protocol: 'TCP', port: 81}]}]}],
		closed: others,
	},
	{title: 'allow-all', specs: [{ingress: [{}]}], closed: ''},
	{
		title: 'one named port (81), asked at 80; the protocol left out is TCP',
		specs: [{ingress: [{ports: [{port: 'serve-81-tcp'}]}]}],
		closed: others,
	},
	{
		title: 'one named port from a namespace (80)',
		specs: [
			{
				ingress: [
					{from: [{namespaceSelector: named('y')}], ports: [{protocol: 'TCP', port: 'serve-80-tcp'}]},
				],
			},
		],
		closed: 'x/b x/c z/a z/b z/c',
	},
	{
		title: 'the named port of another protocol',
		specs: [{ingress: [{ports: [{protocol: 'TCP', port: 'serve-80-udp'}]}]}],
		closed: others,
	},
	{
		title: 'no access by TCP when a policy specifies only SCTP',
		specs: [{ingress: [{ports: [{protocol: 'SCTP', port: 80}]}]}],
		port: 81,
		closed: others,
	},
	{
		title: 'any port on a specific protocol (UDP), asked by TCP',
		specs: [{ingress: [{ports: [{protocol: 'UDP'}]}]}],
		closed: others,
	},
	{
		title: 'SCTP policy based on Ports',
		specs: [{ingress: [{from: [{namespaceSelector: named('y')}], ports: [{protocol: 'SCTP', port: 81}]}]}],
		port: 81,
		protocol: 'SCTP',
		closed: 'x/b x/c z/a z/b z/c',
	},
	{
		title: 'UDP default-deny-ingress',
		specs: [{policyTypes: ['Ingress']}],
		protocol: 'UDP',
		closed: others,
	},
	{
		title: 'endPort: 81 is in 80 to 90',
		specs: [{ingress: [{ports: [{protocol: 'TCP', port: 80, endPort: 90}]}]}],
		port: 81,
		closed: '',
	},
];

const egress: readonly Row[] = [
	{
		title: 'egress on one named port (80)',
		specs: [{policyTypes: ['Egress'], egress: [{ports: [{port: 'serve-80-tcp'}]}]}],
		closed: '',
	},
	{
		title: 'egress on one named port (80), asked at 81',
		specs: [{policyTypes: ['Egress'], egress: [{ports: [{port: 'serve-80-tcp'}]}]}],
		port: 81,
		closed: others,
	},
	{
		title: 'deny egress from all pods in a namespace',
		specs: [{policyTypes: ['Egress']}],
		closed: others,
	},
	{
		title: 'egress to a server in a CIDR block',
		specs: [{policyTypes: ['Egress'], egress: [dns, {to: [{ipBlock: {cidr: '192.168.2.2/32'}}]}]}],
		closed: 'x/b x/c y/a y/c z/a z/b z/c',
	},
	{
		title: 'an IP overlapping both IPBlock.CIDR and IPBlock.Except is allowed by another policy',
		specs: [
			{
				policyTypes: ['Egress'],
				egress: [{to: [{ipBlock: {cidr: '192.168.2.0/24', except: ['192.168.2.2/32']}}]}],
			},
			{policyTypes: ['Egress'], egress: [{to: [{ipBlock: {cidr: '192.168.2.2/32'}}]}]},
		],
		closed: 'x/b x/c z/a z/b z/c',
	},
	{
		title: 'Ingress and Egress together (81)',
		specs: [
			{
				policyTypes: ['Ingress', 'Egress'],
				ingress: [{}],
				egress: [{to: [{namespaceSelector: named('y')}], ports: [{protocol: 'TCP', port: 81}]}],
			},
		],
		port: 81,
		closed: 'x/b x/c z/a z/b z/c',
	},
	{
		title: 'rules of egress without the type Egress are rules all the same',
		specs: [{egress: [dns]}],
		closed: others,
	},
];

test.each(ingress)('into x/a: $title', (row) => {
	expect(closedOf(row, (pod) => [pod, 'x/a'], ['Ingress'])).toMatchObject({pass: true});
});

test.each(egress)('from x/a: $title', (row) => {
	expect(closedOf(row, (pod) => ['x/a', pod], undefined)).toMatchObject({pass: true});
});

function closedOf(
	{specs, port = 80, protocol = 'TCP', closed}: Row,
	pair: (pod: string) => readonly string[],
	policyTypes: readonly string[] | undefined,
): unknown {
	const networkPolicies = specs.map((spec, index) => ({
		metadata: {namespace: 'x', name: `policy-${index}`},
		spec: {podSelector: a, policyTypes, ...spec},
	}));
	const denied = closed
		.split(' ')
		.filter(Boolean)
		.flatMap((pod) => [pair(pod), ...alsoShut(specs, pod)]);
	return runNetworkPolicyCase({
		id: '',
		given: {namespaces, pods, containerPortsOfEveryPod, networkPolicies},
		when: {query: 'connectivityMatrix', port, protocol},
		expect: {default: 'allowed', denied},
	});
}

/** A policy without any type that has rules of egress shuts ingress too. */
function alsoShut(specs: readonly object[], pod: string): readonly (readonly string[])[] {
	return specs.some((spec) => 'egress' in spec && !('policyTypes' in spec)) ? [[pod, 'x/a']] : [];
}
