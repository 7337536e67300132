import type {LabelSelector} from '../matching/label-selector.ts';
import type {Meta} from '../meta.ts';

/** Source: metallb.io/v1beta1 IPAddressPool. */
export type IpAddressPool = Meta & {
	/** CIDRs and `FIRST-LAST`. */
	readonly addresses: readonly string[];
	/** False: only Services that ask for the pool get an address of it. */
	readonly autoAssign: boolean;
	/** `spec.serviceAllocation`: for whom the pool is; without it, for all. */
	readonly allocateTo?: ServiceAllocation;
};

/** A Service must be in one of the namespaces, by name or label, and fit one of its selectors. An empty list asks for nothing. */
export type ServiceAllocation = {
	readonly namespaces: readonly string[];
	readonly namespaceSelectors: readonly LabelSelector[];
	readonly serviceSelectors: readonly LabelSelector[];
};

/** Source: metallb.io/v1beta1 L2Advertisement and BGPAdvertisement. */
export type PoolAdvertisement = Meta & {
	/** By name and by label; both empty: all pools. */
	readonly pools: readonly string[];
	readonly poolSelectors: readonly LabelSelector[];
	/** Nodes that announce; empty: all. */
	readonly nodeSelectors: readonly LabelSelector[];
};
