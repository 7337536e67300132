import {describe, expect, test} from 'vitest';
import {readProxyConfig} from '../../../source/rules/kube-proxy/proxy-config.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {kubeProxy, nodes} from './cluster.ts';
import {serviceProxyOn} from '../../../source/path/kube-proxy/find-service-proxy.ts';

function proxyOn(yaml: string, node = 'node-a'): readonly [string | undefined, string, string | undefined] {
	const snapshot = snapshotOf(yaml);
	const {mode, text, name} = serviceProxyOn(snapshot, snapshot.get('Node', '', node));
	return [mode, text, name];
}

const unknown = [undefined, 'unknown', undefined];

const daemonSet = (name: string, command: string, namespace = 'kube-system'): string => `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {a: b}}
  template: {spec: {containers: [{name: main, image: x, command: [${command}]}]}}
---
`;

test.each([
	['', 'iptables'],
	['iptables', 'iptables'],
	['nftables', 'nftables'],
	['ipvs', 'ipvs'],
])('mode "%s" of the configuration is %s', (written, mode) => {
	expect(proxyOn(nodes + kubeProxy(written))).toEqual([mode, mode, 'kube-proxy']);
});

test('a flag counts where no configuration file is given', () => {
	expect(proxyOn(daemonSet('kube-proxy', 'kube-proxy, --proxy-mode=ipvs'))).toEqual([
		'ipvs',
		'ipvs',
		'kube-proxy',
	]);
	expect(proxyOn(daemonSet('kube-proxy', 'kube-proxy, --proxy-mode, nftables'))).toEqual([
		'nftables',
		'nftables',
		'kube-proxy',
	]);
	expect(proxyOn(daemonSet('kube-proxy', 'kube-proxy, --v=2'))).toEqual([
		'iptables',
		'iptables',
		'kube-proxy',
	]);
});

test('a configuration file that cannot be read leaves the mode open, whatever the flag', () => {
	expect(proxyOn(daemonSet('kube-proxy', 'kube-proxy, --config=/etc/x, --proxy-mode=ipvs'))).toEqual([
		undefined,
		'kube-proxy (mode not known)',
		'kube-proxy',
	]);
});

test('static pods say their mode', () => {
	const pod = `
apiVersion: v1
kind: Pod
metadata: {name: kube-proxy-node-a, namespace: kube-system, labels: {component: kube-proxy}}
spec: {nodeName: node-a, containers: [{name: kube-proxy, image: x, command: [sh, -c, "exec kube-proxy --proxy-mode=ipvs --v=2 1>>/var/log/x"]}]}
---
`;
	expect(proxyOn(pod)).toEqual(['ipvs', 'ipvs', 'kube-proxy']);
	expect(proxyOn(nodes + pod)).toEqual(['ipvs', 'ipvs', 'kube-proxy']);
	// RKE2 writes one on each node: those of other nodes say nothing of a node without.
	expect(proxyOn(nodes + pod, 'node-b')).toEqual(unknown);
});

const configMap = (name: string, data: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: kube-system}
data: {${data}}
---
`;

const felix = (name: string, bpfEnabled: boolean): string => `
apiVersion: crd.projectcalico.org/v1
kind: FelixConfiguration
metadata: {name: ${name}}
spec: {bpfEnabled: ${bpfEnabled}}
---
`;

const cilium = daemonSet('cilium', 'cilium-agent');
const calico = daemonSet('calico-node', 'start_runit', 'calico-system');
const antrea = daemonSet('antrea-agent', 'antrea-agent');

describe('what stands in for kube-proxy is known by evidence', () => {
	test.each([
		['Cilium', cilium + configMap('cilium-config', 'kube-proxy-replacement: "true"'), 'cilium'],
		['Cilium', cilium + configMap('cilium-config', 'kube-proxy-replacement: strict'), 'cilium'],
		['Cilium (GKE Dataplane V2)', daemonSet('anetd', 'cilium-agent'), 'cilium'],
		[
			'Antrea',
			antrea + configMap('antrea-config', 'antrea-agent.conf: "antreaProxy:\\n  proxyAll: true\\n"'),
			undefined,
		],
		['OVN-Kubernetes', daemonSet('ovnkube-node', 'ovnkube', 'openshift-ovn-kubernetes'), undefined],
		['Calico eBPF', calico + felix('default', true), undefined],
		['kube-router', daemonSet('kube-router', 'kube-router, --run-service-proxy=true'), undefined],
	])('%s', (name, yaml, mode) => {
		expect(proxyOn(nodes + yaml)).toEqual([mode, name, name]);
	});

	test.each([
		['Cilium', cilium],
		['Cilium', cilium + configMap('cilium-config', 'kube-proxy-replacement: "false"')],
		[
			'Antrea',
			antrea + configMap('antrea-config', 'antrea-agent.conf: "antreaProxy:\\n  proxyAll: false\\n"'),
		],
		['Calico', calico],
		['Calico', calico + felix('default', false)],
		['kube-router', daemonSet('kube-router', 'kube-router, --run-service-proxy=false')],
		['OVN-Kubernetes', daemonSet('ovnkube-node', 'x', 'shop')],
	])('%s alone is none', (_, yaml) => {
		expect(proxyOn(nodes + yaml)).toEqual(unknown);
		expect(proxyOn(nodes + yaml + kubeProxy(''))).toEqual(['iptables', 'iptables', 'kube-proxy']);
	});

	test('of one node by its own FelixConfiguration', () => {
		const yaml = nodes + calico + felix('default', false) + felix('node.node-b', true);
		expect(proxyOn(yaml)).toEqual(unknown);
		expect(proxyOn(yaml, 'node-b')).toEqual([undefined, 'Calico eBPF', 'Calico eBPF']);
	});
});

describe('a kube-proxy that is switched off', () => {
	const off = (spec: string, status: string): string => `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: kube-proxy, namespace: kube-system, labels: {k8s-app: kube-proxy}}
spec:
  selector: {matchLabels: {k8s-app: kube-proxy}}
  template: {spec: {nodeSelector: {${spec}}, containers: [{name: kube-proxy, image: x, command: [kube-proxy]}]}}
status: {${status}}
---
`;

	test('by a label that no node has is none', () => {
		expect(proxyOn(nodes + off('non-calico: "true"', ''))).toEqual(unknown);
		expect(proxyOn(nodes + off('non-calico: "true"', '') + calico + felix('default', true))).toEqual([
			undefined,
			'Calico eBPF',
			'Calico eBPF',
		]);
	});

	test('by wanting no pod at all is none', () => {
		expect(proxyOn(nodes + off('', 'desiredNumberScheduled: 0'))).toEqual(unknown);
		expect(proxyOn(nodes + off('', 'desiredNumberScheduled: 3'))).toEqual([
			'iptables',
			'iptables',
			'kube-proxy',
		]);
	});
});

describe('nodes without a pod of kube-proxy by design', () => {
	const node = (labels: string, version = 'v1.35.0', args?: string): string => `
apiVersion: v1
kind: Node
metadata: {name: node-x, labels: {${labels}}${args ? `, annotations: {k3s.io/node-args: '${args}'}` : ''}}
status: {nodeInfo: {kubeletVersion: ${version}}}
---
`;

	test.each([
		[
			'EKS Fargate',
			'eks.amazonaws.com/compute-type: fargate',
			undefined,
			'kube-proxy (inside the Fargate micro VM)',
		],
		[
			'EKS Auto Mode',
			'eks.amazonaws.com/compute-type: auto',
			undefined,
			'kube-proxy (a service of the EKS Auto Mode node)',
		],
		['Windows', 'kubernetes.io/os: windows', undefined, 'kube-proxy (Windows service)'],
		['MicroK8s', 'microk8s.io/cluster: "true"', 'iptables', 'iptables (inside kubelite)'],
	])('%s', (_, labels, mode, text) => {
		expect(proxyOn(node(labels), 'node-x')).toEqual([mode, text, 'kube-proxy']);
	});

	test('a virtual node shows nothing', () => {
		expect(proxyOn(node('type: virtual-kubelet') + kubeProxy(''), 'node-x')).toEqual(unknown);
	});

	test.each([
		['["server"]', ['iptables', 'iptables (inside k3s)', 'kube-proxy']],
		['["server","--kube-proxy-arg","proxy-mode=ipvs"]', ['ipvs', 'ipvs (inside k3s)', 'kube-proxy']],
		['["server","--disable-kube-proxy"]', unknown],
		['["server","--disable-kube-proxy","true"]', unknown],
		['["server","--disable-kube-proxy=false"]', ['iptables', 'iptables (inside k3s)', 'kube-proxy']],
	])('k3s, started with %s', (args, expected) => {
		expect(proxyOn(node('', 'v1.35.0+k3s1', args), 'node-x')).toEqual(expected);
	});

	test('an agent of k3s has none where its server was started without', () => {
		const server = node('', 'v1.35.0+k3s1', '["server","--disable-kube-proxy"]').replace('node-x', 'server');
		expect(proxyOn(server + node('', 'v1.35.0+k3s1', '["agent"]'), 'node-x')).toEqual(unknown);
	});
});

test('reads a configuration as tools write it', () => {
	expect(
		readProxyConfig(`apiVersion: kubeproxy.config.k8s.io/v1alpha1
clusterCIDR: ""
iptables:
  masqueradeAll: true
mode: "nftables" # since May
nodePortAddresses:
- 10.0.0.0/8
- "fd00::/8"
`),
	).toEqual({
		mode: 'nftables',
		masqueradeAll: true,
		localDetector: false,
		localhostNodePorts: true,
		strictArp: false,
		nodePortAddresses: ['10.0.0.0/8', 'fd00::/8'],
	});
	expect(readProxyConfig('nodePortAddresses: [primary]\nmode: null\n')).toEqual({
		mode: '',
		masqueradeAll: false,
		localDetector: undefined,
		localhostNodePorts: true,
		strictArp: false,
		nodePortAddresses: ['primary'],
	});
});
