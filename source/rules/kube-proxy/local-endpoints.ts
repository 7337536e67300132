import type {ProxyEndpoint} from './endpoints.ts';

/** What the health check of a node counts: Ready endpoints on it. Terminating ones do not count, though they may serve. */
export function localReadyEndpoints(endpoints: readonly ProxyEndpoint[], node: string): number {
	return endpoints.filter((endpoint) => endpoint.node === node && endpoint.ready).length;
}
