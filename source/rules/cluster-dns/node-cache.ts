import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {DnsServer} from './corefile/config.ts';
import {serversOf} from './corefile/corefile-servers.ts';
import {fqdn} from './name.ts';

/** NodeLocal DNSCache: one pod a node that answers look-ups there (docs: Using NodeLocal DNSCache in Kubernetes Clusters). */
export type NodeCache = {
	readonly daemonSet: Workload;
	/** Addresses that it binds on its node: link-local, and in iptables mode the DNS Service's too. */
	readonly addresses: readonly string[];
};

/** On the host network; behind Cilium's LocalRedirectPolicy the cache is a pod like any other. */
export function nodeCacheOf(snapshot: Snapshot): NodeCache | undefined {
	return snapshot
		.list('DaemonSet', 'kube-system')
		.map((daemonSet) => ({daemonSet, addresses: localAddresses(daemonSet)}))
		.find(({addresses}) => addresses.length > 0);
}

/** What its Corefile says; none where that is not read. */
export function cacheServersOf(
	snapshot: Snapshot,
	{daemonSet: {namespace, name}}: NodeCache,
): readonly DnsServer[] {
	return serversOf(snapshot.get('ConfigMap', namespace, name)?.data['Corefile'] ?? '');
}

/** In the Corefile of the cache, the address of the Service behind it (kubernetes/dns, cmd/node-cache). */
export const behindCache = '__PILLAR__CLUSTER__DNS__';

/** Where it sends names of a zone. */
export function upstreamsOf(snapshot: Snapshot, cache: NodeCache, zone: string): readonly string[] {
	return cacheServersOf(snapshot, cache)
		.filter(({zones}) => zones.includes(fqdn(zone)))
		.flatMap(({forwards}) => forwards.flatMap(({to}) => to));
}

function localAddresses({containers}: Workload): readonly string[] {
	return containers
		.flatMap(({command, args}) => [...command, ...args])
		.flatMap((word) => /^--?localip=(.*)$/u.exec(word)?.[1]?.split(',') ?? [])
		.filter(Boolean);
}
