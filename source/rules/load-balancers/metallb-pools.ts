import {parseIp} from '../../model/matching/ip.ts';
import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {IpAddressPool} from '../../model/services/metallb.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {flagOf} from '../flag-of.ts';
import {isInRange} from './address-range.ts';
import {isBefore014, metalLbImage} from './metallb-image.ts';
import {wantedAddressesOf} from './shared-address.ts';

const poolKeys = ['metallb.io/address-pool', 'metallb.universe.tf/address-pool'];

/** Why MetalLB gives a Service no address, though pools may have free ones. */
export type PoolRefusal =
	| {readonly why: 'no-pools'}
	/** No pool has the name that the annotation asks for. */
	| {readonly why: 'no-such-pool'; readonly pool: string}
	/** No pool has the addresses that the Service asks for. */
	| {readonly why: 'outside'; readonly addresses: readonly string[]}
	/** The Service asks for this pool, by name or by address, and `serviceAllocation` of the pool excludes it. */
	| {readonly why: 'for-others'; readonly pool: IpAddressPool}
	/** The Service asks for no pool and no address, and no pool assigns by itself: each has autoAssign false, or excludes the Service. */
	| {
			readonly why: 'none-unasked';
			readonly onRequest: readonly IpAddressPool[];
			readonly forOthers: readonly IpAddressPool[];
	  };

/**
Only for a Service without an address: one that has an address keeps it. Source: metallb 0.15, controller/service.go (allocateIPs),
internal/allocator/allocator.go (Allocate, Assign, pinnedPoolsForService, isPoolCompatibleWithService).
*/
export function poolRefusal(snapshot: Snapshot, service: Service): PoolRefusal | undefined {
	const controller = snapshot
		.list('Deployment')
		.find((workload) => metalLbImage(workload, 'controller') !== undefined);
	// Before 0.14 pools may be in a ConfigMap or in AddressPools.
	const isHeard = controller && !isBefore014(controller, 'controller') && takesClass(controller, service);
	if (!isHeard || !isKnown(snapshot.state('IPAddressPool', controller.namespace))) {
		return undefined;
	}

	const pools = snapshot.list('IPAddressPool', controller.namespace);
	if (pools.length === 0) {
		return {why: 'no-pools'};
	}

	const addresses = wantedAddressesOf(service);
	const [name] = poolKeys.flatMap((key) => service.annotations[key] ?? []);
	if (addresses.length > 0) {
		return byAddress(snapshot, {service, pools}, addresses);
	}

	return name ? byName(snapshot, {service, pools}, name) : unasked(snapshot, {service, pools});
}

/** internal/k8s/controllers/service_controller.go, filterByLoadBalancerClass. */
function takesClass({containers}: Workload, {loadBalancerClass}: Service): boolean {
	return (flagOf(containers, 'lb-class') ?? '') === (loadBalancerClass ?? '');
}

type Asked = {readonly service: Service; readonly pools: readonly IpAddressPool[]};

function byAddress(
	snapshot: Snapshot,
	{service, pools}: Asked,
	addresses: readonly string[],
): PoolRefusal | undefined {
	const ips = addresses.flatMap((address) => parseIp(address) ?? []);
	if (ips.length < addresses.length) {
		return undefined;
	}

	const holding = pools.filter((pool) =>
		ips.every((ip) => pool.addresses.some((range) => isInRange(range, ip))),
	);
	return holding.length === 0 ? {why: 'outside', addresses} : forOthers(snapshot, service, holding);
}

function byName(snapshot: Snapshot, {service, pools}: Asked, name: string): PoolRefusal | undefined {
	const named = pools.filter((pool) => pool.name === name);
	return named.length === 0 ? {why: 'no-such-pool', pool: name} : forOthers(snapshot, service, named);
}

function forOthers(
	snapshot: Snapshot,
	service: Service,
	pools: readonly IpAddressPool[],
): PoolRefusal | undefined {
	return pools.every((pool) => placeOf(snapshot, service, pool) === 'excluded')
		? {why: 'for-others', pool: pools[0]!}
		: undefined;
}

function unasked(snapshot: Snapshot, {service, pools}: Asked): PoolRefusal | undefined {
	const excluding = pools.filter((pool) => {
		const place = placeOf(snapshot, service, pool);
		return place === 'excluded' || place === 'allowed';
	});
	const onRequest = pools.filter((pool) => !pool.autoAssign && !excluding.includes(pool));
	return excluding.length + onRequest.length === pools.length
		? {why: 'none-unasked', onRequest, forOthers: excluding}
		: undefined;
}

/**
What `serviceAllocation` of a pool means for a Service. `chosen`: the pool may assign by itself. `allowed`: only when the Service asks for
the pool (there are namespace selectors alone, and they match no namespace). `excluded`: never. Undefined: the labels of namespaces are
not known.
*/
function placeOf(
	snapshot: Snapshot,
	{namespace, labels}: Service,
	{allocateTo}: IpAddressPool,
): 'chosen' | 'allowed' | 'excluded' | undefined {
	if (!allocateTo) {
		return 'chosen';
	}

	const {namespaces, namespaceSelectors, serviceSelectors} = allocateTo;
	if (namespaceSelectors.length > 0 && !isKnown(snapshot.state('Namespace'))) {
		return undefined;
	}

	const matched = snapshot
		.list('Namespace')
		.filter((each) => namespaceSelectors.some((selector) => matchesSelector(selector, each.labels)))
		.map(({name}) => name);
	const named = [...namespaces, ...matched];
	const isIn = named.length === 0 || named.includes(namespace);
	const isSelected =
		serviceSelectors.length === 0 || serviceSelectors.some((selector) => matchesSelector(selector, labels));
	if (!isIn || !isSelected) {
		return 'excluded';
	}

	const isForAll = namespaces.length === 0 && namespaceSelectors.length === 0;
	return named.length > 0 || serviceSelectors.length > 0 || isForAll ? 'chosen' : 'allowed';
}
