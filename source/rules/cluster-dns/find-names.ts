import {namespaceExposed} from './find-items.ts';
import {serviceName} from './find-service.ts';
import {unknownKind, type ZoneContext} from './found.ts';
import {endpointLabel} from './endpoint-label.ts';
import type {UnknownKind} from './record.ts';

/**
Names of an address: the Service whose cluster IP it is, else one for each ready endpoint (plugin/kubernetes
reverse.go). They lie in the first zone that is no reverse zone.
*/
export function findNamesOf(
	context: ZoneContext,
	address: string,
): {readonly names: readonly string[]} | {readonly unknown: UnknownKind} {
	const {snapshot, plugin} = context;
	const zone = plugin.zones.find((item) => !item.endsWith('.arpa.')) ?? 'cluster.local.';
	const visible = ({namespace}: {readonly namespace: string}): boolean =>
		plugin.namespaces.length === 0 || namespaceExposed(context, namespace) === true;
	const service = snapshot.list('Service').find((item) => item.clusterIPs.includes(address) && visible(item));
	if (service) {
		return {names: [serviceName(service, zone)]};
	}

	const unknown = unknownKind(snapshot, 'Service') ?? unknownKind(snapshot, 'EndpointSlice');
	if (unknown) {
		return {unknown};
	}

	const slices = plugin.noEndpoints ? [] : snapshot.list('EndpointSlice').filter(visible);
	return {
		names: slices.flatMap((slice) =>
			slice.endpoints
				.filter(({ready, addresses}) => ready && addresses.includes(address))
				.map(
					(endpoint) =>
						`${endpointLabel(endpoint, address, plugin)}.${slice.service}.${slice.namespace}.svc.${zone}`,
				),
		),
	};
}
