import {parseIp} from '../../model/matching/ip.ts';
import type {IpFamily, Service} from '../../model/services/service.ts';

/**
Address types for which the controller keeps slices. Without `ipFamilies` (an old API server, or a manifest): the family
of the cluster IP, or both (k8s.io/endpointslice getAddressTypesForService).
*/
export function addressTypes(service: Pick<Service, 'ipFamilies' | 'clusterIPs'>): readonly IpFamily[] {
	if (service.ipFamilies.length > 0) {
		return [...new Set(service.ipFamilies)];
	}

	const [clusterIp] = service.clusterIPs;
	return clusterIp && clusterIp !== 'None' ? [parseIp(clusterIp)?.family ?? 'IPv4'] : ['IPv4', 'IPv6'];
}
