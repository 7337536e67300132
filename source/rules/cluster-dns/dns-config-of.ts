import {lookup, type Snapshot} from '../../model/snapshot.ts';
import {kubeadmServer, type DnsConfig} from './config.ts';
import {serversOf} from './corefile-servers.ts';
import {plainName} from './name.ts';

/** Where distributions keep the Corefile: kubeadm, k3s and the managed clusters, RKE2, OpenShift. */
const places = [
	{namespace: 'kube-system', name: 'coredns'},
	{namespace: 'kube-system', name: 'rke2-coredns-rke2-coredns'},
	{namespace: 'openshift-dns', name: 'dns-default'},
] as const;

/** How the cluster's DNS is configured, or what kubeadm installs where that cannot be read. */
export function dnsConfigOf(snapshot: Snapshot): DnsConfig {
	for (const {namespace, name} of places) {
		const found = lookup(snapshot, 'ConfigMap', namespace, name);
		const servers = 'found' in found ? serversOf(found.found.data['Corefile'] ?? '') : [];
		const domain = domainOf(servers);
		if (domain !== undefined) {
			return {servers, domain, assumed: []};
		}
	}

	return {
		servers: [kubeadmServer],
		domain: 'cluster.local',
		assumed: [
			"CoreDNS's Corefile could not be read: kubeadm's was assumed (zone cluster.local, pods insecure)",
		],
	};
}

/** Pods search in the domain that kubelets were given: `cluster.local` where it is served, else the first zone. */
function domainOf(servers: DnsConfig['servers']): string | undefined {
	const zones = servers
		.flatMap(({kubernetes}) => kubernetes?.zones ?? [])
		.filter((zone) => !zone.endsWith('.arpa.') && zone !== '.');
	const domain = zones.find((zone) => zone === 'cluster.local.') ?? zones[0];
	return domain === undefined ? undefined : plainName(domain);
}
