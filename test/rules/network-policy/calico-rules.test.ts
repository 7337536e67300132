import {expect, test} from 'vitest';
import {evaluateConnection} from '../../../source/rules/network-policy/evaluate-connection.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

/**
Examples of Calico's documentation (docs.tigera.io: Calico policy, Policy rules, Service accounts, Default deny, Tiered policy) and its
reference of GlobalNetworkPolicy. Each policy is a line of YAML; a case says who reaches db:6379 and what else is asked.
*/
const cluster = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: calico-node, namespace: kube-system}
spec: {selector: {matchLabels: {app: c}}, template: {metadata: {labels: {app: c}}, spec: {containers: [{name: calico-node, image: "calico/node:v3.29"}]}}}
status: {desiredNumberScheduled: 1, numberReady: 1}
`;

const pods: Readonly<Record<string, string>> = {
	db: 'shop {role: db, color: red} 10.244.0.10 db',
	web: 'shop {role: web, color: blue} 10.244.0.11 web',
	job: 'shop {role: job} 10.244.0.12 default',
	other: 'other {role: web} 10.244.0.13 web',
};

const allowWeb = `selector: "role == 'db'", ingress: [{action: Allow, protocol: TCP, source: {selector: "role == 'web'"}, destination: {ports: [6379]}}]`;
const denyAll = 'ingress: [{action: Deny}]';
const allowAll = 'ingress: [{action: Allow}]';

/** Policies `np|gnp|crd|k8s NAME {spec}`; who asks whom on which port; what is said. */
const rows: readonly (readonly [string, readonly string[], string, string])[] = [
	['a rule admits', [`np a ${allowWeb}`], 'web db 6379', 'allowed'],
	['another port is denied', [`np a ${allowWeb}`], 'web db 6380', 'denied'],
	['another pod is denied', [`np a ${allowWeb}`], 'job db 6379', 'denied'],
	['a selector of a namespaced policy means its namespace', [`np a ${allowWeb}`], 'other db 6379', 'denied'],
	['a selector of a global policy means all', [`gnp a ${allowWeb}`], 'other db 6379', 'allowed'],
	['who is not selected is open', [`np a ${allowWeb}`], 'db web 80', 'allowed'],
	[
		'namespaceSelector alone means all pods there',
		[`np a ${spec(`namespaceSelector: "team == 'b'"`)}`],
		'other db 1',
		'allowed',
	],
	[
		'namespaceSelector by name',
		[`np a ${spec(`namespaceSelector: "projectcalico.org/name == 'shop'"`)}`],
		'other db 1',
		'denied',
	],
	[
		'namespaceSelector and selector',
		[`np a ${spec(`namespaceSelector: "team == 'b'", selector: "role == 'job'"`)}`],
		'other db 1',
		'denied',
	],
	['global() means no pod', [`gnp a ${spec('namespaceSelector: "global()"')}`], 'web db 1', 'denied'],
	['serviceAccounts by name', [`np a ${spec('serviceAccounts: {names: [web]}')}`], 'web db 1', 'allowed'],
	[
		'serviceAccounts of another name',
		[`np a ${spec('serviceAccounts: {names: [api]}')}`],
		'web db 1',
		'denied',
	],
	['notSelector', [`np a ${spec(`notSelector: "color == 'blue'"`)}`], 'web db 1', 'denied'],
	['nets mean pods by address', [`gnp a ${spec('nets: [10.244.0.8/29]')}`], 'web db 1', 'allowed'],
	['notNets', [`gnp a ${spec('notNets: [10.244.0.11/32]')}`], 'web db 1', 'denied'],
	[
		'a range of ports',
		[
			`np a selector: "role == 'db'", ingress: [{action: Allow, protocol: TCP, destination: {ports: ["6000:7000"]}}]`,
		],
		'web db 6379',
		'allowed',
	],
	[
		'notPorts',
		[
			`np a selector: "role == 'db'", ingress: [{action: Allow, protocol: TCP, destination: {notPorts: [6379]}}]`,
		],
		'web db 6379',
		'denied',
	],
	[
		'another protocol',
		[`np a selector: "role == 'db'", ingress: [{action: Allow, protocol: UDP}]`],
		'web db 6379',
		'denied',
	],
	[
		'Log goes on',
		[`gnp a selector: all(), ingress: [{action: Log}, {action: Allow}]`],
		'web db 1',
		'allowed',
	],
	[
		'Pass leaves it to the profile',
		[
			`gnp a order: 10, selector: all(), ingress: [{action: Pass}]`,
			`gnp b order: 20, selector: all(), ${denyAll}`,
		],
		'web db 1',
		'allowed',
	],
	[
		'the first rule decides',
		[
			`gnp a selector: all(), ingress: [{action: Deny, source: {selector: "color == 'blue'"}}, {action: Allow}]`,
		],
		'web db 1',
		'denied',
	],
	[
		'the lower order decides',
		[`gnp a order: 10, selector: all(), ${allowAll}`, `gnp b order: 5, selector: all(), ${denyAll}`],
		'web db 1',
		'denied',
	],
	[
		'without an order it is last',
		[`gnp a selector: all(), ${denyAll}`, `gnp b order: 5, selector: all(), ${allowAll}`],
		'web db 1',
		'allowed',
	],
	[
		'a NetworkPolicy stands at 1000: after 500',
		[`gnp a order: 500, selector: all(), ${denyAll}`, 'k8s a podSelector: {}, ingress: [{}]'],
		'web db 1',
		'denied',
	],
	[
		'a NetworkPolicy stands at 1000: before 2000',
		[`gnp a order: 2000, selector: all(), ${denyAll}`, 'k8s a podSelector: {}, ingress: [{}]'],
		'web db 1',
		'allowed',
	],
	[
		'what a NetworkPolicy leaves is asked on',
		[`gnp a order: 2000, selector: all(), ${allowAll}`, 'k8s a podSelector: {}, policyTypes: [Ingress]'],
		'web db 1',
		'allowed',
	],
	[
		'default deny',
		['gnp a namespaceSelector: has(projectcalico.org/name), types: [Ingress, Egress]'],
		'web db 1',
		'denied',
	],
	[
		'default deny leaves others out',
		[`gnp a namespaceSelector: "projectcalico.org/name not in {'shop'}", types: [Ingress]`],
		'web db 1',
		'allowed',
	],
	[
		'egress',
		[
			`np a selector: "role == 'web'", types: [Egress], egress: [{action: Allow, destination: {selector: "role == 'job'"}}]`,
		],
		'web db 1',
		'denied',
	],
	[
		'egress to its rule',
		[
			`np a selector: "role == 'web'", types: [Egress], egress: [{action: Allow, destination: {selector: "role == 'db'"}}]`,
		],
		'web db 1',
		'allowed',
	],
	[
		'http is looked into',
		[`np a selector: "role == 'db'", ingress: [{action: Allow, http: {methods: [GET]}}]`],
		'web db 1',
		'undecidable',
	],
	[
		'a tier of its own is not followed',
		[`gnp a tier: security, selector: all(), ${denyAll}`],
		'web db 1',
		'undecidable',
	],
	[
		'an address may be of a NetworkSet',
		[`gnp a ${spec(`selector: "role == 'partner'"`)}`],
		'203.0.113.7 db 1',
		'undecidable',
	],
	[
		'of a namespaced policy notSelector alone means the own namespace as well',
		[`np a ${spec(`notSelector: "color == 'blue'"`)}`],
		'other db 1',
		'denied',
	],
	[
		'of a global policy notSelector alone means all that it does not select',
		[`gnp a ${spec(`notSelector: "color == 'blue'"`)}`],
		'other db 1',
		'allowed',
	],
	['nets may be an address alone', [`gnp a ${spec('nets: [10.244.0.11]')}`], 'web db 1', 'allowed'],
	['notNets may be an address alone', [`gnp a ${spec('notNets: [10.244.0.11]')}`], 'web db 1', 'denied'],
	[
		'egress rules alone leave ingress open',
		[`np a selector: "role == 'db'", egress: [{action: Allow}]`],
		'web db 1',
		'allowed',
	],
	[
		'of the stored object no types means both directions',
		[`crd a selector: "role == 'web'", ingress: [{action: Allow}]`],
		'web db 1',
		'denied',
	],
	[
		'of one order and with opposite rules: which is first depends on the version',
		[`gnp a selector: all(), ${allowAll}`, `np b selector: all(), ${denyAll}`],
		'web db 1',
		'undecidable',
	],
	[
		'of one order, and only one means the connection',
		[`gnp a selector: all(), ${allowAll}`, `np b selector: "role == 'db'"`],
		'web db 1',
		'allowed',
	],
	[
		'at 1000 a NetworkPolicy may come first or last',
		[`gnp a order: 1000, selector: all(), ${denyAll}`, 'k8s a podSelector: {}, ingress: [{}]'],
		'web db 1',
		'undecidable',
	],
	[
		'labels that a pod has of its namespace are not followed',
		[`gnp a ${spec(`selector: "pcns.team == 'a'"`)}`],
		'web db 1',
		'undecidable',
	],
	[
		'a named port of an address may be of a host endpoint',
		[
			`np a selector: "role == 'web'", types: [Egress], egress: [{action: Allow, protocol: TCP, destination: {ports: [db]}}]`,
		],
		'web 203.0.113.7 1',
		'undecidable',
	],
	[
		'a protocol by its number in quotes',
		[`np a selector: "role == 'db'", ingress: [{action: Allow, protocol: "6"}]`],
		'web db 1',
		'allowed',
	],
	[
		'actions are read in any case',
		[`crd a selector: "role == 'db'", types: [Ingress], ingress: [{action: deny}]`],
		'web db 1',
		'denied',
	],
	['an address by its net', [`gnp a ${spec('nets: [203.0.113.0/24]')}`], '203.0.113.7 db 1', 'allowed'],
	['an address outside its net', [`gnp a ${spec('nets: [203.0.113.0/24]')}`], '198.51.100.7 db 1', 'denied'],
];

test.each(rows)('%s', (_, policies, asked, verdict) => {
	const snapshot = snapshotOf([cluster, ...places(), ...policies.map(policyOf)].join('---\n'));
	const [from = '', to = '', port] = asked.split(' ');
	const side = (name: string) => {
		const pod = snapshot.list('Pod').find((each) => each.name === name);
		return pod ? {pod, ip: pod.podIPs[0]} : {ip: name};
	};
	const {ingress, egress} = evaluateConnection({
		snapshot,
		from: side(from),
		to: side(to),
		protocol: 'TCP',
		port: Number(port),
	});
	const both = [ingress.verdict, egress.verdict];
	expect(both.includes('denied') ? 'denied' : both.includes('undecidable') ? 'undecidable' : 'allowed').toBe(
		verdict,
	);
});

test('a namespace whose labels are not known may be selected', () => {
	const policy = policyOf(`gnp a namespaceSelector: "team == 'a'", ${denyAll}`);
	const snapshot = snapshotOf([cluster, ...places().slice(2), policy].join('---\n'));
	const [web, db] = ['web', 'db'].map((name) => snapshot.get('Pod', 'shop', name));
	const {ingress} = evaluateConnection({
		snapshot,
		from: {pod: web},
		to: {pod: db},
		protocol: 'TCP',
		port: 1,
	});
	expect(ingress.verdict).toBe('undecidable');
});

/** Who reaches the database, by one rule. */
function spec(source: string): string {
	return `selector: "role == 'db'", ingress: [{action: Allow, source: {${source}}}]`;
}

function places(): readonly string[] {
	return [
		...['shop', 'other'].map(
			(name) =>
				`apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {team: ${name === 'shop' ? 'a' : 'b'}}}\n`,
		),
		...Object.entries(pods).map(([name, text]) => {
			const [, namespace, labels, ip, account] = /^(\w+) (\{.*\}) (\S+) (\w+)$/u.exec(text) ?? [];
			return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: ${labels}}\nspec: {serviceAccountName: ${account}, containers: []}\nstatus: {phase: Running, podIPs: [{ip: ${ip}}]}\n`;
		}),
	];
}

/** `crd`: the object behind Calico's own API server. */
const apis: Readonly<Record<string, string>> = {
	np: 'projectcalico.org/v3',
	crd: 'crd.projectcalico.org/v1',
	k8s: 'networking.k8s.io/v1',
};

function policyOf(text: string): string {
	const [, kind, name, body] = /^(\w+) (\w+) (.*)$/su.exec(text) ?? [];
	const head =
		kind === 'gnp'
			? 'apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: '
			: `apiVersion: ${apis[kind ?? ''] ?? ''}\nkind: NetworkPolicy\nmetadata: {namespace: shop, name: `;
	return `${head}${name}}\nspec: {${body}}\n`;
}
