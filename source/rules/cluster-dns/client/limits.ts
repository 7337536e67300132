/** What a kubelet cut from a resolv.conf; it writes an Event DNSConfigForming when it does. */
export type Limited = {readonly values: readonly string[]; readonly exceeded: boolean};

/** More than three are ignored by resolvers, so kubelet leaves them out (resolv.conf(5) MAXNS). */
const maxNameservers = 3;

/** The longest a single search domain may be: longer ones make glibc 2.28 abort. */
const maxDomain = 253;

/** 32 domains and 2048 characters since ExpandedDNSConfig (GA 1.28), before that 6 and 256. */
const searchLimitsOf = (expanded: boolean) =>
	expanded ? {domains: 32, characters: 2048} : {domains: 6, characters: 256};

export function limitNameservers(nameservers: readonly string[]): Limited {
	return {values: nameservers.slice(0, maxNameservers), exceeded: nameservers.length > maxNameservers};
}

/** pkg/kubelet/network/dns formDNSSearchFitsLimits. */
export function limitSearches(searches: readonly string[], expanded = true): Limited {
	const {domains, characters} = searchLimitsOf(expanded);
	const values = searches.slice(0, domains).filter(({length}) => length <= maxDomain);
	while (values.join(' ').length > characters) {
		values.pop();
	}

	return {values, exceeded: values.length < searches.length};
}
