import type {CatalogueEntry} from '../catalogue-entry.ts';
import {clusterDnsFindings} from './cluster-dns.ts';

/** 1xx: the host that a client resolves. Cluster DNS follows in cluster-dns.ts. */
const hostFindings = {
	KNET101: {
		slug: 'host-does-not-resolve',
		severity: 'error',
		hop: 'dns',
		title: 'The host of the entry has no address.',
		what: 'The resolver of this machine answered NXDOMAIN, or neither an A nor an AAAA record, for the host. Said only after a look-up was made.',
		why: 'Clients never get as far as a connection: browsers say "server not found".',
		see: 'dig +noall +answer +comments HOST A; dig HOST AAAA',
		mend: 'Create a record for the host that points to the load balancer. With external-dns, look at its log: it writes records only for Ingresses and Services whose status has an address.',
	},
	KNET102: {
		slug: 'host-lookup-failed',
		severity: 'unknown',
		hop: 'dns',
		title: 'The resolver could not say whether the host exists.',
		what: 'The look-up ended with SERVFAIL, REFUSED, another error code or a timeout. The name may well exist.',
		why: 'The resolver or the name servers of the zone are in trouble; nothing can be said about the host.',
		see: 'dig HOST; dig +trace HOST; dig @1.1.1.1 HOST',
		mend: 'Ask another resolver. If that one answers, mend this one; if none does, look at the name servers and at DNSSEC of the zone.',
	},
	KNET103: {
		slug: 'dns-points-elsewhere',
		severity: 'warning',
		hop: 'dns',
		title: 'The host resolves to addresses that are not those of the entry.',
		what: 'No address of the host is an address of the load balancer or Gateway, whose own hostname was resolved at the same moment.',
		why: 'Requests go to something else: an old load balancer, another cluster. A CDN or a web application firewall in front is legitimate and looks the same.',
		see: 'dig +short HOST; kubectl get ingress,gateway -A; kubectl get services -A --field-selector spec.type=LoadBalancer',
		mend: 'If nothing is meant to stand in between, point the record to the address of the entry.',
	},
	KNET104: {
		slug: 'dns-partly-stale',
		severity: 'warning',
		hop: 'dns',
		title: 'Some addresses of the host are not those of the entry.',
		what: "Some of the host's addresses are addresses of the entry, and some are not.",
		why: 'A share of the clients goes elsewhere: with an old record for a removed load balancer they time out.',
		see: 'dig +short HOST',
		mend: 'Remove the records that point elsewhere, unless they are another cluster that serves the host, too.',
	},
	KNET105: {
		slug: 'lb-hostname-does-not-resolve',
		severity: 'error',
		hop: 'dns',
		title: 'The hostname of the load balancer has no address.',
		what: 'status.loadBalancer.ingress[].hostname was resolved and gave NXDOMAIN or no address.',
		why: 'A host that is a CNAME of it cannot be resolved either. Fresh cloud load balancers need a minute or two until their name exists.',
		see: 'kubectl get service NAME -o jsonpath={.status.loadBalancer}; dig HOSTNAME',
		mend: 'Wait a few minutes after creation. If it stays, the load balancer was deleted behind the back of the cluster: recreate the Service.',
	},
	KNET106: {
		slug: 'host-is-private',
		severity: 'info',
		hop: 'dns',
		title: 'Every address of the host is private.',
		what: 'All answers are private (RFC 1918, 4193), shared, loopback or link-local addresses.',
		why: 'The host can be reached from inside the network, or over a VPN, only.',
		see: 'dig +short HOST',
		mend: 'Nothing, if that is meant. Else point the host to a public load balancer.',
	},
	KNET107: {
		slug: 'family-missing-in-dns',
		severity: 'info',
		hop: 'dns',
		title: 'The load balancer has both IP families, the host only one.',
		what: 'The entry has IPv4 and IPv6 addresses, the look-ups of A and AAAA gave addresses of one family.',
		why: 'Clients of the other family do not reach the host directly.',
		see: 'dig +short HOST A; dig +short HOST AAAA',
		mend: 'Add the missing A or AAAA record.',
	},
} satisfies Record<string, CatalogueEntry>;

export const dnsFindings = {...hostFindings, ...clusterDnsFindings};
