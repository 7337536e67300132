import {refText} from '../../model/ref.ts';
import {kubectl} from '../../model/command.ts';
import type {Pod} from '../../model/pod.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import {type Finding, finding} from '../finding.ts';
import {clusterDnsServices} from '../../rules/cluster-dns/cluster-dns-service.ts';
import type {DnsConfig} from '../../rules/cluster-dns/config.ts';
import {podDnsType, resolvConfOf, type PodDns, type ResolvConf} from '../../rules/cluster-dns/resolv-conf.ts';
import type {Source} from '../../model/request.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

/** How the client looks names up. */
export type ClientDns = {
	readonly pod?: Pod;
	readonly resolvConf: ResolvConf;
	/** Its first nameserver is the cluster's DNS, as far as that can be told. */
	readonly asksCluster: boolean;
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
	const servers = clusterDnsServices(snapshot).flatMap(({clusterIPs}) => clusterIPs);
	const conf = resolvConfOf(pod ?? plainPod(source.kind === 'pod' ? source.namespace : namespace), {
		clusterDns: [servers.find((ip) => ip !== 'None') ?? unknownServer],
		clusterDomain: config.domain,
		host: {nameservers: [], searches: [], options: []},
	});
	const nameservers = conf.nameservers.filter((ip) => ip !== unknownServer);
	const type = pod ? podDnsType(pod) : 'cluster';
	return {
		...(pod ? {pod} : {}),
		resolvConf: {nameservers, searches: conf.searches, options: conf.options},
		asksCluster: type === 'cluster' || (type === 'none' && servers.includes(nameservers[0] ?? '')),
		findings: [access, pod && hostNetworkFinding(pod)].filter((item) => item !== undefined),
		assumed: [
			...config.assumed,
			...(type === 'none'
				? []
				: [
						type === 'host' ? "the node's own resolv.conf cannot be seen" : 'the node adds no search domains',
					]),
		],
	};
}

/** The defaults of the API: ClusterFirst. */
function plainPod(namespace: string): PodDns {
	return {namespace, dnsPolicy: 'ClusterFirst', hostNetwork: false};
}

function hostNetworkFinding({namespace, name, hostNetwork, dnsPolicy}: Pod): Finding | undefined {
	return hostNetwork && dnsPolicy === 'ClusterFirst'
		? finding(clusterDnsFindings.hostNetworkClusterFirst, {
				message: `Pod ${namespace}/${name} is on its node's network with dnsPolicy ClusterFirst: it asks the node's DNS, which does not know Services.`,
				evidence: [
					{object: refText({kind: 'Pod', namespace, name}), path: 'spec.hostNetwork', value: 'true'},
					{object: refText({kind: 'Pod', namespace, name}), path: 'spec.dnsPolicy', value: 'ClusterFirst'},
				],
				remedy: 'Set dnsPolicy: ClusterFirstWithHostNet in the pod template.',
				command: kubectl({namespace}, 'exec', name, '--', 'cat', '/etc/resolv.conf'),
			})
		: undefined;
}
