import type {Pod} from '../../../model/workloads/pod.ts';
import {isHeadless, type Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {daemonSetPodOn} from '../../daemon-set-pod.ts';
import {cloudDnsAddress, mayBeCloudDns} from './cloud-dns.ts';
import {clusterDnsService, dnsNamespaces} from '../cluster-dns-service.ts';
import {kubeletConfigOf} from './kubelet-config.ts';
import {nodeCacheOf, type NodeCache} from '../node-cache.ts';
import {podDnsType} from './resolv-conf.ts';

/** A name server in a pod's resolv.conf, and what answers at its address. */
export type NameServer = {readonly address: string} &
	/** kube-proxy, or what does its work, sends on to the Service's pods. */
	(
		| {readonly type: 'service'; readonly service: Service}
		/** The cache on the pod's own node; the packet does not leave it. */
		| {readonly type: 'cache'; readonly cache: NodeCache; readonly pod: Pod | 'missing' | 'unknown'}
		/** GKE's own, outside the cluster, with the records of Services. */
		| {readonly type: 'cloud-dns'}
		/** Nothing that the cluster's objects show. */
		| {readonly type: 'other'}
	);

type PodNameServers = {
	/** Empty: the node's own resolv.conf, which no object shows. */
	readonly servers: readonly NameServer[];
	/** What was assumed of the kubelet, in words. */
	readonly assumed: readonly string[];
};

/** A client: a pod, or any pod with the defaults of the API. */
type Client = Pick<Pod, 'namespace' | 'dnsPolicy' | 'hostNetwork' | 'dnsConfig' | 'nodeName'>;

/** The name servers that kubelet writes into a pod's resolv.conf, in order (pkg/kubelet/network/dns GetPodDNS). */
export function podNameServers(snapshot: Snapshot, client: Client): PodNameServers {
	const own = client.dnsConfig?.nameservers ?? [];
	const type = podDnsType(client);
	const {addresses, assumed} =
		type === 'cluster' ? clusterDnsAddresses(snapshot) : {addresses: [], assumed: []};
	return {
		servers: [...new Set([...addresses, ...own])].map((address) =>
			serverAt(snapshot, address, client.nodeName),
		),
		assumed,
	};
}

/** kubelet's clusterDNS; where its configuration is out of sight, what such clusters have. */
function clusterDnsAddresses(snapshot: Snapshot): {
	readonly addresses: readonly string[];
	readonly assumed: readonly string[];
} {
	const configured = kubeletConfigOf(snapshot)?.clusterDns ?? [];
	if (configured.length > 0) {
		return {addresses: configured, assumed: []};
	}

	const service = clusterDnsService(snapshot);
	const ofService = service && !isHeadless(service) ? service.clusterIPs.slice(0, 1) : [];
	const cache = nodeCacheOf(snapshot);
	if (!cache && mayBeCloudDns(snapshot, service)) {
		return {
			addresses: [cloudDnsAddress],
			assumed: [`the kubelets name Cloud DNS (${cloudDnsAddress}), for kube-dns has no replicas`],
		};
	}

	// A cache that does not take over the Service's address is there because kubelets name its own.
	const isElsewhere = cache !== undefined && !ofService.some((address) => cache.addresses.includes(address));
	return isElsewhere
		? {
				addresses: cache.addresses.slice(0, 1),
				assumed: [`the kubelets name the cache of DaemonSet ${cache.daemonSet.name} as their DNS`],
			}
		: {addresses: ofService, assumed: []};
}

function serverAt(snapshot: Snapshot, address: string, node: string | undefined): NameServer {
	const service = dnsNamespaces
		.flatMap((namespace) => snapshot.list('Service', namespace))
		.find(({clusterIPs}) => clusterIPs.includes(address));
	const cache = nodeCacheOf(snapshot);
	if (cache?.addresses.includes(address) && node !== undefined) {
		const pod = daemonSetPodOn(snapshot, cache.daemonSet, node);
		// Where no cache took the Service's address over, kube-proxy's rules hold. Cilium's LocalRedirectPolicy, under which the
		// cache is a pod, goes back to the Service's own pods while that one is not ready (docs, local redirect policy).
		const isGone =
			pod === 'missing' || (typeof pod === 'object' && !cache.daemonSet.hostNetwork && !pod.ready);
		return isGone && service ? {address, type: 'service', service} : {address, type: 'cache', cache, pod};
	}

	if (service) {
		return {address, type: 'service', service};
	}

	return {address, type: address === cloudDnsAddress ? 'cloud-dns' : 'other'};
}
