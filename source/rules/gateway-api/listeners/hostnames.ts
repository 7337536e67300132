import {matchHost, plainHost} from '../../host-match.ts';

/** Gateway API: a wildcard takes one or more labels (apis/v1 HTTPRouteSpec.hostnames, Listener.hostname). */
export function matchesHostname(pattern: string, host: string): boolean {
	return matchHost(pattern, host, {wildcard: 'suffix'}) > 0;
}

/**
The hosts that a listener serves for a route: the narrower of each pair that intersects. `['']` where both take every host;
empty where nothing intersects.
*/
export function intersectHostnames(listener: string, route: readonly string[]): readonly string[] {
	const hostnames = route.length === 0 ? [''] : route;
	return [...new Set(hostnames.flatMap((hostname) => intersection(listener, hostname) ?? []))];
}

function intersection(left: string, right: string): string | undefined {
	if (left === '' || right === '') {
		return left || right;
	}

	// A pattern inside another is its own intersection with it: `*.a.b` ends like `*.b` does.
	if (matchesHostname(left, right) || plainHost(left) === plainHost(right)) {
		return right;
	}

	return matchesHostname(right, left) ? left : undefined;
}

/** Most specific first: without wildcard, then the longer, then every host. 0 for equally specific ones. */
export function compareHostnames(left: string, right: string): number {
	const rank = (hostname: string) => (hostname === '' ? 0 : hostname.startsWith('*.') ? 1 : 2);
	return rank(right) - rank(left) || plainHost(right).length - plainHost(left).length;
}

/** The most specific of the hostnames that take the host. */
export function bestHostname(hostnames: readonly string[], host: string): string | undefined {
	return hostnames.filter((hostname) => matchesHostname(hostname, host)).toSorted(compareHostnames)[0];
}
