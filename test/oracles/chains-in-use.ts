import type {EndpointSets} from '../../source/rules/kube-proxy/categorize.ts';
import {endpointText, type ProxyEndpoint} from '../../source/rules/kube-proxy/endpoints.ts';
import {iptablesChains, iptablesEndpointChain} from '../../source/rules/kube-proxy/iptables-names.ts';
import {nftablesChains, nftablesEndpointChains} from '../../source/rules/kube-proxy/nftables-names.ts';
import {isExternallyAccessible, type ProxyPort} from '../../source/rules/kube-proxy/proxy-port.ts';

/** The chains that a node writes: one exists only where a rule leads to it. */
export function iptablesChainsInUse(port: ProxyPort, sets: EndpointSets<ProxyEndpoint>): readonly string[] {
	const chains = iptablesChains(port);
	const isExternal = sets.hasAny && isExternallyAccessible(port);
	return [
		...(sets.cluster?.length ? [chains.SVC] : []),
		...(sets.local?.length ? [chains.SVL] : []),
		...(isExternal ? [chains.EXT] : []),
		...(isExternal && port.vips.length > 0 && port.sourceRanges.length > 0 ? [chains.FW] : []),
		...sets.reachable.map((endpoint) => iptablesEndpointChain(port, endpointText(endpoint))),
	];
}

/** The chains that a node writes. */
export function nftablesChainsInUse(port: ProxyPort, sets: EndpointSets<ProxyEndpoint>): readonly string[] {
	const chains = nftablesChains(port);
	const isFiltered = port.vips.length > 0 && port.sourceRanges.length > 0;
	return [
		...(sets.cluster?.length ? [chains.service] : []),
		...(sets.local?.length ? [chains.local] : []),
		...(sets.hasAny && isExternallyAccessible(port) ? [chains.external] : []),
		...(isFiltered ? [chains.firewall] : []),
		...sets.reachable.map((endpoint) => nftablesEndpointChains(port, endpoint).endpoint),
	];
}
