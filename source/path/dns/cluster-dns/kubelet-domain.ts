import {kubectl} from '../../../model/safe-text/command.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import {kubeletConfigOf} from '../../../rules/cluster-dns/client/kubelet-config.ts';
import type {Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import type {DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import {isWithin, sameName} from '../../../rules/cluster-dns/name.ts';
import {flagOf} from '../../../rules/kube-proxy/flags.ts';
import {finding, type Finding} from '../../finding.ts';
import type {ClientDns} from '../client-dns.ts';
import type {NameQuery} from '../names/name-query.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

/**
KNET135: a zone of its own makes short names work only where the kubelets write it into the pods' search lists. Installers tell
them cluster.local unless they are told otherwise, and without kubeadm's ConfigMap only the nodes know (kubelet, clusterDomain).
*/
export function kubeletDomain(
	snapshot: Snapshot,
	{name, intent}: NameQuery,
	{
		config,
		client,
		resolution,
	}: {readonly config: DnsConfig; readonly client: ClientDns; readonly resolution: Resolution},
): readonly Finding[] {
	const {domain} = config;
	const isShort = intent !== 'host' && !isWithin(domain, name);
	const searches = client.resolvConf.searches.some((each) => sameName(each, domain));
	if (
		!isShort ||
		!searches ||
		sameName(domain, 'cluster.local') ||
		isFoundByPod(client.pod, name, resolution) ||
		saidByNodes(snapshot, domain)
	) {
		return [];
	}

	return [
		finding(clusterDnsFindings.kubeletDomainNotKnown, {
			undecided: true,
			message: `The cluster DNS serves ${domain}; whether pods search it or cluster.local is not known.`,
			evidence: [
				{
					object: 'ConfigMap/kube-system/kubelet-config',
					path: 'data.kubelet',
					value: kubeletConfigOf(snapshot) ? 'without clusterDomain' : 'absent',
				},
			],
			remedy: `See that clusterDomain of the kubelets is ${domain}: a pod's /etc/resolv.conf has it.`,
			command: client.pod
				? kubectl(client.pod, 'exec', client.pod.name, '--', 'cat', '/etc/resolv.conf')
				: undefined,
		}),
	];
}

/** Its own search list has the name, or is all that it has: kubelets do not matter. */
function isFoundByPod(pod: Pod | undefined, name: string, {resolved}: Resolution): boolean {
	const own = pod?.dnsConfig?.searches ?? [];
	return (
		pod?.dnsPolicy === 'None' ||
		(resolved !== undefined && own.some((each) => sameName(`${name}.${each}`, resolved)))
	);
}

function saidByNodes(snapshot: Snapshot, domain: string): boolean {
	return (
		kubeletConfigOf(snapshot)?.clusterDomain !== undefined ||
		// k3s and RKE2: the server tells all kubelets.
		snapshot
			.list('Node')
			.some(({nodeArgs = []}) => sameName(flagOf(nodeArgs, 'cluster-domain') ?? '', domain))
	);
}
