import type {ObjectRef} from '../../../model/ref.ts';
import type {Rewrite} from './rewrite.ts';

/** The `kubernetes` block of a Corefile (coredns plugin/kubernetes README). */
export type KubernetesPlugin = {
	/** Absolute names in lower case; at least one is not a reverse zone. */
	readonly zones: readonly string[];
	/** Seconds. */
	readonly ttl: number;
	readonly pods: 'disabled' | 'insecure' | 'verified';
	/** Namespaces that are exposed; empty: all. */
	readonly namespaces: readonly string[];
	readonly endpointPodNames: boolean;
	readonly ignoreEmptyService: boolean;
	readonly noEndpoints: boolean;
	/** Zone-scoped names of headless Services, new in 2026. */
	readonly zonal: boolean;
	/** Zones whose negative answers go to the next plugin; `.` is every zone. */
	readonly fallthrough: readonly string[];
	/** False: the API is not listed yet, negative answers are SERVFAIL. Only tests of upstream say so. */
	readonly synced?: boolean;
	/** Addresses of the DNS pods themselves, for `ns.dns.ZONE`, where they are no endpoints of a Service. */
	readonly localAddresses?: readonly string[];
};

export type Forward = {
	readonly from: string;
	readonly to: readonly string[];
	/** Names below these are not forwarded. */
	readonly except: readonly string[];
};

/** A line of a `hosts` block. */
export type HostsEntry = {readonly ip: string; readonly names: readonly string[]};

/** One server block of a Corefile. */
export type DnsServer = {
	/** Absolute names in lower case; `.` is the root. */
	readonly zones: readonly string[];
	readonly kubernetes?: KubernetesPlugin;
	readonly forwards: readonly Forward[];
	readonly hosts: readonly HostsEntry[];
	/** Zones of which `hosts` answers all names, for it has no fallthrough for them: the others get SERVFAIL. */
	readonly hostsOnly: readonly string[];
	/** Of the plugin `rewrite`, which stands before those that answer. */
	readonly rewrites: readonly Rewrite[];
	/** Plugins that can change an answer in a way knet does not follow. */
	readonly mayDiffer: readonly string[];
	/** The zones of the plugins `template`, where each of them has some: other names are not theirs. */
	readonly templateZones?: readonly string[];
	/** Zones of which a `template` answers every name before `kubernetes` is asked: it has neither match nor fallthrough. */
	readonly takenByTemplate?: readonly string[];
	/** The plugin that ends CoreDNS when its queries come back to it. */
	readonly loop: boolean;
};

/** What is known of the configuration of the cluster's DNS. */
export type DnsConfig = {
	readonly servers: readonly DnsServer[];
	/** Of the cache on the client's node, which is asked before them, and where it finds them. */
	readonly cache?: {readonly servers: readonly DnsServer[]; readonly upstreams: readonly string[]};
	/** The cluster domain, without the dot at the end: `cluster.local`. */
	readonly domain: string;
	/** What could not be read and was assumed, in words. */
	readonly assumed: readonly string[];
	/** The ConfigMap that it was read from. */
	readonly corefile?: ObjectRef;
};

/** Whether a server has the zone of the cluster: the names of Services. */
export function servesCluster({servers}: Pick<DnsConfig, 'servers'>): boolean {
	return servers.some(({kubernetes}) =>
		kubernetes?.zones.some((zone) => zone !== '.' && !zone.endsWith('.arpa.')),
	);
}

/** The values that the plugin has where a Corefile says nothing. */
export const kubernetesDefaults: KubernetesPlugin = {
	zones: [],
	ttl: 5,
	pods: 'disabled',
	namespaces: [],
	endpointPodNames: false,
	ignoreEmptyService: false,
	noEndpoints: false,
	zonal: false,
	fallthrough: [],
};

/** What kubeadm installs, and most distributions with it: assumed where no Corefile can be read. */
export const kubeadmServer: DnsServer = {
	zones: ['.'],
	kubernetes: {
		...kubernetesDefaults,
		zones: ['cluster.local.', 'in-addr.arpa.', 'ip6.arpa.'],
		ttl: 30,
		pods: 'insecure',
		fallthrough: ['in-addr.arpa.', 'ip6.arpa.'],
	},
	forwards: [{from: '.', to: ['/etc/resolv.conf'], except: []}],
	hosts: [],
	hostsOnly: [],
	rewrites: [],
	mayDiffer: [],
	loop: true,
};
