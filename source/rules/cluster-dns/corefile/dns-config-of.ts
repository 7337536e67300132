import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {kubeadmServer, servesCluster, type DnsConfig, type DnsServer} from './config.ts';
import {serversOf} from './corefile-servers.ts';
import type {CorefileFiles} from './corefile.ts';
import {fqdn, plainName} from '../name.ts';

/** Where distributions keep the Corefile: kubeadm, k3s and the managed clusters, RKE2, OpenShift. */
const places = [
	{namespace: 'kube-system', name: 'coredns'},
	{namespace: 'kube-system', name: 'rke2-coredns-rke2-coredns'},
	{namespace: 'openshift-dns', name: 'dns-default'},
] as const;

/** How the cluster's DNS is configured, or what kubeadm installs where that cannot be read. */
export function dnsConfigOf(snapshot: Snapshot): DnsConfig {
	const read = places.flatMap((place) => configAt(snapshot, place));
	return (
		read.find(servesCluster) ??
		read[0] ?? {
			servers: [kubeadmServer, ...stubServers(snapshot)],
			domain: 'cluster.local',
			assumed: [
				"CoreDNS's Corefile could not be read: kubeadm's was assumed (zone cluster.local, pods insecure)",
			],
		}
	);
}

function configAt(snapshot: Snapshot, {namespace, name}: (typeof places)[number]): readonly DnsConfig[] {
	const found = lookup(snapshot, 'ConfigMap', namespace, name);
	const {Corefile: corefile = '', ...files} = 'found' in found ? found.found.data : {};
	const imports = importsOf(snapshot, corefile);
	const servers = serversOf(corefile, imports.files && {...files, ...imports.files});
	const config: DnsConfig = {
		servers,
		domain: domainOf(servers) ?? 'cluster.local',
		assumed: imports.assumed,
		corefile: {kind: 'ConfigMap', namespace, name},
	};
	// The plugin may stand in a file that is not read.
	const isWhole = servers.length > 0 && !/\bimport\b/u.test(corefile);
	return isWhole || servesCluster(config) ? [config] : [];
}

/** kube-dns of GKE keeps its stub domains in its own ConfigMap (docs, Customizing DNS Service, kube-dns). */
function stubServers(snapshot: Snapshot): readonly DnsServer[] {
	const text = snapshot.get('ConfigMap', 'kube-system', 'kube-dns')?.data['stubDomains'] ?? '';
	return [...text.matchAll(/"([\w.-]+)"\s*:\s*\[([^\]]*)\]/gu)].map(([, domain = '', list = '']) => ({
		zones: [fqdn(domain).toLowerCase()],
		forwards: [{from: '.', to: list.match(/[\d.:a-f]+/giu) ?? [], except: []}],
		hosts: [],
		hostsOnly: [],
		rewrites: [],
		mayDiffer: [],
		loop: false,
	}));
}

/** AKS, k3s and DigitalOcean import the keys of this ConfigMap, which need not exist (their manuals, customize CoreDNS). */
function importsOf(
	snapshot: Snapshot,
	corefile: string,
): {readonly files?: CorefileFiles; readonly assumed: readonly string[]} {
	if (!/\bimport\s+\S*[/*]/u.test(corefile)) {
		return {files: {}, assumed: []};
	}

	const found = lookup(snapshot, 'ConfigMap', 'kube-system', 'coredns-custom');
	return 'unknown' in found
		? {assumed: ['ConfigMap coredns-custom, which the Corefile imports, could not be read']}
		: {files: 'found' in found ? found.found.data : {}, assumed: []};
}

/** Pods search in the domain that kubelets were given: `cluster.local` where it is served, else the first zone. */
function domainOf(servers: DnsConfig['servers']): string | undefined {
	const zones = servers
		.flatMap(({kubernetes}) => kubernetes?.zones ?? [])
		.filter((zone) => !zone.endsWith('.arpa.') && zone !== '.');
	const domain = zones.find((zone) => zone === 'cluster.local.') ?? zones[0];
	return domain === undefined ? undefined : plainName(domain);
}
