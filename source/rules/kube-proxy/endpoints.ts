import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import {joinHostPort} from '../../model/matching/ip.ts';
import type {IpFamily, ServicePort} from '../../model/services/service.ts';
import {compareText} from '../../model/matching/compare-text.ts';

/** An endpoint of one Service port, as kube-proxy holds it. */
export type ProxyEndpoint = {
	readonly address: string;
	readonly port: number;
	readonly ready: boolean;
	readonly serving: boolean;
	readonly terminating: boolean;
	/** Absent: remote on every node. */
	readonly node?: string;
	readonly forZones?: readonly string[];
	readonly forNodes?: readonly string[];
};

/** `ip:port`, which names an endpoint and gives the order of its rule. */
export function endpointText(endpoint: {readonly address: string; readonly port: number}): string {
	return joinHostPort(endpoint.address, endpoint.port);
}

/**
Endpoints of a Service port out of its slices (pkg/proxy/endpointslicecache.go): joined by the port's name and protocol,
first address alone, no port without a number.
*/
export function endpointsOf(
	slices: readonly EndpointSlice[],
	port: Pick<ServicePort, 'name' | 'protocol'>,
	{family, node}: {readonly family: IpFamily; readonly node?: string},
): readonly ProxyEndpoint[] {
	const found = slices
		.filter((slice) => slice.addressType === family)
		.flatMap((slice) => {
			const number = slice.ports.find(
				({name, protocol}) => name === port.name && protocol === port.protocol,
			)?.port;
			return number === undefined ? [] : slice.endpoints.flatMap((endpoint) => toProxy(endpoint, number));
		});
	return distinct(found, node);
}

/** One endpoint an `ip:port`, in the order of their rules. A double on the node itself counts as local. */
export function distinct<E extends ProxyEndpoint>(endpoints: readonly E[], node?: string): readonly E[] {
	const byText = new Map<string, E>();
	for (const endpoint of endpoints) {
		const text = endpointText(endpoint);
		if (!byText.has(text) || (node !== undefined && endpoint.node === node)) {
			byText.set(text, endpoint);
		}
	}

	return [...byText.keys()].toSorted(compareText).flatMap((text) => byText.get(text) ?? []);
}

function toProxy(endpoint: EndpointSlice['endpoints'][number], port: number): readonly ProxyEndpoint[] {
	const [address] = endpoint.addresses;
	const {ready, serving, terminating, nodeName, forZones, forNodes} = endpoint;
	return address === undefined
		? []
		: [{address, port, ready, serving, terminating, node: nodeName, forZones, forNodes}];
}
