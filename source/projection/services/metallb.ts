import type {IpAddressPool, PoolAdvertisement, ServiceAllocation} from '../../model/services/metallb.ts';
import {projectLabelSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {list, record, texts, type Wire} from '../wire.ts';

export function projectIpAddressPool(wire: Wire): IpAddressPool {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		addresses: texts(spec['addresses']),
		autoAssign: spec['autoAssign'] !== false,
		allocateTo: spec['serviceAllocation'] ? projectAllocation(record(spec['serviceAllocation'])) : undefined,
	};
}

function projectAllocation(allocation: Wire): ServiceAllocation {
	return {
		namespaces: texts(allocation['namespaces']),
		namespaceSelectors: list(allocation['namespaceSelectors']).map(projectLabelSelector),
		serviceSelectors: list(allocation['serviceSelectors']).map(projectLabelSelector),
	};
}

export function projectPoolAdvertisement(wire: Wire): PoolAdvertisement {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		pools: texts(spec['ipAddressPools']),
		poolSelectors: list(spec['ipAddressPoolSelectors']).map(projectLabelSelector),
		nodeSelectors: list(spec['nodeSelectors']).map(projectLabelSelector),
	};
}
