import {endpointText, type ProxyEndpoint} from './endpoints.ts';
import type {EndpointSets} from './categorize.ts';
import {isExternallyAccessible, type PortKey, type ProxyPort} from './proxy-port.ts';
import {base32, sha256} from './sha256.ts';

/** Chains of a Service port in table nat (pkg/proxy/iptables). */
export type IptablesChains = {
	/** Endpoints under policy Cluster. */
	readonly SVC: string;
	/** Endpoints under policy Local. */
	readonly SVL: string;
	/** Where traffic from outside enters. */
	readonly EXT: string;
	/** Source ranges of the load balancer. */
	readonly FW: string;
};

/** Names that the chains have where they exist. */
export function iptablesChains(key: PortKey): IptablesChains {
	const suffix = hash(nameText(key) + key.protocol.toLowerCase());
	return {
		SVC: `KUBE-SVC-${suffix}`,
		SVL: `KUBE-SVL-${suffix}`,
		EXT: `KUBE-EXT-${suffix}`,
		FW: `KUBE-FW-${suffix}`,
	};
}

/** Name of an endpoint's chain; `endpoint` as `ip:port`. */
export function iptablesEndpointChain(key: PortKey, endpoint: string): string {
	return `KUBE-SEP-${hash(nameText(key) + key.protocol.toLowerCase() + endpoint)}`;
}

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

/** `namespace/name:port`, without the colon for the unnamed port: as rules' comments have it. */
export function nameText({namespace, service, portName}: PortKey): string {
	return portName === '' ? `${namespace}/${service}` : `${namespace}/${service}:${portName}`;
}

/** Of the first of n rules that are left: what makes every endpoint as likely as another. */
export function iptablesProbability(left: number): string {
	return (1 / left).toFixed(10);
}

/** The rules of a chain, in order; the last takes what is left. */
export function iptablesProbabilities(
	endpoints: readonly string[],
): readonly {readonly endpoint: string; readonly probability?: string}[] {
	return endpoints.map((endpoint, index) => {
		const left = endpoints.length - index;
		return left === 1 ? {endpoint} : {endpoint, probability: iptablesProbability(left)};
	});
}

function hash(text: string): string {
	return base32(sha256(text)).slice(0, 16);
}
