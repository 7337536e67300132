import {isHeadless} from '../../model/services/service.ts';
import {clusterDnsServices} from './cluster-dns-service.ts';
import {serviceName} from './find-service.ts';
import type {Item, ZoneContext} from './found.ts';

/**
The zone's own name servers: the addresses of the Services that lead to the DNS pods; without such a Service, the pods'
own addresses as `ns.dns.ZONE` (plugin/kubernetes ns.go).
*/
export function nameServers({snapshot, plugin, zone}: ZoneContext): readonly Item[] {
	const services = clusterDnsServices(snapshot).filter((service) => !isHeadless(service));
	return services.length > 0
		? services.flatMap((service) =>
				service.clusterIPs.map((host) => ({host, owner: serviceName(service, zone)})),
			)
		: (plugin.localAddresses ?? []).map((host) => ({host, owner: `ns.dns.${zone}`}));
}
