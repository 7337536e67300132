import {expect, test} from 'vitest';
import type {Evidence} from '../../../../source/model/evidence.ts';
import type {Target} from '../../../../source/path/target.ts';
import {walk} from '../../../../source/path/walk/walk.ts';
import {noon, snapshotOf} from '../../../helpers/snapshot.ts';
import {pod, service} from '../../endpoints/objects.ts';

const dual = 'clusterIP: None\nipFamilies: [IPv4, IPv6]';
const slice = (type: string, address: string) => `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-${type.toLowerCase()}, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: ${type}
ports: [{name: http, port: 8080}]
endpoints: [{addresses: ['${address}']}]
`;

function titles(spec: string, slices: string) {
	const yaml = service(spec).replace('  clusterIPs: [10.96.0.10]\n  ipFamilies: [IPv4]\n', '') + slices;
	const target = {kind: 'service', text: 'svc/web', name: 'web', namespace: 'shop'} as const;
	return walk(snapshotOf(yaml), {target}).paths.map(({title}) => title);
}

test('a headless Service without selector is walked by the families that have slices', () => {
	expect(titles(dual, slice('IPv4', '192.0.2.7'))).toEqual(['svc/web:http IPv4']);
	expect(titles(dual, slice('IPv4', '192.0.2.7') + slice('IPv6', 'fd00::7'))).toEqual([
		'svc/web:http IPv4',
		'svc/web:http IPv6',
	]);
	expect(titles(dual, '')).toEqual(['svc/web:http']);
});

test('one with a selector is walked by all of its families', () => {
	expect(titles(`${dual}\nselector: {app: web}`, slice('IPv4', '192.0.2.7'))).toHaveLength(2);
});

const closed = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10]
  ipFamilies: [IPv4]
  loadBalancerSourceRanges: [203.0.113.0/24]
  ports: [{name: http, port: 80, nodePort: 30080}]
status: {loadBalancer: {ingress: [{ip: 192.0.2.9}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, namespace: kube-system}
data: {config.conf: "mode: MODE"}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: kube-proxy, namespace: kube-system}
spec: {selector: {matchLabels: {k8s-app: kube-proxy}}, template: {metadata: {labels: {k8s-app: kube-proxy}}, spec: {containers: [{name: kube-proxy, command: [kube-proxy, --config=/etc/config.conf]}]}}}
`;

test('without endpoints a client out of the source ranges is refused in iptables mode, and dropped in nftables mode', () => {
	const symptom = (mode: string) =>
		walk(snapshotOf(closed.replace('MODE', mode)), {
			target: {kind: 'service', text: 'svc/web', name: 'web', namespace: 'shop'},
			from: {kind: 'external', ip: '198.51.100.7'},
		}).paths[0]?.symptom;
	expect([symptom('iptables'), symptom('nftables')]).toEqual(['connection-refused', 'timeout']);
});

test('a port that the Service lacks is refused at the cluster IP in nftables mode, and dropped at the load balancer', () => {
	const snapshot = snapshotOf(closed.replace('MODE', 'nftables').replace('203.0.113.0/24', '0.0.0.0/0'));
	const target = {kind: 'service', text: 'svc/web:81', name: 'web', namespace: 'shop', port: 81} as const;
	const symptom = (kind: 'external' | 'node') => walk(snapshot, {target, from: {kind}}).paths[0]?.symptom;
	expect([symptom('node'), symptom('external')]).toEqual(['connection-refused', 'timeout']);
});

const alias = (of: string, more = '') => `
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: ${of}${more}}
`;

function throughAlias(yaml: string, text = 'svc/alias:80') {
	const target = {kind: 'service', text, name: 'alias', namespace: 'shop', port: Number(text.split(':')[1])};
	return walk(snapshotOf(`${yaml}---${service('selector: {app: web}')}`), {
		target: target as Target,
		from: {kind: 'node', name: 'node-a'},
	}).paths.map(({verdict, symptom, rootCause}) => [verdict, symptom, rootCause]);
}

test('an alias of a Service of the cluster is as good as that Service', () => {
	// Who stands in for kube-proxy is not known here, so neither is what it answers.
	const broken = [['broken', undefined, 'KNET501']];
	expect(throughAlias(alias('web.shop.svc.cluster.local'))).toEqual(broken);
	expect(throughAlias(alias('web.shop.svc.cluster.local.'))).toEqual(broken);
});

test('an alias maps no ports: the Service behind it has to have the one asked for', () => {
	expect(throughAlias(alias('web.shop.svc.cluster.local'), 'svc/alias:81')).toEqual([
		['broken', undefined, 'KNET518'],
	]);
});

test('nothing is said of what stands behind an alias of a name outside, and one of itself has no record', () => {
	expect(throughAlias(alias('db.example.com'))).toEqual([['ok', undefined, undefined]]);
	expect(throughAlias(alias('alias.shop.svc.cluster.local'))).toEqual([['broken', 'dns-failure', 'KNET127']]);
});

test('a TCP and a UDP port of one number are told apart, and probes of the one say nothing of the other', () => {
	const yaml = `${service('selector: {app: web}').replace(
		/ports: .*/,
		'ports: [{name: t, port: 53, targetPort: 8053}, {name: u, port: 53, protocol: UDP, targetPort: 8053}]',
	)}---${pod('web-1')}---${slice('IPv4', '10.244.1.7').replace(/ports: .*/, 'ports: [{name: t, port: 8053}, {name: u, port: 8053, protocol: UDP}]')}`;
	const target = {kind: 'service', text: 'svc/web:53', name: 'web', namespace: 'shop', port: 53} as const;
	const refused: Evidence = {
		type: 'connect',
		at: noon - 1000,
		vantage: {type: 'port-forward', namespace: 'shop', pod: 'web-1'},
		subject: {address: '10.244.1.7', port: 8053, protocol: 'TCP', pod: 'web-1', namespace: 'shop'},
		result: {outcome: 'refused', message: ''},
		ms: 1,
		of: {},
	};
	const {paths} = walk(snapshotOf(yaml, {evidence: [refused]}), {
		target,
		from: {kind: 'node', name: 'node-a'},
	});
	expect(paths.map(({title, rootCause}) => [title, rootCause])).toEqual([
		['svc/web:53', 'KNET707'],
		['svc/web:53/UDP', undefined],
	]);
});
