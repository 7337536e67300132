import type {IpFamily} from '../../model/services/service.ts';

/** What is read of table `kube-proxy` of one family, from text or from JSON. */
export type NftTable = {
	readonly family: IpFamily;
	/** The table was seen to its end. */
	readonly isWhole: boolean;
	readonly elements: readonly NftElement[];
	readonly chains: ReadonlyMap<string, NftChain>;
};

export type NftElement = {
	readonly map: string;
	/** `10.96.0.1`, `tcp`, `80`; without an address for node ports. */
	readonly key: readonly string[];
	readonly comment?: string;
	/** A chain, or `drop`. */
	readonly verdict: string;
};

export type NftChain = {
	/** Chains that `numgen random` picks from, each as likely as another. */
	readonly balance: readonly string[];
	/** Where everything goes that no condition took away. */
	readonly goto?: string;
	/** `10.244.1.3:8080`. */
	readonly dnat?: string;
};
