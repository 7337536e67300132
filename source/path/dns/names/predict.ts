import type {Snapshot} from '../../../model/snapshot.ts';
import {clientDns, type ClientDns} from '../client-dns.ts';
import {clusterDnsHealth, type ClusterDnsHealth} from '../cluster-dns/cluster-dns-health.ts';
import type {DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import {clusterDnsServices} from '../../../rules/cluster-dns/cluster-dns-service.ts';
import {behindCache, cacheServersOf} from '../../../rules/cluster-dns/node-cache.ts';
import {dnsConfigOf} from '../../../rules/cluster-dns/corefile/dns-config-of.ts';
import {resolveAs, type Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import type {NameQuery} from './name-query.ts';

export type Prediction = {
	readonly config: DnsConfig;
	readonly client: ClientDns;
	readonly health: ClusterDnsHealth;
	readonly resolution: Resolution;
};

/** Whom the client asks, whether that is well, and what it answers by the objects. */
export function predict({snapshot, name, types, source, namespace, detail}: NameQuery): Prediction {
	const own = dnsConfigOf(snapshot);
	const client = clientDns(snapshot, own, {source, namespace});
	const config = {...own, cache: cacheOf(snapshot, client)};
	const {resolvConf, resolver, servers} = client;
	return {
		config,
		client,
		health: clusterDnsHealth(snapshot, {
			detail,
			domain: config.domain,
			server: servers[0],
			node: client.pod?.nodeName,
		}),
		resolution: resolveAs(snapshot, config, {name, types, resolvConf, resolver}),
	};
}

/** The cache that stands first in the client's resolv.conf, where its Corefile is read. */
function cacheOf(snapshot: Snapshot, {servers: [first]}: ClientDns): DnsConfig['cache'] {
	const servers = first?.type === 'cache' ? cacheServersOf(snapshot, first.cache) : [];
	const upstreams = [behindCache, ...clusterDnsServices(snapshot).flatMap(({clusterIPs}) => clusterIPs)];
	return servers.length > 0 ? {servers, upstreams} : undefined;
}
