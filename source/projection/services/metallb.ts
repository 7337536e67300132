import type {IpAddressPool, PoolAdvertisement} from '../../model/services/metallb.ts';
import {projectLabelSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {list, record, texts, type Wire} from '../wire.ts';

export function projectIpAddressPool(wire: Wire): IpAddressPool {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		addresses: texts(spec['addresses']),
		autoAssign: record(wire['spec'])['autoAssign'] !== false,
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
