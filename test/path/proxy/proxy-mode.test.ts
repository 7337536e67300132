import {expect, test} from 'vitest';
import {readProxyConfig} from '../../../source/rules/kube-proxy/proxy-config.ts';
import {proxyMode} from '../../../source/path/kube-proxy/proxy-mode.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {kubeProxy, nodes} from './cluster.ts';

function modeOf(yaml: string): readonly [string | undefined, string, string | undefined] {
	const {mode, text, replacedBy} = proxyMode(snapshotOf(yaml));
	return [mode, text, replacedBy];
}

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
	expect(modeOf(nodes + kubeProxy(written))).toEqual([mode, mode, undefined]);
});

test('a flag counts where no configuration file is given', () => {
	expect(modeOf(daemonSet('kube-proxy', 'kube-proxy, --proxy-mode=ipvs'))).toEqual([
		'ipvs',
		'ipvs',
		undefined,
	]);
	expect(modeOf(daemonSet('kube-proxy', 'kube-proxy, --proxy-mode, nftables'))).toEqual([
		'nftables',
		'nftables',
		undefined,
	]);
	expect(modeOf(daemonSet('kube-proxy', 'kube-proxy, --v=2'))).toEqual(['iptables', 'iptables', undefined]);
});

test('a configuration file that cannot be read leaves the mode open, whatever the flag', () => {
	expect(modeOf(daemonSet('kube-proxy', 'kube-proxy, --config=/etc/x, --proxy-mode=ipvs'))).toEqual([
		undefined,
		'unknown',
		undefined,
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
	expect(modeOf(pod)).toEqual(['ipvs', 'ipvs', undefined]);
});

test.each([
	['Cilium', daemonSet('cilium', 'cilium-agent'), 'cilium'],
	['Antrea', daemonSet('antrea-agent', 'antrea-agent'), undefined],
	['OVN-Kubernetes', daemonSet('ovnkube-node', 'ovnkube', 'ovn-kubernetes'), undefined],
	['Calico eBPF', daemonSet('calico-node', 'start_runit', 'calico-system'), undefined],
	['kube-router', daemonSet('kube-router', 'kube-router, --run-service-proxy=true'), undefined],
])('%s stands in for kube-proxy where that is not there', (name, yaml, mode) => {
	expect(modeOf(nodes + yaml)).toEqual([mode, name, name]);
	expect(modeOf(nodes + kubeProxy('') + yaml)).toEqual(['iptables', 'iptables', undefined]);
});

test('kube-router without its proxy stands in for nothing', () => {
	expect(modeOf(daemonSet('kube-router', 'kube-router, --run-service-proxy=false'))).toEqual([
		undefined,
		'unknown',
		undefined,
	]);
});

test('k3s has kube-proxy inside', () => {
	const yaml = nodes.replaceAll('v1.35.0', 'v1.35.0+k3s1');
	expect(modeOf(yaml)).toEqual(['iptables', 'iptables (inside k3s)', 'k3s']);
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
		nodePortAddresses: ['10.0.0.0/8', 'fd00::/8'],
	});
	expect(readProxyConfig('nodePortAddresses: [primary]\nmode: null\n')).toEqual({
		mode: '',
		masqueradeAll: false,
		localDetector: undefined,
		nodePortAddresses: ['primary'],
	});
});
