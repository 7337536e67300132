/**
Hosts of Istio: a name, or a wildcard that begins with `*` and stands for any beginning, dots and all. Source: istio/istio of
2026-08-22, pkg/config/host/name.go and names.go.
*/

function isWildcard(host: string): boolean {
	return host.startsWith('*');
}

/** Whether all that `host` stands for is in `pattern`. */
function isWithin(host: string, pattern: string): boolean {
	if (isWildcard(host)) {
		return isWildcard(pattern) && host.length >= pattern.length && host.slice(1).endsWith(pattern.slice(1));
	}

	return isWildcard(pattern) ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** The narrower one of each pair where one covers the other. */
export function intersection(hosts: readonly string[], others: readonly string[]): readonly string[] {
	const all = hosts.flatMap((host) =>
		others.flatMap((other) => (isWithin(host, other) ? [host] : isWithin(other, host) ? [other] : [])),
	);
	return [...new Set(all)];
}

/** The hosts of a server that VirtualServices of a namespace may use; `own`: the namespace of its Gateway. */
export function hostsForNamespace(
	hosts: readonly string[],
	{own, namespace}: {readonly own: string; readonly namespace: string},
): readonly string[] {
	return hosts.flatMap((host) => {
		const slash = host.indexOf('/');
		const wanted = slash === -1 ? '*' : host.slice(0, slash);
		return wanted === '*' || (wanted === '.' ? own : wanted) === namespace
			? [host.slice(slash + 1).toLowerCase()]
			: [];
	});
}

/** How well a domain of Envoy fits a name: the longer the better, a name before every wildcard. 0: not at all. */
export function domainFit(domain: string, host: string): number {
	const name = domain.toLowerCase();
	if (!isWildcard(name)) {
		return name === host ? Number.MAX_SAFE_INTEGER : 0;
	}

	return host.length >= name.length && host.endsWith(name.slice(1)) ? name.length : name === '*' ? 1 : 0;
}

/** `name` → `name.namespace.svc.DOMAIN`; whatever has a dot is left as it is (model/config.go, ResolveShortnameToFQDN). */
export function fullName(
	host: string,
	{namespace, domain}: {readonly namespace: string; readonly domain: string},
): string {
	return host === '*' || host.includes('.') || host.includes(':')
		? host
		: `${host}.${namespace}.svc.${domain}`;
}

/** `namespace/name` of a Gateway as a VirtualService names it (model/config.go, resolveGatewayName). */
export function gatewayName(name: string, namespace: string): string {
	if (name === 'mesh') {
		return name;
	}

	if (name.includes('/')) {
		return name.startsWith('./') ? `${namespace}${name.slice(1)}` : name;
	}

	const [first = '', second] = name.split('.');
	return second === undefined ? `${namespace}/${name}` : `${second}/${first}`;
}
