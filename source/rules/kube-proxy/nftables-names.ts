import {nameHash} from './name-hash.ts';
import type {PortKey} from './proxy-port.ts';

/** Chains of a Service port in table `kube-proxy` (pkg/proxy/nftables). */
type NftablesChains = {
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
	const full = `${nameHash(name, 8)}-${name}`;
	return full.length > longest ? `${full.slice(0, longest - 3)}...` : full;
}
