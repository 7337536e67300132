import {describe, expect, test} from 'vitest';
import {answer} from '../../../source/rules/cluster-dns/answers/answer.ts';
import type {DnsConfig} from '../../../source/rules/cluster-dns/corefile/config.ts';
import {dnsConfigOf} from '../../../source/rules/cluster-dns/corefile/dns-config-of.ts';
import {evaluateDns} from '../../../source/path/dns/dns-report.ts';
import {serversOf} from '../../../source/rules/cluster-dns/corefile/corefile-servers.ts';
import {parseName} from '../../../source/rules/cluster-dns/parse-name.ts';
import {toAnswer} from '../../../source/rules/cluster-dns/record.ts';
import {resolveAs} from '../../../source/rules/cluster-dns/client/resolve-as.ts';
import {searchTries} from '../../../source/rules/cluster-dns/client/search.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {clientPod, healthyDns, observed, web} from './cluster.ts';

const snapshot = snapshotOf(`${healthyDns}\n---${web}\n---\n${clientPod()}`);
const config = dnsConfigOf(snapshot);

function ask(name: string, type = 'A', other: DnsConfig = config): string {
	const outcome = answer(snapshot, other, {question: {name, type}});
	const data = outcome.answers.map((record) => toAnswer(record).data).join(', ');
	return data === '' ? outcome.kind : data;
}

describe('the search list', () => {
	const conf = {
		searches: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
		options: ['ndots:5'],
	};

	test('comes first for a name with few dots', () => {
		expect(searchTries('web.shop', conf)).toEqual([
			'web.shop.shop.svc.cluster.local.',
			'web.shop.svc.cluster.local.',
			'web.shop.cluster.local.',
			'web.shop.',
		]);
	});

	test('comes last for a name with enough dots, and musl leaves it out', () => {
		const name = 'db-0.db.shop.svc.cluster.local';
		expect(searchTries(name, conf, 'glibc').slice(0, 2)).toEqual([
			`${name}.`,
			`${name}.shop.svc.cluster.local.`,
		]);
		expect(searchTries(name, conf, 'musl')).toEqual([`${name}.`]);
	});

	test('is left out for an absolute name', () => {
		expect(searchTries('web.', conf)).toEqual(['web.']);
	});

	test('means ndots:1 where the option is missing or no number', () => {
		expect(searchTries('a.b', {...conf, options: []})[0]).toBe('a.b.');
		expect(searchTries('a', {...conf, options: ['ndots:x']})[0]).toBe('a.shop.svc.cluster.local.');
	});

	test.each([
		['web', ['web.shop.svc.cluster.local.', 'web.']],
		['web.shop', ['web.shop.']],
	])('Windows has one suffix, for names without a dot alone: %s', (name, expected) => {
		const conf = {searches: ['shop.svc.cluster.local', 'svc.cluster.local'], options: ['ndots:5']};
		expect(searchTries(name, conf, 'windows')).toEqual(expected);
	});

	test('musl stops at a name that exists without a record, glibc goes on', () => {
		const request = {
			name: 'shop',
			types: ['A'],
			resolvConf: {searches: ['svc.cluster.local', 'cluster.local'], options: ['ndots:5']},
		};
		const names = (resolver: 'glibc' | 'musl'): readonly string[] =>
			resolveAs(snapshot, config, {...request, resolver}).tries.map(({name}) => name);
		expect(names('musl')).toEqual(['shop.svc.cluster.local.']);
		expect(names('glibc')).toEqual(['shop.svc.cluster.local.', 'shop.cluster.local.', 'shop.']);
	});
});

describe('answers', () => {
	test.each([
		['web.shop.svc.cluster.local', 'A', '10.96.4.2'],
		['web.shop.svc.cluster.local', 'AAAA', 'NODATA'],
		['_http._tcp.web.shop.svc.cluster.local.', 'srv', '0 100 80 web.shop.svc.cluster.local'],
		['2.4.96.10.in-addr.arpa', 'PTR', 'web.shop.svc.cluster.local'],
		['3.4.96.10.in-addr.arpa', 'PTR', 'FORWARDED'],
		['ns.dns.cluster.local', 'A', '10.96.0.10'],
		['cluster.local', 'NS', 'kube-dns.kube-system.svc.cluster.local'],
		['nope.shop.svc.cluster.local', 'A', 'NXDOMAIN'],
		['www.example.com', 'A', 'FORWARDED'],
		['cluster.local', 'AXFR', 'REFUSED'],
	])('%s %s is %s', (name, type, expected) => {
		expect(ask(name, type)).toBe(expected);
	});

	test('follow the server block with the longest zone', () => {
		const servers = serversOf(
			'. {\n kubernetes cluster.local\n forward . 8.8.8.8\n}\nshop.svc.cluster.local {\n forward . 10.0.0.53\n}',
		);
		expect(ask('web.shop.svc.cluster.local', 'A', {...config, servers})).toBe('FORWARDED');
	});

	test('take hosts of the Corefile before the cluster', () => {
		const servers = serversOf(
			'. {\n hosts {\n 192.0.2.8 web.shop.svc.cluster.local\n }\n kubernetes cluster.local\n}',
		);
		expect(ask('web.shop.svc.cluster.local', 'A', {...config, servers})).toBe('192.0.2.8');
	});

	const custom = `
apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  NodeHosts: |
    10.89.0.11 node-a
  Corefile: |
    .:53 {
        kubernetes cluster.local
        hosts /etc/coredns/NodeHosts {
            fallthrough
        }
        forward . /etc/resolv.conf
        import custom/*.override
    }
    import custom/*.server
---
apiVersion: v1
kind: ConfigMap
metadata: {name: coredns-custom, namespace: kube-system}
data:
  log.override: |
    hosts shop.hosts example.org {
        192.0.2.7 example.org
        fallthrough
    }
  corp.server: |
    corp.example:53 {
        forward . 192.0.2.53
    }
`;

	test('know the files that the Corefile imports and reads', () => {
		const read = dnsConfigOf(snapshotOf(custom));
		expect(read.assumed).toEqual([]);
		expect(ask('node-a', 'A', read)).toBe('10.89.0.11');
		expect(ask('example.org', 'A', read)).toBe('192.0.2.7');
		const question = {name: 'db.corp.example', type: 'A'};
		expect(answer(snapshot, read, {question}).forwardedTo).toEqual(['192.0.2.53']);
	});

	test('take an import of files that do not exist for nothing', () => {
		const [without = ''] = custom.split('---');
		expect(dnsConfigOf(snapshotOf(without)).assumed).toEqual([]);
		const {servers} = dnsConfigOf(snapshotOf(without));
		expect(servers.map(({zones, mayDiffer}) => [...zones, ...mayDiffer])).toEqual([['.']]);
	});

	test('go to the stub domains of kube-dns', () => {
		const read = dnsConfigOf(
			snapshotOf(
				'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns, namespace: kube-system}\ndata: {stubDomains: \'{"corp.example": ["192.0.2.53"]}\'}',
			),
		);
		const question = {name: 'db.corp.example', type: 'A'};
		expect(answer(snapshot, read, {question}).forwardedTo).toEqual(['192.0.2.53']);
	});

	test('are SERVFAIL where no plugin is left, and REFUSED where no block serves the name', () => {
		const only = serversOf('cluster.local {\n kubernetes\n}\n example.com {\n errors\n}');
		expect(ask('www.example.com', 'A', {...config, servers: only})).toBe('SERVFAIL');
		expect(ask('www.example.org', 'A', {...config, servers: only})).toBe('REFUSED');
	});

	test('fail with the SOA record of the zone while the API is not listed yet', () => {
		const server = config.servers[0]!;
		const unsynced = {...config, servers: [{...server, kubernetes: {...server.kubernetes!, synced: false}}]};
		const question = {name: 'gone.shop.svc.cluster.local', type: 'A'};
		expect(answer(snapshot, unsynced, {question})).toEqual({
			kind: 'SERVFAIL',
			rcode: 'SERVFAIL',
			answers: [],
			additional: [],
			authority: 'cluster.local.',
		});
	});

	test('read an escaped dot as part of its label', () => {
		expect(ask('foo\\.web.shop.svc.cluster.local')).toBe('NXDOMAIN');
		expect(parseName('foo\\.web.shop.svc.cluster.local.', 'cluster.local.')).toMatchObject({
			service: 'foo\\.web',
			endpoint: '',
		});
	});

	test('are not known where a kind may not be read', () => {
		const state = {state: 'forbidden', resource: 'services', group: '', reason: 'no'} as const;
		const hidden = snapshotOf(healthyDns, {states: {Service: state}});
		const outcome = answer(hidden, config, {question: {name: 'gone.shop.svc.cluster.local', type: 'A'}});
		expect(outcome).toMatchObject({kind: 'UNKNOWN', unknown: {kind: 'Service', namespace: 'shop'}});
	});

	test('two ExternalNames that lead to each other end', () => {
		const loop = (name: string, target: string): string =>
			`---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {type: ExternalName, externalName: ${target}.shop.svc.cluster.local}\n`;
		const looping = snapshotOf(`${healthyDns}${loop('a', 'b')}${loop('b', 'a')}`);
		const outcome = answer(looping, config, {question: {name: 'a.shop.svc.cluster.local', type: 'A'}});
		expect(outcome.kind).toBe('NODATA');
	});

	test.each([
		'',
		'.',
		'..',
		'svc',
		'*',
		'%00',
		'a'.repeat(5000),
		'._tcp..svc.cluster.local',
		'💥.svc.cluster.local',
	])('never fail on the name %j', (name) => {
		for (const type of ['A', 'SRV', 'PTR', 'TXT', 'NS', 'SOA', 'CNAME', 'MX', '']) {
			expect(() => ask(name, type)).not.toThrow();
		}
	});
});

describe('knet dns', () => {
	test('tells every try of a pod, the answer and the health of the cluster DNS', () => {
		const seen = observed('web.shop.svc.cluster.local', {
			resolver: 'kube-system/coredns-1',
			data: ['10.96.4.2'],
		});
		const live = snapshotOf(`${healthyDns}\n---${web}\n---\n${clientPod()}`, {evidence: [seen]});
		const report = evaluateDns(live, {
			name: 'web.shop',
			from: {kind: 'pod', namespace: 'shop', name: 'client'},
		});
		expect(report).toMatchObject({
			verdict: 'ok',
			resolvConf: {nameservers: ['10.96.0.10'], options: ['ndots:5']},
			answer: {name: 'web.shop.svc.cluster.local', data: ['10.96.4.2']},
			service: {namespace: 'kube-system', name: 'kube-dns', ports: ['53/UDP', '53/TCP']},
			pods: [
				{name: 'coredns-1', ready: true},
				{name: 'coredns-2', ready: true},
			],
			hop: {status: 'ok', basis: 'evidence'},
		});
		expect(
			report.tries.map(({name, type, expected, observed: by}) => [name, type, expected?.rcode, by?.length]),
		).toEqual([
			['web.shop.shop.svc.cluster.local', 'A', 'NXDOMAIN', undefined],
			['web.shop.shop.svc.cluster.local', 'AAAA', 'NXDOMAIN', undefined],
			['web.shop.svc.cluster.local', 'A', 'NOERROR', 1],
			['web.shop.svc.cluster.local', 'AAAA', 'NOERROR', undefined],
		]);
	});

	test('stands for a plain pod of a namespace where none is named', () => {
		const report = evaluateDns(snapshot, {name: 'web', namespace: 'shop'});
		expect(report).toMatchObject({verdict: 'ok', answer: {data: ['10.96.4.2']}});
		expect(report.assumed).toEqual(['the node adds no search domains']);
	});

	test('asks for the names of an address', () => {
		expect(evaluateDns(snapshot, {name: '10.96.4.2'}).answer).toEqual({
			name: '2.4.96.10.in-addr.arpa',
			data: ['web.shop.svc.cluster.local'],
		});
	});

	test('tells the name of a namespace from that of a Service', () => {
		const live = snapshotOf(
			`${healthyDns}\n---${web}\n---\n{kind: Namespace, apiVersion: v1, metadata: {name: shop}}`,
		);
		const [cause] = evaluateDns(live, {name: 'shop.svc', namespace: 'default'}).hop.findings;
		expect(cause?.message).toBe(
			'shop.svc has no record: it is the name of namespace shop, and names no Service.',
		);
	});

	test('says what the client sees of a name that nobody has', () => {
		expect(evaluateDns(snapshot, {name: 'wbe', namespace: 'shop'})).toMatchObject({
			verdict: 'broken',
			symptom: 'nxdomain',
			rootCause: 'KNET127',
		});
	});
});

describe('the plugin rewrite', () => {
	const rules = `. {
    rewrite name old.example.com web.shop.svc.cluster.local
    rewrite continue name suffix .legacy.example. .example.net.
    rewrite stop {
      name regex (.*)\\.my\\.domain\\.$ {1}.shop.svc.cluster.local
      answer name (.*)\\.shop\\.svc\\.cluster\\.local\\.$ {1}.my.domain
    }
    rewrite name gone.example.com nobody.shop.svc.cluster.local
    kubernetes cluster.local
    forward . 10.9.9.9
}`;
	const rewriting = {...config, servers: serversOf(rules)};

	test.each([
		['old.example.com', '10.96.4.2'],
		['web.my.domain', '10.96.4.2'],
		['gone.example.com', 'NXDOMAIN'],
		['a.legacy.example', 'FORWARDED'],
		['other.example.com', 'FORWARDED'],
	])('%s → %s', (name, expected) => {
		expect(ask(name, 'A', rewriting)).toBe(expected);
	});

	test('of the cache on the node asks where the cache forwards to', () => {
		const servers = serversOf(
			'cluster.local {\n forward . 10.96.0.10\n}\n. {\n rewrite name old.example.com web.shop.svc.cluster.local\n forward . 172.16.0.162\n}',
		);
		const cached = {...config, cache: {servers, upstreams: ['10.96.0.10']}};
		expect(ask('old.example.com', 'A', cached)).toBe('FORWARDED');
		expect(ask('web.shop.svc.cluster.local', 'A', cached)).toBe('10.96.4.2');
	});
});
