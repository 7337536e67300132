import {expect, test} from 'vitest';
import {parseCorefile} from '../../../../source/rules/cluster-dns/corefile/corefile.ts';
import {serversOf} from '../../../../source/rules/cluster-dns/corefile/corefile-servers.ts';
import {dnsConfigOf} from '../../../../source/rules/cluster-dns/corefile/dns-config-of.ts';
import {snapshotOf} from '../../../helpers/snapshot.ts';
import {healthyDns} from '../cluster.ts';

test('reads the Corefile of kubeadm', () => {
	const config = dnsConfigOf(snapshotOf(healthyDns));
	expect(config).toMatchObject({domain: 'cluster.local', assumed: []});
	expect(config.servers).toEqual([
		{
			zones: ['.'],
			kubernetes: {
				zones: ['cluster.local.', 'in-addr.arpa.', 'ip6.arpa.'],
				ttl: 30,
				pods: 'insecure',
				namespaces: [],
				endpointPodNames: false,
				ignoreEmptyService: false,
				noEndpoints: false,
				zonal: false,
				fallthrough: ['in-addr.arpa.', 'ip6.arpa.'],
			},
			forwards: [{from: '.', to: ['/etc/resolv.conf'], except: []}],
			hosts: [],
			hostsOnly: [],
			rewrites: [],
			mayDiffer: [],
			loop: false,
		},
	]);
});

test('reads every option of the kubernetes block', () => {
	const [server] = serversOf(`
corp.example.:53 {
    kubernetes {
        pods verified            # comment
        namespaces shop "kube-system"
        endpoint_pod_names
        ignore empty_service
        noendpoints
        zonal
        ttl 60
        fallthrough
    }
}`);
	expect(server?.kubernetes).toEqual({
		zones: ['corp.example.'],
		ttl: 60,
		pods: 'verified',
		namespaces: ['shop', 'kube-system'],
		endpointPodNames: true,
		ignoreEmptyService: true,
		noEndpoints: true,
		zonal: true,
		fallthrough: ['.'],
	});
});

test("reads OpenShift's, which serves 5353", () => {
	const [server] = serversOf('.:5353 {\n    kubernetes cluster.local\n    forward . /etc/resolv.conf\n}');
	expect(server).toMatchObject({zones: ['.'], kubernetes: {zones: ['cluster.local.']}});
});

test('keeps server blocks apart: stub domains, other ports, other protocols', () => {
	const servers = serversOf(`
.:53 { 
    kubernetes cluster.local
    forward . 8.8.8.8 1.1.1.1 {
        except corp.example lan
        max_concurrent 1000
    }
}
corp.example:53, lan {
    forward . 10.0.0.53
}
.:5353 { whoami }
tls://. { forward . 9.9.9.9 }`);
	expect(servers.map(({zones}) => zones)).toEqual([['.'], ['corp.example.', 'lan.']]);
	expect(servers[0]?.forwards).toEqual([
		{from: '.', to: ['8.8.8.8', '1.1.1.1'], except: ['corp.example.', 'lan.']},
	]);
});

test('makes reverse zones of CIDRs, on label boundaries', () => {
	const zones = (cidr: string): readonly string[] | undefined =>
		serversOf(`. {\n kubernetes cluster.local ${cidr}\n}`)[0]?.kubernetes?.zones.slice(1);
	expect(zones('10.96.0.0/16')).toEqual(['96.10.in-addr.arpa.']);
	expect(zones('10.96.0.0/15')).toEqual(['96.10.in-addr.arpa.', '97.10.in-addr.arpa.']);
	expect(zones('10.0.0.0/8')).toEqual(['10.in-addr.arpa.']);
	expect(zones('10.96.0.10/32')).toEqual(['10.0.96.10.in-addr.arpa.']);
	expect(zones('fd00:96::/32')).toEqual(['6.9.0.0.0.0.d.f.ip6.arpa.']);
	expect(zones('0.0.0.0/0')).toEqual(['in-addr.arpa.']);
});

test('expands snippets', () => {
	const [server] = serversOf(`
(common) {
    kubernetes cluster.local
    forward . 8.8.8.8
}
. {
    import common
    import ../custom/*.override
}`);
	expect(server?.kubernetes?.zones).toEqual(['cluster.local.']);
	expect(server?.mayDiffer).toEqual(['import']);
});

test('reads hosts that are written into the block, and says what it does not follow', () => {
	const [server] = serversOf(`
. {
    rewrite type ANY HINFO
    hosts {
        192.168.49.1 host.minikube.internal host.example.com
        fallthrough
    }
    kubernetes cluster.local { labels app=web }
    file db.example.com
}`);
	expect(server?.hosts).toEqual([
		{ip: '192.168.49.1', names: ['host.minikube.internal.', 'host.example.com.']},
	]);
	expect(server?.mayDiffer).toEqual(['rewrite', 'kubernetes', 'file']);
});

test('assumes what kubeadm installs where no Corefile can be read', () => {
	const state = {state: 'forbidden', resource: 'configmaps', group: '', reason: 'no'} as const;
	const config = dnsConfigOf(snapshotOf('', {states: {ConfigMap: state}}));
	expect(config.domain).toBe('cluster.local');
	expect(config.assumed).toEqual([
		"CoreDNS's Corefile could not be read: kubeadm's was assumed (zone cluster.local, pods insecure)",
	]);
});

test.each([
	'',
	'{',
	'}',
	'}}}{{{',
	'. {',
	'. { kubernetes',
	'. { kubernetes { ttl x pods y\n ttl -3\n } forward }',
	'"unclosed',
	'(loop) {\n import loop\n}\n. {\n import loop\n}',
	'. {\n forward\n hosts {\n 1.2.3.4\n }\n}',
	`${'a.b.c. '.repeat(2000)}{}`,
	'{ '.repeat(5000),
	'. { kubernetes 10.0.0.0/99 /// :: 0/0 }',
])('never fails on %j', (text) => {
	expect(() => parseCorefile(text)).not.toThrow();
	expect(() => serversOf(text)).not.toThrow();
});
