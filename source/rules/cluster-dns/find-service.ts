import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {isHeadless, type Service} from '../../model/services/service.ts';
import {lookup} from '../../model/snapshot.ts';
import {endpointLabel} from './endpoint-label.ts';
import {none, unknownSlices, type Found, type Item, type ZoneContext} from './found.ts';
import type {NameRequest} from './parse-name.ts';

/** Records of a Service and of its endpoints (plugin/kubernetes findServices). */
export function findService(context: ZoneContext, request: NameRequest): Found {
	const {snapshot, plugin, zone} = context;
	const found = lookup(snapshot, 'Service', request.namespace, request.service);
	if ('missing' in found) {
		return none;
	}

	if ('unknown' in found) {
		return {unknown: {kind: 'Service', namespace: request.namespace, state: found.unknown}};
	}

	const service = found.found;
	const headless = isHeadless(service);
	if (plugin.ignoreEmptyService && service.type !== 'ExternalName' && !headless) {
		const unknown = unknownSlices(snapshot, service);
		if (unknown || readyAddresses(context, service).length === 0) {
			return unknown ? {unknown} : none;
		}
	}

	// Zone-scoped names are defined for headless Services only.
	if (request.zone !== '' && !headless) {
		return none;
	}

	if (service.type === 'ExternalName') {
		return findExternalName(service, request, zone);
	}

	return headless || request.endpoint !== ''
		? findEndpoints(context, service, request)
		: findClusterIp(service, request, zone);
}

/** No endpoints and no ports below an ExternalName; one that is an address gives no record at all. */
function findExternalName(service: Service, request: NameRequest, zone: string): Found {
	const target = service.externalName ?? '';
	const plain = request.endpoint === '' && request.port === '' && request.protocol === '';
	return plain && target !== '' && !parseIp(target)
		? {items: [{host: target, owner: serviceName(service, zone)}]}
		: none;
}

function findClusterIp(service: Service, request: NameRequest, zone: string): Found {
	if (service.clusterIPs.length === 0) {
		return {unassigned: service};
	}

	const owner = serviceName(service, zone);
	const ports = service.ports.length === 0 ? [{name: '', protocol: ''}] : service.ports;
	const matching = ports.filter((port) => matchesPort(request, port));
	return matching.length === 0
		? none
		: {
				items: matching.flatMap((port) =>
					service.clusterIPs.map((host) => ({
						host,
						owner,
						port: 'port' in port ? port.port : undefined,
					})),
				),
			};
}

function findEndpoints(context: ZoneContext, service: Service, request: NameRequest): Found {
	const unknown = unknownSlices(context.snapshot, service);
	if (unknown) {
		return {unknown};
	}

	const all = endpointItems(context, service, request);
	if (request.zone === '') {
		return all.length === 0 ? none : {items: all.map(({item}) => item)};
	}

	// The name of any zone exists: without endpoints there it is NODATA.
	const inZone = all.filter(({zone}) => zone?.toLowerCase() === request.zone);
	const chosen = inZone.length === 0 && request.prefer ? all : inZone;
	return {items: chosen.map(({item}) => item)};
}

function endpointItems(
	context: ZoneContext,
	service: Service,
	request: NameRequest,
): readonly {readonly item: Item; readonly zone?: string}[] {
	const base = serviceName(service, context.zone);
	return readyAddresses(context, service)
		.filter(({label}) => request.endpoint === '' || label.toLowerCase() === request.endpoint)
		.flatMap(({slice, address, label, zone}) => {
			const ports = slice.ports.length === 0 ? [{name: '', protocol: '', port: undefined}] : slice.ports;
			return ports
				.filter((port) => matchesPort(request, port))
				.map((port) => ({item: {host: address, port: port.port, owner: `${label}.${base}`}, zone}));
		});
}

/** Ready addresses of a Service's slices, each with its label. Only `ready` counts, as CoreDNS reads it. */
function readyAddresses(
	{snapshot, plugin}: ZoneContext,
	service: Service,
): readonly {
	readonly slice: EndpointSlice;
	readonly address: string;
	readonly label: string;
	readonly zone?: string;
}[] {
	return plugin.noEndpoints
		? []
		: snapshot.slicesOf(service.namespace, service.name).flatMap((slice) =>
				slice.endpoints
					.filter(({ready}) => ready)
					.flatMap((endpoint) =>
						endpoint.addresses.map((address) => ({
							slice,
							address,
							label: endpointLabel(endpoint, address, plugin),
							zone: endpoint.zone,
						})),
					),
			);
}

function matchesPort(
	request: NameRequest,
	port: {readonly name: string; readonly protocol: string},
): boolean {
	return (
		(request.port === '' || port.name.toLowerCase() === request.port) &&
		(request.protocol === '' || port.protocol.toLowerCase() === request.protocol)
	);
}

export function serviceName({namespace, name}: Service, zone: string): string {
	return `${name}.${namespace}.svc.${zone}`;
}
