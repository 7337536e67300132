import {describe, expect, test} from 'vitest';
import {enforcerOf} from '../../../source/rules/network-policy/enforcer.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

function daemonSet(name: string, container: string, wanted = 3): string {
	return `---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}, namespace: kube-system}
spec: {selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [${container}]}}}
status: {desiredNumberScheduled: ${wanted}, numberReady: ${wanted}}
`;
}

function node(version: string, args?: string): string {
	return `---
apiVersion: v1
kind: Node
metadata: {name: n1${args === undefined ? '' : `, annotations: {"k3s.io/node-args": '${args}'}`}}
spec: {}
status: {nodeInfo: {kubeletVersion: ${version}}}
`;
}

function enforcerIn(yaml: string): readonly [string, boolean | undefined] {
	const snapshot = snapshotOf(yaml);
	const {name, enforces} = enforcerOf(snapshot, snapshot.version);
	return [name, enforces];
}

function kubeOvn(flag = '--enable-lb=true'): string {
	const cni = daemonSet('kube-ovn-cni', '{name: cni-server, image: kubeovn/kube-ovn:v1.13.2}');
	const controller = daemonSet('kube-ovn-controller', `{name: c, image: kube-ovn, args: ["${flag}"]}`);
	return cni + controller.replace('DaemonSet', 'Deployment');
}

const flannel = daemonSet('kube-flannel-ds', '{name: kube-flannel, image: flannel:v0.26}');

describe('who enforces NetworkPolicies', () => {
	test.each<[string, string, boolean | undefined]>([
		['Calico', daemonSet('calico-node', '{name: calico-node, image: calico/node:v3.30}'), true],
		[
			'Calico',
			daemonSet('rke2-canal', '{name: calico-node, image: calico}, {name: kube-flannel, image: f}'),
			true,
		],
		['Calico', flannel + daemonSet('canal', '{name: calico-node, image: calico}'), true],
		['Cilium', daemonSet('anetd', '{name: cilium-agent, image: gke.gcr.io/cilium/cilium:v1.14}'), true],
		['OVN-Kubernetes', daemonSet('ovnkube-node', '{name: ovn-controller, image: ovn}'), true],
		['Antrea', daemonSet('antrea-agent', '{name: antrea-agent, image: antrea}'), true],
		[
			'kube-router',
			daemonSet('kube-router', '{name: kube-router, image: r, args: ["--run-firewall=true"]}'),
			true,
		],
		[
			'kube-router',
			daemonSet('kube-router', '{name: kube-router, image: r, args: ["--run-firewall=false"]}'),
			false,
		],
		['Kube-OVN', kubeOvn(), true],
		['Kube-OVN', kubeOvn('--enable-np=false'), false],
		['Weave Net', daemonSet('weave-net', '{name: weave, image: w}, {name: weave-npc, image: w}'), true],
		[
			'Amazon VPC CNI',
			daemonSet(
				'aws-node',
				'{name: aws-node, image: a}, {name: aws-eks-nodeagent, image: n, args: ["--enable-network-policy=true"]}',
			),
			true,
		],
		[
			'Amazon VPC CNI',
			daemonSet(
				'aws-node',
				'{name: aws-node, image: a}, {name: aws-eks-nodeagent, image: n, args: ["--enable-network-policy=false"]}',
			),
			false,
		],
		[
			'kindnet',
			daemonSet('kindnet', '{name: kindnet-cni, image: "kindest/kindnetd:v20240813-c6f155d6"}'),
			true,
		],
		[
			'kindnet',
			daemonSet('kindnet', '{name: kindnet-cni, image: "kindest/kindnetd:v20240513-cd2ac642"}'),
			false,
		],
		['flannel', flannel, false],
		['k3s', node('v1.31.3+k3s1', '["server"]'), true],
		['k3s', node('v1.31.3+k3s1', '["server","--disable-network-policy"]'), false],
		['k3s', node('v1.31.3+k3s1'), undefined],
		['GKE without network policy', node('v1.30.6-gke.1125000'), false],
		['the network plugin', node('v1.31.4'), undefined],
	])('%s is found (%#)', (name, yaml, enforces) => {
		expect(enforcerIn(yaml)).toEqual([name, enforces]);
	});

	test('a DaemonSet that wants no pod enforces nothing', () => {
		expect(enforcerIn(flannel + daemonSet('calico-node', '{name: calico-node, image: c}', 0))).toEqual([
			'flannel',
			false,
		]);
	});

	test('cilium-config may switch policies off', () => {
		const config = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config, namespace: kube-system}
data: {enable-policy: never}
`;
		expect(enforcerIn(daemonSet('cilium', '{name: cilium-agent, image: c}') + config)).toEqual([
			'Cilium',
			false,
		]);
	});
});
