import {accessFinding} from '../access.ts';
import {type Finding} from '../finding.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Source} from '../../model/request.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';
import type {DnsConfig} from '../../rules/cluster-dns/corefile/config.ts';
import {kubeletConfigOf, type KubeletConfig} from '../../rules/cluster-dns/client/kubelet-config.ts';
import {podNameServers, type NameServer} from '../../rules/cluster-dns/client/pod-name-servers.ts';
import {
	podDnsType,
	resolvConfOf,
	type PodDns,
	type ResolvConf,
} from '../../rules/cluster-dns/client/resolv-conf.ts';
import type {Resolver} from '../../rules/cluster-dns/client/search.ts';

/** How the client looks names up. */
export type ClientDns = {
	readonly pod?: Pod;
	readonly resolvConf: ResolvConf;
	readonly resolver: Resolver;
	/** What answers at the nameservers of the resolv.conf. */
	readonly servers: readonly NameServer[];
	/** Whose answers it gets: the cluster's DNS, that of its node, or of servers that knet does not know. */
	readonly asks: 'cluster' | 'node' | 'others';
	readonly findings: readonly Finding[];
	/** What stands in the resolv.conf and cannot be seen, in words. */
	readonly assumed: readonly string[];
};

/** Stands for the address of a DNS Service that was not found, so that the search list is still written. */
const unknownServer = 'unknown';

/** The resolv.conf of a pod, or of a plain pod of a namespace where no pod is meant. */
export function clientDns(
	snapshot: Snapshot,
	config: DnsConfig,
	{source, namespace}: {readonly source: Source; readonly namespace: string},
): ClientDns {
	const found = source.kind === 'pod' ? lookup(snapshot, 'Pod', source.namespace, source.name) : undefined;
	const pod = found && 'found' in found ? found.found : undefined;
	const access =
		found && 'unknown' in found ? accessFinding('Pod', found.namespace, found.unknown) : undefined;
	const client = pod ?? plainPod(source.kind === 'pod' ? source.namespace : namespace);
	const {servers, assumed} = podNameServers(snapshot, client);
	const type = podDnsType(client);
	const kubelet = kubeletConfigOf(snapshot);
	const conf = resolvConfOf(client, {
		clusterDns:
			type === 'cluster' && servers.length > 0 ? servers.map(({address}) => address) : [unknownServer],
		clusterDomain: kubelet?.clusterDomain ?? config.domain,
		host: {nameservers: [], searches: [], options: []},
	});
	return {
		pod,
		resolvConf: {
			nameservers: conf.nameservers.filter((ip) => ip !== unknownServer),
			searches: conf.searches,
			options: conf.options,
		},
		resolver: pod?.nodeName !== undefined && isWindows(snapshot, pod.nodeName) ? 'windows' : 'glibc',
		servers: servers.filter(({address}) => conf.nameservers.includes(address)),
		asks: asked(type, servers[0]),
		findings: access ? [access] : [],
		assumed: [...config.assumed, ...assumed, ...ofNode(type, kubelet)],
	};
}

type DnsType = ReturnType<typeof podDnsType>;

function asked(type: DnsType, first: NameServer | undefined): ClientDns['asks'] {
	if (type === 'host') {
		return 'node';
	}

	return type === 'cluster' || first?.type !== 'other' ? 'cluster' : 'others';
}

/** What of the node goes into the resolv.conf, out of sight. */
function ofNode(type: DnsType, kubelet: KubeletConfig | undefined): readonly string[] {
	switch (type) {
		case 'none':
			return [];
		case 'host':
			return [`the node's own ${kubelet?.resolvConf ?? 'resolv.conf'} cannot be seen`];
		case 'cluster':
			return ['the node adds no search domains'];
	}
}

/** The defaults of the API: ClusterFirst. */
function plainPod(namespace: string): PodDns {
	return {namespace, dnsPolicy: 'ClusterFirst', hostNetwork: false};
}

function isWindows(snapshot: Snapshot, node: string): boolean {
	return snapshot.get('Node', '', node)?.labels['kubernetes.io/os'] === 'windows';
}
