import {expect, test} from 'vitest';
import {parseIpvs} from '../../../source/evidence/rules/parse-ipvs.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const services = snapshotOf(`
apiVersion: v1
kind: Service
metadata: {name: dns, namespace: a}
spec: {clusterIP: 10.0.0.10, clusterIPs: [10.0.0.10, fd00::a], ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: a}
spec: {type: LoadBalancer, clusterIP: 10.0.0.20, ports: [{name: http, port: 80, nodePort: 30080}]}
status: {loadBalancer: {ingress: [{ip: 192.0.2.9}]}}
`).list('Service');

// The form is that of pkg/proxy/ipvs/README.md.
const listed = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  10.0.0.10:53 rr
  -> 172.17.0.2:53                Masq    1      0          0
  -> 172.17.0.3:53                Masq    3      0          0
UDP  10.0.0.10:53 rr persistent 10800
  -> 172.17.0.2:53                Masq    1      0          0
  -> 172.17.0.4:53                Masq    0      2          0
TCP  [fd00::a]:53 rr
  -> [fd00:1::2]:53               Masq    1      0          0
TCP  10.0.0.20:80 rr
TCP  10.89.0.11:30080 rr
  -> 172.17.0.5:8080              Masq    1      0          0
`;

test('reads virtual servers and whose they are', () => {
	const rules = parseIpvs({ipvsadm: listed}, {services});
	expect(rules.families).toEqual(['IPv4', 'IPv6']);
	expect(rules.services).toEqual({
		'a/dns:dns-tcp/TCP': {
			backends: [
				{address: '172.17.0.2', port: 53, probability: 0.25},
				{address: '172.17.0.3', port: 53, probability: 0.75},
				{address: 'fd00:1::2', port: 53, probability: 1},
			],
			external: [],
			rejects: false,
			drops: false,
		},
		'a/dns:dns/UDP': {
			backends: [{address: '172.17.0.2', port: 53, probability: 1}],
			external: [],
			rejects: false,
			drops: false,
		},
		'a/web:http/TCP': {
			backends: [],
			external: [{address: '172.17.0.5', port: 8080, probability: 1}],
			rejects: true,
			drops: false,
		},
	});
});

test('reads the form of ipvsadm -Sn', () => {
	const saved = `-A -t 10.0.0.20:80 -s rr
-a -t 10.0.0.20:80 -r 172.17.0.5:8080 -m -w 1
`;
	expect(parseIpvs({ipvsadm: saved}, {services}).services['a/web:http/TCP']?.backends).toEqual([
		{address: '172.17.0.5', port: 8080, probability: 1},
	]);
});

test('notes a Service that ipset knows and IPVS does not', () => {
	const ipset = `create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536
add KUBE-CLUSTER-IP 10.0.0.20,tcp:80
add KUBE-CLUSTER-IP 10.0.0.99,tcp:443
add KUBE-LOOP-BACK 10.0.0.98,tcp:443
`;
	expect(parseIpvs({ipvsadm: listed, ipset}, {services}).unread).toEqual([
		'10.0.0.99:443/tcp is in KUBE-CLUSTER-IP and has no virtual server',
	]);
	expect(
		parseIpvs({ipvsadm: '', ipset: 'Name: KUBE-CLUSTER-IP\nMembers:\n10.0.0.99,tcp:443\n'}, {services})
			.unread,
	).toEqual(['10.0.0.99:443/tcp is in KUBE-CLUSTER-IP and has no virtual server']);
});
