import type {Pod} from '../../../model/workloads/pod.ts';
import {limitNameservers, limitSearches} from './limits.ts';

/** A resolver's configuration, as in resolv.conf(5). */
export type ResolvConf = {
	readonly nameservers: readonly string[];
	readonly searches: readonly string[];
	/** `ndots:5`, `single-request` … */
	readonly options: readonly string[];
};

/** What a kubelet knows when it writes a pod's resolv.conf. */
type KubeletDns = {
	/** `clusterDNS` of its configuration. */
	readonly clusterDns: readonly string[];
	/** `clusterDomain`; '' writes no cluster search domains. */
	readonly clusterDomain: string;
	/** The node's own resolv.conf. */
	readonly host: ResolvConf;
};

export type PodDns = Pick<Pod, 'namespace' | 'dnsPolicy' | 'hostNetwork' | 'dnsConfig'>;

/** Whose configuration a pod starts from. ClusterFirst with hostNetwork silently means the node's (getPodDNSType). */
export function podDnsType({
	dnsPolicy,
	hostNetwork,
}: Pick<Pod, 'dnsPolicy' | 'hostNetwork'>): 'cluster' | 'host' | 'none' {
	switch (dnsPolicy) {
		case 'None':
			return 'none';
		case 'Default':
			return 'host';
		case 'ClusterFirst':
			return hostNetwork ? 'host' : 'cluster';
		case 'ClusterFirstWithHostNet':
			return 'cluster';
	}
}

/** The resolv.conf that kubelet writes for a pod (pkg/kubelet/network/dns GetPodDNS), and whether it had to cut it. */
export function resolvConfOf(pod: PodDns, kubelet: KubeletDns): ResolvConf & {readonly exceeded: boolean} {
	const base = baseOf(pod, kubelet);
	const nameservers = limitNameservers(
		distinct([...base.nameservers, ...(pod.dnsConfig?.nameservers ?? [])]),
	);
	const searches = limitSearches(distinct([...base.searches, ...(pod.dnsConfig?.searches ?? [])]));
	return {
		nameservers: nameservers.values,
		searches: searches.values,
		options: mergeOptions(base.options, pod.dnsConfig?.options ?? []),
		exceeded: nameservers.exceeded || searches.exceeded,
	};
}

function baseOf(pod: PodDns, {clusterDns, clusterDomain, host}: KubeletDns): ResolvConf {
	const type = podDnsType(pod);
	if (type === 'none') {
		return {nameservers: [], searches: [], options: []};
	}

	// Without clusterDNS kubelet falls back to the node's, with an Event MissingClusterDNS.
	if (type === 'host' || clusterDns.length === 0) {
		return host;
	}

	const own =
		clusterDomain === ''
			? []
			: [`${pod.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain];
	return {nameservers: clusterDns, searches: distinct([...own, ...host.searches]), options: ['ndots:5']};
}

/** Options of `dnsConfig` replace those of the same name. */
function mergeOptions(
	base: readonly string[],
	own: readonly {readonly name: string; readonly value?: string}[],
): readonly string[] {
	const merged = new Map(
		base.map((option) => {
			const [name = '', ...value] = option.split(':');
			return [name, value.join(':')] as const;
		}),
	);
	for (const {name, value} of own) {
		merged.set(name, value ?? '');
	}

	return [...merged].map(([name, value]) => (value === '' ? name : `${name}:${value}`));
}

function distinct(values: readonly string[]): readonly string[] {
	return [...new Set(values)];
}
