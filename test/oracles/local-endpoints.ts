import {setsOf} from '../../source/rules/kube-proxy/categorize.ts';
import type {ProxyEndpoint} from '../../source/rules/kube-proxy/endpoints.ts';
import type {ProxyPort} from '../../source/rules/kube-proxy/proxy-port.ts';

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
