import {nameHash} from './name-hash.ts';
import type {PortKey} from './proxy-port.ts';

/** Chains of a Service port in table nat (pkg/proxy/iptables). */
type IptablesChains = {
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
	const suffix = nameHash(nameText(key) + key.protocol.toLowerCase(), 16);
	return {
		SVC: `KUBE-SVC-${suffix}`,
		SVL: `KUBE-SVL-${suffix}`,
		EXT: `KUBE-EXT-${suffix}`,
		FW: `KUBE-FW-${suffix}`,
	};
}

/** Name of an endpoint's chain; `endpoint` as `ip:port`. */
export function iptablesEndpointChain(key: PortKey, endpoint: string): string {
	return `KUBE-SEP-${nameHash(nameText(key) + key.protocol.toLowerCase() + endpoint, 16)}`;
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
