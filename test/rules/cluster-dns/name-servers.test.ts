import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {evaluateDns} from '../../../source/path/dns/dns-report.ts';
import {kubeletConfigOf} from '../../../source/rules/cluster-dns/client/kubelet-config.ts';
import {podNameServers} from '../../../source/rules/cluster-dns/client/pod-name-servers.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const root = new URL('../..', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const web = `${read('data-sources/cluster.yaml')}\n---\n${read('scenarios/service-works-from-a-pod/cluster.yaml')}`;
const cached = `${read('data-sources/cluster.yaml')}\n---\n${read('scenarios/node-cache-down/cluster.yaml')}`;

const kubelet = (clusterDns: string): string => `
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kubelet-config, namespace: kube-system}
data:
  kubelet: |
    kind: KubeletConfiguration
${clusterDns.replaceAll(/^/gmu, '    ')}
    clusterDomain: "k8s.local"
    resolvConf: /run/systemd/resolve/resolv.conf
    tlsPrivateKeyFile: /secret
`;

test.each([
	['clusterDNS:\n- 10.96.0.10\n- "fd00::a"', ['10.96.0.10', 'fd00::a']],
	['clusterDNS: [169.254.20.10]', ['169.254.20.10']],
	['clusterDNS: null', []],
])('reads kubelet-config: %j', (text, clusterDns) => {
	expect(kubeletConfigOf(snapshotOf(kubelet(text)))).toEqual({
		clusterDns,
		clusterDomain: 'k8s.local',
		resolvConf: '/run/systemd/resolve/resolv.conf',
	});
});

function serversOf(yaml: string, spec: object = {}): readonly string[] {
	const client = {
		namespace: 'shop',
		dnsPolicy: 'ClusterFirst',
		hostNetwork: false,
		nodeName: 'node-a',
		...spec,
	} as const;
	return podNameServers(snapshotOf(yaml), client).servers.map(({address, type}) => `${address} ${type}`);
}

describe('the name servers of a pod', () => {
	test('are the DNS Service, where nothing else is known', () => {
		expect(serversOf(web)).toEqual(['10.96.0.10 service']);
	});

	test('are those that kubelet-config names', () => {
		expect(serversOf(web + kubelet('clusterDNS: [10.96.0.99, 10.96.0.10]'))).toEqual([
			'10.96.0.99 other',
			'10.96.0.10 service',
		]);
	});

	test('are the cache of its node, under the address of the Service', () => {
		expect(serversOf(cached)).toEqual(['10.96.0.10 cache']);
		expect(serversOf(cached, {nodeName: 'node-c'})).toEqual(['10.96.0.10 service']);
	});

	test('are the cache by its own address, where it leaves the Service’s alone', () => {
		expect(serversOf(cached.replace('169.254.20.10,10.96.0.10', '169.254.25.10'))).toEqual([
			'169.254.25.10 cache',
		]);
	});

	test('are the Service’s again while a cache behind a LocalRedirectPolicy is not ready', () => {
		expect(serversOf(cached.replaceAll('hostNetwork: true', 'hostNetwork: false'))).toEqual([
			'10.96.0.10 service',
		]);
	});

	test('are its own with dnsPolicy None, and none that objects show with Default', () => {
		const dnsConfig = {nameservers: ['10.96.0.10', '9.9.9.9'], searches: [], options: []};
		expect(serversOf(web, {dnsPolicy: 'None', dnsConfig})).toEqual(['10.96.0.10 service', '9.9.9.9 other']);
		expect(serversOf(web, {dnsPolicy: 'Default'})).toEqual([]);
		expect(serversOf(web, {hostNetwork: true})).toEqual([]);
	});
});

const db = read('scenarios/stateful-set-pod-by-name/cluster.yaml');
const whole = `${read('data-sources/cluster.yaml')}\n---\n${db}`;
const notReady = whole
	.replace(
		'{ready: true, serving: true, terminating: false}, nodeName: node-a, zone: zone-1, targetRef: {kind: Pod, namespace: shop, name: db-0}',
		'{ready: false, serving: false, terminating: false}, nodeName: node-a, targetRef: {kind: Pod, namespace: shop, name: db-0}',
	)
	.replace(
		'{type: Ready, status: "True", lastTransitionTime: "2026-01-01T10:00:00Z"}',
		'{type: Ready, status: "False"}',
	);

function adviceOn(yaml: string, name: string): string | undefined {
	const from = {kind: 'pod', namespace: 'shop', name: 'client'} as const;
	const found = evaluateDns(snapshotOf(yaml), {name, from}).hop.findings.find(({code}) => code === 'KNET127');
	return found && `${found.message} ${found.remedy}`;
}

describe('a name without a record', () => {
	test.each([
		[
			'db-1.db',
			'db-1.db has no record: there is no pod db-1 in namespace shop. Use db-0.db, if that pod was meant.',
		],
		[
			'kube-dns',
			'kube-dns has no record: there is no Service kube-dns in namespace shop. Use kube-dns.kube-system: the Service is in that namespace.',
		],
		['bd', 'bd has no record: there is no Service bd in namespace shop. Use db, if that Service was meant.'],
	])('%s', (name, expected) => {
		expect(adviceOn(whole, name)).toBe(expected);
	});

	test('of a pod that is not ready', () => {
		expect(adviceOn(notReady, 'db-0.db')).toBe(
			'db-0.db has no record: pod db-0 is not ready. Make the pod ready, or set publishNotReadyAddresses: true on Service db if peers look for it before.',
		);
	});

	test('of a pod that has another hostname', () => {
		expect(adviceOn(whole.replaceAll('hostname: db-0', 'hostname: first'), 'db-0.db')).toBe(
			'db-0.db has no record: the hostname of pod db-0 is first. Use first.db.',
		);
	});

	test('of a headless Service whose peers wait for each other', () => {
		expect(adviceOn(notReady, 'db')).toBe(
			'db has no record: the headless Service has no ready pod. Make a pod ready. If pods of StatefulSet db wait for each other, set publishNotReadyAddresses: true on the Service.',
		);
	});
});
