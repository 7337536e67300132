import {expect, test} from 'vitest';
import {runDnsCase} from './dns.ts';

/**
The tables of coredns/coredns, plugin/kubernetes/{handler,handler_pod_insecure,handler_pod_verified,reverse,zonal}_test.go, which the
vectors leave out. An answer is written as CoreDNS writes it, without name, time and class.
*/
const slice = (
	service: string,
	addressType: string,
	endpoints: readonly object[],
	ports?: readonly object[],
) => ({
	metadata: {
		name: `${service}-${addressType}`,
		namespace: 'testns',
		labels: {'kubernetes.io/service-name': service},
	},
	addressType,
	endpoints: endpoints.map((endpoint) => ({conditions: {ready: true}, ...endpoint})),
	ports: ports ?? [{name: 'http', protocol: 'TCP', port: 80}],
});

const service = (name: string, clusterIPs: readonly string[], more = {}) => ({
	metadata: {name, namespace: 'testns'},
	spec: {type: 'ClusterIP', clusterIPs, ports: [{name: 'http', protocol: 'TCP', port: 80}], ...more},
});

const given = {
	dns: {zones: ['cluster.local.'], ttl: 5, pods: 'disabled', namespaces: ['testns']},
	namespaces: ['testns', 'kube-system'],
	services: [
		service('svc1', ['10.0.0.1']),
		service('svcempty', ['10.0.0.1']),
		service('svc6', ['1234:abcd::1']),
		service('svc-dual-stack', ['10.0.0.3', '10::3']),
		service('hdls1', ['None'], {ports: []}),
		service('hdlsprtls', ['None'], {ports: []}),
		service('external', [], {type: 'ExternalName', externalName: 'ext.interwebs.test'}),
	],
	endpointSlices: [
		slice('svc1', 'IPv4', [{addresses: ['172.0.0.1'], hostname: 'ep1a'}]),
		slice('svcempty', 'IPv4', []),
		slice('hdls1', 'IPv4', [
			{addresses: ['172.0.0.2']},
			{addresses: ['172.0.0.3']},
			{addresses: ['172.0.0.4'], hostname: 'dup-name'},
			{addresses: ['172.0.0.5'], hostname: 'dup-name'},
		]),
		slice('hdls1', 'IPv6', [{addresses: ['5678:abcd::1']}, {addresses: ['5678:abcd::2']}]),
		slice('hdlsprtls', 'IPv4', [{addresses: ['172.0.0.20']}], []),
	],
};

const rows = `
A     svcempty.testns.svc                               10.0.0.1
SRV   svcempty.testns.svc                               0 100 80 svcempty.testns.svc
SRV   _http._tcp.svc1.testns.svc                        0 100 80 svc1.testns.svc
A     hdls1.testns.svc                                  172.0.0.2 | 172.0.0.3 | 172.0.0.4 | 172.0.0.5
AAAA  svc1.testns.svc                                   NODATA
A     svc0.testns.svc                                   NXDOMAIN
TXT   dns-version                                       1.1.0
TXT   svc0.svc-nons.svc                                 NXDOMAIN
A     bogusendpoint.svc0.testns.svc                     NXDOMAIN
SRV   _http._tcp.svc6.testns.svc                        0 100 80 svc6.testns.svc
A     svc                                               NODATA
A     testns.svc                                        NODATA
NS    testns.svc                                        NODATA
NS    foo.svc                                           NXDOMAIN
AAAA  svc-dual-stack.testns.svc                         10::3
SOA   svc1.testns.svc                                   NODATA
CNAME subdomain.subdomain.external.testns.svc           NXDOMAIN
AAAA  5678-abcd--1.hdls1.testns.svc                     5678:abcd::1
A     172-0-0-2.hdls1.testns.svc                        172.0.0.2
A     dup-name.hdls1.testns.svc                         172.0.0.4 | 172.0.0.5
AAAA  5678-abcd--2.hdls1.testns.svc                     5678:abcd::2
PTR   svc1.testns.svc                                   NODATA
PTR   100.0.0.10                                        NXDOMAIN
`;

test.each(rows.trim().split('\n'))('%s', (row) => {
	expect(ask(row, given)).toMatchObject({pass: true});
});

const pods = [{metadata: {namespace: 'podns', name: 'foo'}, status: {podIP: '10.240.0.1'}}];

const ofPods = `
insecure A    172-0-0-2.podns.pod            172.0.0.2
insecure AAAA 172-0-0-2.podns.pod            NODATA
insecure A    blah.podns.pod                 NXDOMAIN
insecure AAAA blah.podns.pod                 NXDOMAIN
insecure A    pod-nons.pod                   NXDOMAIN
insecure A    1234--1.podns.pod              NODATA
insecure AAAA 1234--1.podns.pod              1234::1
verified A    10-240-0-1.podns.pod           10.240.0.1
verified A    svcns.pod                      NODATA
verified A    172-0-0-9.podns.pod            NXDOMAIN
verified A    10-240-0-1.testns.pod          NXDOMAIN
disabled A    pod                            NODATA
`;

test.each(ofPods.trim().split('\n'))('pods %s', (row) => {
	const mode = row.slice(0, 8);
	const dns = {...given.dns, namespaces: [], pods: mode};
	const namespaces = ['podns', 'svcns', 'testns'];
	expect(ask(row.slice(9), {dns, namespaces, pods})).toMatchObject({pass: true});
});

const zonal = {
	dns: {...given.dns, zonal: true},
	namespaces: ['testns'],
	services: [service('hdls', ['None'], {ports: []}), service('clstr', ['10.0.0.10'])],
	endpointSlices: [
		slice('hdls', 'IPv4', [
			{addresses: ['172.0.0.1'], zone: 'us-west-2a'},
			{addresses: ['172.0.0.2'], zone: 'us-west-2b'},
			{addresses: ['172.0.0.3'], zone: 'us-west-2b'},
		]),
	],
};

const ofZones = `
A   us-west-2a.pin._zone.hdls.testns.svc      172.0.0.1
A   us-west-2c.pin._zone.hdls.testns.svc      NODATA
A   us-west-2c.prefer._zone.hdls.testns.svc   172.0.0.1 | 172.0.0.2 | 172.0.0.3
A   us-west-2a.florp._zone.hdls.testns.svc    NXDOMAIN
TXT us-west-2c.pin._zone.hdls.testns.svc      NODATA
TXT us-west-2c.prefer._zone.hdls.testns.svc   NODATA
`;

test.each(ofZones.trim().split('\n'))('zones %s', (row) => {
	expect(ask(row, zonal)).toMatchObject({pass: true});
});

test('without the option a name with a zone is no name', () => {
	const row = 'A us-west-2a.pin._zone.hdls.testns.svc NXDOMAIN';
	expect(ask(row, {...zonal, dns: given.dns})).toMatchObject({pass: true});
});

const reverse = {
	dns: {
		zones: ['cluster.local.', '0.10.in-addr.arpa.', '168.192.in-addr.arpa.', ip6Zone()],
		ttl: 5,
		namespaces: [],
	},
	namespaces: ['testns'],
	services: [service('svc1', ['192.168.1.100'])],
	endpointSlices: [
		slice('svc1', 'IPv4', [{addresses: ['10.0.0.100'], hostname: 'ep1a'}]),
		slice('svc1', 'IPv6', [{addresses: ['fd00:77:30::a'], hostname: 'ip6svc1ex'}]),
	],
};

const ofAddresses = `
PTR 100.1.168.192.in-addr.arpa.    svc1.testns.svc
PTR a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.0.0.7.7.0.0.0.0.d.f.ip6.arpa.   ip6svc1ex.svc1.testns.svc
PTR 101.0.0.10.in-addr.arpa.       NXDOMAIN
`;

test.each(ofAddresses.trim().split('\n'))('addresses %s', (row) => {
	expect(ask(row, reverse)).toMatchObject({pass: true});
});

function ip6Zone(): string {
	return '0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.0.0.7.7.0.0.0.0.d.f.ip6.arpa.';
}

function ask(row: string, wire: object): unknown {
	const [qtype = '', name = '', ...rest] = row.trim().split(/\s+/u);
	const told = rest.join(' ');
	const qname = name.endsWith('.') ? name : `${name}.cluster.local.`;
	return runDnsCase({
		id: row,
		given: wire as never,
		when: {query: 'dns', qname, qtype},
		expect: /^[A-Z]+$/u.test(told)
			? {kind: told}
			: {
					kind: 'ANSWER',
					answer: told.split(' | ').map((each) => ({name: qname, type: qtype, ...fieldsOf(qtype, each)})),
				},
	});
}

function fieldsOf(type: string, told: string): object {
	switch (type) {
		case 'SRV': {
			const [priority, weight, port, target] = told.split(' ');
			return {
				priority: Number(priority),
				weight: Number(weight),
				port: Number(port),
				target: `${target}.cluster.local.`,
			};
		}
		case 'PTR':
			return {target: `${told}.cluster.local.`};
		case 'TXT':
			return {text: told};
		default:
			return {address: told};
	}
}
