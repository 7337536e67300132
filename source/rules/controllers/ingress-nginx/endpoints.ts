import type {EndpointSlice} from '../../../model/services/endpoint-slice.ts';
import {isSubdomain} from '../../../model/matching/dns-name.ts';
import type {Protocol, Service} from '../../../model/services/service.ts';

type NginxEndpointsInput = {
	readonly service: Pick<Service, 'type' | 'externalName' | 'trafficDistribution'>;
	readonly port: {readonly name: string; readonly targetPort: number | string};
	readonly protocol: Protocol;
	readonly slices: readonly Pick<EndpointSlice, 'ports' | 'endpoints'>[];
	/** Zone of the controller's node; '' without `--enable-topology-aware-routing`. */
	readonly zone: string;
};

export type Upstream = {readonly address: string; readonly port: number};

/**
The endpoints that ingress-nginx itself picks, past kube-proxy: ready ones only, no traffic policies, no fallback to
terminating ones (kubernetes/ingress-nginx internal/ingress/controller/endpointslices.go).
*/
export function nginxEndpoints(input: NginxEndpointsInput): readonly Upstream[] {
	if (input.service.type === 'ExternalName') {
		return externalEndpoints(input);
	}

	const found = input.slices.flatMap((slice) => endpointsOfSlice(slice, input));
	return found.filter(
		(upstream, index) =>
			found.findIndex(({address, port}) => address === upstream.address && port === upstream.port) === index,
	);
}

function externalEndpoints({service, port}: NginxEndpointsInput): readonly Upstream[] {
	const name = service.externalName ?? '';
	const withoutDot = name.replace(/\.$/u, '');
	const number = typeof port.targetPort === 'number' ? port.targetPort : 0;
	return isLoopback(name) || !(isAddress(name) || isSubdomain(withoutDot))
		? []
		: [{address: name, port: number}];
}

/** No endpoint is made of it. */
export function isLoopback(name: string): boolean {
	return name === 'localhost' || /^127(?:\.\d{1,3}){3}$/u.test(name) || name === '::1';
}

function isAddress(name: string): boolean {
	return name.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/u.test(name);
}

function endpointsOfSlice(
	slice: Pick<EndpointSlice, 'ports' | 'endpoints'>,
	input: NginxEndpointsInput,
): readonly Upstream[] {
	const ports = portsOfSlice(slice, input);
	const byZone = usesHints(slice, input);
	return slice.endpoints
		.filter(({ready, forZones}) => ready && (!byZone || forZones?.includes(input.zone)))
		.flatMap(({addresses}) => ports.flatMap((port) => addresses.map((address) => ({address, port}))));
}

/** By name; else the Service's numeric target port, a fallback kube-proxy does not have (ingress-nginx issue 7390). */
function portsOfSlice(
	{ports}: Pick<EndpointSlice, 'ports'>,
	{port, protocol}: NginxEndpointsInput,
): readonly number[] {
	const preset = typeof port.targetPort === 'number' ? port.targetPort : undefined;
	if (ports.length === 0) {
		return preset ? [preset] : [];
	}

	return ports
		.filter((item) => item.protocol === protocol)
		.map((item) => (port.name === '' || port.name === item.name ? item.port || preset : preset))
		.filter((number) => number !== undefined);
}

/** Only if every endpoint of the slice has zone hints; with PreferClose also only if one is for the controller's zone. */
function usesHints(
	{endpoints}: Pick<EndpointSlice, 'endpoints'>,
	{zone, service}: NginxEndpointsInput,
): boolean {
	return (
		zone !== '' &&
		endpoints.every(({forZones}) => forZones && forZones.length > 0) &&
		(service.trafficDistribution !== 'PreferClose' ||
			endpoints.some(({forZones}) => forZones?.includes(zone)))
	);
}
