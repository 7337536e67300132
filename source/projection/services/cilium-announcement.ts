import type {CiliumAnnouncement} from '../../model/services/cilium-announcement.ts';
import {projectLabelSelector, projectOptionalSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {record, records, texts, type Wire} from '../wire.ts';

/** Without a selector it is for all Services, if it is for load balancers (Cilium, L2 Announcements, Policies). */
export function projectL2Policy(wire: Wire): CiliumAnnouncement {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		serviceSelectors: spec['loadBalancerIPs'] === true ? [projectLabelSelector(spec['serviceSelector'])] : [],
		nodeSelector: projectOptionalSelector(spec['nodeSelector']),
	};
}

/** Without a selector none is advertised (Cilium, BGP Control Plane, Service virtual IPs). */
export function projectBgpAdvertisement(wire: Wire): CiliumAnnouncement {
	const all = records(record(wire['spec'])['advertisements']);
	return {
		...projectMeta(wire),
		serviceSelectors: all
			.filter(({advertisementType}) => advertisementType === 'Service')
			.filter(({service}) => texts(record(service)['addresses']).includes('LoadBalancerIP'))
			.flatMap(({selector}) => projectOptionalSelector(selector) ?? []),
	};
}

/** It names the nodes that speak BGP; what they advertise is in advertisements (Cilium, BGP Control Plane Resources). */
export function projectBgpClusterConfig(wire: Wire): CiliumAnnouncement {
	const {nodeSelector} = record(wire['spec']);
	return {...projectMeta(wire), serviceSelectors: [], nodeSelector: projectOptionalSelector(nodeSelector)};
}

export function projectBgpPeeringPolicy(wire: Wire): CiliumAnnouncement {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		serviceSelectors: records(spec['virtualRouters']).flatMap(
			({serviceSelector}) => projectOptionalSelector(serviceSelector) ?? [],
		),
		nodeSelector: projectOptionalSelector(spec['nodeSelector']),
	};
}
