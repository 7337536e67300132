import {kubectl} from '../../model/safe-text/command.ts';
import {refOf} from '../../model/ref.ts';
import type {IpAddressPool} from '../../model/services/metallb.ts';
import {poolRefusal, type PoolRefusal} from '../../rules/load-balancers/metallb-pools.ts';
import {namesList} from '../../rules/names-list.ts';
import {objectField, type EvidenceField} from '../finding.ts';
import type {Exposed} from './context.ts';
import type {Cause} from './fault.ts';

/** Why no pool of MetalLB gives the Service an address. The Event says only "no available IPs", and without any pool there is none. */
export function refusedByMetalLb({service, hopContext}: Exposed): Cause | undefined {
	const refusal = poolRefusal(hopContext.snapshot, service);
	return (
		refusal && {
			text: ` ${textOf(refusal)}.`,
			evidence: evidenceOf(refusal),
			remedy: remedyOf(refusal),
			command: kubectl({}, 'get', 'ipaddresspool', '-A', '-o', 'yaml'),
		}
	);
}

function textOf(refusal: PoolRefusal): string {
	switch (refusal.why) {
		case 'no-pools': {
			return 'MetalLB has no IPAddressPool';
		}

		case 'no-such-pool': {
			return `The Service asks for IPAddressPool ${refusal.pool}, which MetalLB does not have`;
		}

		case 'outside': {
			return `No IPAddressPool of MetalLB has ${namesList(refusal.addresses, 2)}`;
		}

		case 'for-others': {
			return `The Service asks for IPAddressPool ${refusal.pool.name}, which is for other Services`;
		}

		case 'none-unasked': {
			return refusal.forOthers.length === 0
				? `The Service names no pool, and MetalLB assigns from ${names(refusal.onRequest)} on request only`
				: refusal.onRequest.length === 0
					? `All pools of MetalLB are for other Services: ${names(refusal.forOthers)}`
					: `MetalLB assigns from ${names(refusal.onRequest)} on request only, and has ${names(refusal.forOthers)} for other Services`;
		}
	}
}

function evidenceOf(refusal: PoolRefusal): readonly EvidenceField[] {
	if (refusal.why === 'for-others') {
		return [allocationField(refusal.pool)];
	}

	return refusal.why === 'none-unasked'
		? [
				...refusal.onRequest
					.slice(0, 2)
					.map((pool) => objectField(refOf('IPAddressPool', pool), 'spec.autoAssign', 'false')),
				...refusal.forOthers.slice(0, 2).map(allocationField),
			]
		: [];
}

function allocationField(pool: IpAddressPool): EvidenceField {
	const {namespaces = [], namespaceSelectors = [], serviceSelectors = []} = pool.allocateTo ?? {};
	const asked = [
		namespaces.length > 0 && `namespaces ${namesList(namespaces)}`,
		namespaceSelectors.length > 0 && 'namespaceSelectors',
		serviceSelectors.length > 0 && 'serviceSelectors',
	].filter((each) => each !== false);
	return objectField(refOf('IPAddressPool', pool), 'spec.serviceAllocation', asked.join(', '));
}

function remedyOf({why}: PoolRefusal): string {
	switch (why) {
		case 'no-pools': {
			return 'Add an IPAddressPool, and an L2Advertisement or a BGPAdvertisement for it.';
		}

		case 'no-such-pool': {
			return 'Correct the annotation metallb.io/address-pool, or add the pool.';
		}

		case 'outside': {
			return 'Ask for an address of a pool, or add a pool with this one.';
		}

		case 'for-others': {
			return 'Ask for another pool, or let spec.serviceAllocation of this one take the Service.';
		}

		case 'none-unasked': {
			return 'Name a pool in the annotation metallb.io/address-pool, or add one that takes the Service, with autoAssign true.';
		}
	}
}

function names(pools: readonly IpAddressPool[]): string {
	return namesList(
		pools.map(({name}) => name),
		2,
	);
}
