import {expect, test} from 'vitest';
import {affinityWords} from '../../../source/path/kube-proxy/affinity-words.ts';
import {endpointsOf} from '../../../source/rules/kube-proxy/endpoints.ts';
import {ipvsVirtualServer} from '../../../source/rules/kube-proxy/ipvs-names.ts';
import {nftablesElements, nftablesElementText} from '../../oracles/nftables-maps.ts';
import {setsOf} from '../../../source/rules/kube-proxy/categorize.ts';
import {packetVerdict, type ProxyNode} from '../../oracles/packet-verdict.ts';
import {proxyPort} from '../../../source/rules/kube-proxy/proxy-port.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {service, slice} from './cluster.ts';

const node: ProxyNode = {
	node: 'node-a',
	mode: 'iptables',
	primary: ['10.89.0.11'],
	secondary: ['10.88.0.11'],
	podCIDRs: ['10.244.0.0/16'],
	serviceCIDRs: ['10.96.0.0/16'],
	masqueradeAll: false,
};

function verdict(
	yaml: string,
	to: {readonly destination: string; readonly port: number; readonly source?: string},
	on: Partial<ProxyNode> = {},
): string {
	const snapshot = snapshotOf(yaml);
	return packetVerdict({
		packet: {protocol: 'TCP', source: '203.0.113.9', ...to},
		node: {...node, ...on},
		services: snapshot.list('Service'),
		endpointsOf: (port) =>
			endpointsOf(
				snapshot.slicesOf(port.namespace, port.service),
				{name: port.portName, protocol: port.protocol},
				{family: port.family},
			),
	}).verdict;
}

const nodePort = service('type: NodePort') + slice(['node-a']);

test('node ports stand on every address of the node, or on those that kube-proxy was told', () => {
	const at = (destination: string, on?: Partial<ProxyNode>): string =>
		verdict(nodePort, {destination, port: 30080}, on);
	expect([at('10.89.0.11'), at('10.88.0.11'), at('10.87.0.11')]).toEqual(['DNAT', 'DNAT', 'NOT-HANDLED']);
	expect(at('10.88.0.11', {nodePortAddresses: ['primary']})).toBe('NOT-HANDLED');
	expect(at('10.88.0.11', {nodePortAddresses: ['10.88.0.0/24']})).toBe('DNAT');
});

test('node ports on loopback work in iptables mode and IPv4 alone', () => {
	const local = {destination: '127.0.0.1', source: '127.0.0.1', port: 30080};
	expect(verdict(nodePort, local)).toBe('DNAT');
	expect(verdict(nodePort, local, {mode: 'nftables'})).toBe('NOT-HANDLED');
	expect(verdict(nodePort, local, {nodePortAddresses: ['primary']})).toBe('NOT-HANDLED');
	expect(verdict(nodePort, {...local, destination: '::1', source: '::1'})).toBe('NOT-HANDLED');
});

test('a wrong port of a cluster IP is refused in nftables mode, and nobody’s in iptables mode', () => {
	const wrong = {destination: '10.96.0.7', port: 81};
	expect(verdict(nodePort, wrong)).toBe('NOT-HANDLED');
	expect(verdict(nodePort, wrong, {mode: 'nftables'})).toBe('REJECT');
	expect(verdict(nodePort, {destination: '10.96.0.8', port: 80}, {mode: 'nftables'})).toBe('DROP');
});

test('source ranges come before missing endpoints in nftables mode, and after them in iptables mode', () => {
	const yaml = service('type: LoadBalancer, loadBalancerSourceRanges: [198.51.100.0/24]');
	const to = {destination: '192.0.2.9', port: 80};
	expect(verdict(yaml, to, {mode: 'nftables'})).toBe('DROP');
	expect(verdict(yaml, to)).toBe('REJECT');
});

test('odd addresses are nobody’s', () => {
	expect(verdict(nodePort, {destination: 'web.example.com', port: 80})).toBe('NOT-HANDLED');
	expect(verdict(nodePort, {destination: '10.96.0.7', source: '', port: 80})).toBe('NOT-HANDLED');
});

test('of a slice the first address, ports with a number and the port of that name and protocol count', () => {
	const snapshot = snapshotOf(`
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}, {name: http, port: 8081, protocol: UDP}, {name: none}]
endpoints:
  - {addresses: [10.0.0.2, 10.0.0.3], nodeName: b}
  - {addresses: [10.0.0.10]}
  - {addresses: [10.0.0.2], nodeName: a}
`);
	const of = (name: string, protocol: 'TCP' | 'UDP'): readonly string[] =>
		endpointsOf(snapshot.slicesOf('shop', 'web'), {name, protocol}, {family: 'IPv4', node: 'a'}).map(
			({address, port, node}) => `${address}:${port}@${node}`,
		);
	// In the order of the text, and the double that is local wins.
	expect(of('http', 'TCP')).toEqual(['10.0.0.10:8080@undefined', '10.0.0.2:8080@a']);
	expect(of('http', 'UDP')).toEqual(['10.0.0.10:8081@undefined', '10.0.0.2:8081@a']);
	expect(of('none', 'TCP')).toEqual([]);
});

test('elements of the maps of nftables, with source ranges and policy Local', () => {
	const [found] = snapshotOf(
		service('type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerSourceRanges: [203.0.113.0/24]'),
	).list('Service');
	const port = proxyPort(found!, found!.ports[0]!, 'IPv4')!;
	const there = {
		address: '10.244.9.1',
		port: 8080,
		ready: true,
		serving: true,
		terminating: false,
		node: 'node-b',
	};
	const elements = nftablesElements(port, setsOf(port, {node: 'node-a'}, [there]));
	expect(elements.map((element) => `${element.map} ${nftablesElementText(element)}`)).toEqual([
		'cluster-ips 10.96.0.7',
		'service-ips 10.96.0.7 . tcp . 80 : goto service-KHN6ECMT-shop/web/tcp/http',
		'service-ips 192.0.2.9 . tcp . 80 : goto external-KHN6ECMT-shop/web/tcp/http',
		'service-nodeports tcp . 30080 : goto external-KHN6ECMT-shop/web/tcp/http',
		'no-endpoint-services 192.0.2.9 . tcp . 80 comment "shop/web:http" : drop',
		'no-endpoint-nodeports tcp . 30080 comment "shop/web:http" : drop',
		'firewall-ips 192.0.2.9 . tcp . 80 : goto firewall-KHN6ECMT-shop/web/tcp/http',
	]);
});

test('session affinity in words', () => {
	expect(affinityWords(undefined, 'iptables')).toBe(undefined);
	expect(affinityWords(600, 'iptables')).toBe(
		'ClientIP: an address keeps its backend until 10 min after its last connection, on each node for itself (the recent list)',
	);
	expect(affinityWords(45, 'ipvs')).toContain('45 s');
});

test('virtual servers as ipvsadm lists them', () => {
	expect(
		ipvsVirtualServer({protocol: 'TCP'}, {address: '10.0.0.1', port: 443}, {affinitySeconds: 10_800}),
	).toBe('TCP  10.0.0.1:443 rr persistent 10800');
	expect(ipvsVirtualServer({protocol: 'UDP'}, {address: 'fd00::a', port: 53})).toBe('UDP  [fd00::a]:53 rr');
});
