import type {EndpointSets} from './categorize.ts';
import type {ProxyEndpoint} from './endpoints.ts';
import {isExternallyAccessible, type PortKey, type ProxyPort} from './proxy-port.ts';
import {base32, sha256} from './sha256.ts';

/** Chains of a Service port in table `kube-proxy` (pkg/proxy/nftables). */
export type NftablesChains = {
	/** Endpoints under policy Cluster. */
	readonly service: string;
	/** Endpoints under policy Local. */
	readonly local: string;
	/** Where traffic from outside enters. */
	readonly external: string;
	/** Source ranges of the load balancer. */
	readonly firewall: string;
};

/** Names that the chains have where they exist. */
export function nftablesChains(key: PortKey): NftablesChains {
	const base = nftablesServiceBase(key);
	return {
		service: `service-${base}`,
		local: `local-${base}`,
		external: `external-${base}`,
		firewall: `firewall-${base}`,
	};
}

/** Chain of an endpoint, and the set that remembers its clients under session affinity. */
export function nftablesEndpointChains(
	key: PortKey,
	endpoint: {readonly address: string; readonly port: number},
): {readonly endpoint: string; readonly affinitySet: string} {
	const base = nftablesEndpointBase(key, endpoint);
	return {endpoint: `endpoint-${base}`, affinitySet: `affinity-${base}`};
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

export function nftablesServiceBase(key: PortKey): string {
	return hashed(`${key.namespace}/${key.service}/${key.protocol.toLowerCase()}/${key.portName}`);
}

/** Colons are not allowed in a chain's name: those of an IPv6 address become dots before the hash is taken. */
export function nftablesEndpointBase(
	key: PortKey,
	{address, port}: {readonly address: string; readonly port: number},
): string {
	const service = `${key.namespace}/${key.service}/${key.protocol.toLowerCase()}/${key.portName}`;
	return hashed(`${service}__${address.replaceAll(':', '.')}/${port}`);
}

/** 256 characters of a name, less 16 for the longest prefix. */
const longest = 240;

function hashed(name: string): string {
	const full = `${base32(sha256(name)).slice(0, 8)}-${name}`;
	return full.length > longest ? `${full.slice(0, longest - 3)}...` : full;
}
