import type {ProxyEndpoint} from './endpoints.ts';
import type {ProxyPort} from './proxy-port.ts';
import {setsOf} from './packet-verdict.ts';

/** What the health check of a node counts: Ready endpoints on it. Terminating ones do not count, though they may serve. */
export function localReadyEndpoints(endpoints: readonly ProxyEndpoint[], node: string): number {
	return endpoints.filter((endpoint) => endpoint.node === node && endpoint.ready).length;
}

/** For which traffic a node has no endpoint of its own while others have: it is dropped there. */
export function withoutLocalEndpoints(
	port: ProxyPort,
	node: string,
	endpoints: readonly ProxyEndpoint[],
): {readonly internal: boolean; readonly external: boolean} {
	const {local, hasAny} = setsOf(port, {node}, endpoints);
	const none = hasAny && local !== undefined && local.length === 0;
	return {internal: none && port.internalLocal, external: none && port.externalLocal};
}
