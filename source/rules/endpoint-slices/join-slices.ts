import type {Endpoint, EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {IpFamily, ServicePort} from '../../model/services/service.ts';
import type {ResolvedEndpoint} from './endpoint.ts';

/** `protocol` absent: whatever the slice says. */
type PortWanted = Pick<ServicePort, 'name'> & Partial<Pick<ServicePort, 'protocol'>>;

/**
The endpoints of one Service port. A Service port and the port of a slice belong together by name and protocol, not by
number (pkg/proxy ServicePortName). Of several addresses the first counts. An endpoint whose slice lacks the port is listed without one.
*/
export function joinSlices(
	slices: readonly EndpointSlice[],
	port: PortWanted,
	family?: IpFamily,
): readonly ResolvedEndpoint[] {
	const endpoints = slices
		.filter(({addressType}) => family === undefined || addressType === family)
		.flatMap((slice) => endpointsOf(slice, port));
	return withoutDoubles(endpoints);
}

function endpointsOf(slice: EndpointSlice, port: PortWanted): readonly ResolvedEndpoint[] {
	const number = slice.ports.find(
		({name, protocol}) => name === port.name && protocol === (port.protocol ?? protocol),
	)?.port;
	return slice.endpoints.flatMap((endpoint) => {
		const [address] = endpoint.addresses;
		return address === undefined ? [] : [resolved(endpoint, {address, number, family: slice.addressType})];
	});
}

type Place = {
	readonly address: string;
	readonly number: number | undefined;
	readonly family: EndpointSlice['addressType'];
};

function resolved(endpoint: Endpoint, {address, number, family}: Place): ResolvedEndpoint {
	const {ready, readyUnsaid, serving, terminating, nodeName, zone, pod, forZones, forNodes} = endpoint;
	return {
		address,
		port: number,
		ready,
		serving,
		terminating,
		node: nodeName || undefined,
		zone: zone || undefined,
		pod: pod?.name,
		forZones,
		forNodes,
		readyUnsaid,
		family,
	};
}

/**
While the controller moves an endpoint from slice to slice it may stand in both (discovery/v1): the better one counts. One
without the port is dropped when the address has it elsewhere.
*/
function withoutDoubles(endpoints: readonly ResolvedEndpoint[]): readonly ResolvedEndpoint[] {
	const best = new Map<string, ResolvedEndpoint>();
	const withPort = new Set(endpoints.filter(({port}) => port !== undefined).map(({address}) => address));
	for (const endpoint of endpoints) {
		const key = `${endpoint.address} ${endpoint.port}`;
		const known = best.get(key);
		const counts = endpoint.port !== undefined || !withPort.has(endpoint.address);
		if (counts && (!known || rank(endpoint) > rank(known))) {
			best.set(key, endpoint);
		}
	}

	return [...best.values()];
}

function rank({ready, serving}: ResolvedEndpoint): number {
	return ready ? 2 : serving ? 1 : 0;
}
