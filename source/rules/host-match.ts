/** How well a rule's host fits a request's: 3 the same name, 2 by wildcard, 1 any host, 0 not at all. */
export type HostFit = 0 | 1 | 2 | 3;

/**
`*.x` stands for exactly one label left of `x` (networking/v1 IngressRule.host), or for one or more (apis/v1 Hostname, nginx's
server_name): never for `x` itself. '' is every host.
*/
export function matchHost(
	rule: string,
	host: string,
	{wildcard}: {readonly wildcard: 'one-label' | 'suffix'},
): HostFit {
	const wanted = plainHost(rule);
	const given = plainHost(host);
	if (wanted === '') {
		return 1;
	}

	if (wanted === given) {
		return 3;
	}

	const labels =
		wanted.startsWith('*.') && given.endsWith(wanted.slice(1)) ? given.slice(0, 1 - wanted.length) : '';
	return labels !== '' && (wildcard === 'suffix' || !labels.includes('.')) ? 2 : 0;
}

/** The host for a controller that leaves the dot of the root in a Host header (Envoy, HAProxy): with it, no name of a rule fits. */
export function withRootDot({host, hostHeader}: Sent): string {
	return hostHeader?.endsWith('.') ? `${host}..` : host;
}

/** The first label of the host, in the case in which the client writes it. */
export function sentLabel({host, hostHeader}: Sent): string {
	const [label = ''] = (plainHost(hostHeader ?? '') === host ? (hostHeader ?? host) : host).split('.');
	return label;
}

/** Contour, wildcardDomainHeaderMatch (internal/dag/dag.go): the label of a wildcard, in lower case alone. */
export const labelOfWildcard = /^[0-9a-z](?:[0-9a-z\-]*[0-9a-z])?$/v;

type Sent = {readonly host: string; readonly hostHeader?: string};

/** As hosts are compared: lower case, without the dot of the root and without a port. */
export function plainHost(host: string): string {
	// Hosts of rules are plain as a rule, and one request is compared with thousands of them.
	return isPlain.test(host) ? host : host.toLowerCase().replace(/:\d*$/v, '').replace(/\.$/v, '');
}

const isPlain = /^[a-z0-9*.\-]*[a-z0-9*\-]$/v;
