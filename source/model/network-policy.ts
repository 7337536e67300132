import type {LabelSelector} from './label-selector.ts';
import type {Meta} from './meta.ts';
import type {Protocol} from './service.ts';

/** Source: networking/v1 NetworkPolicy. */
export type NetworkPolicy = Meta & {
	readonly podSelector: LabelSelector;
	/** As written; empty where the spec leaves it out. */
	readonly policyTypes: readonly ('Ingress' | 'Egress')[];
	/** Absent differs from empty for the default of policyTypes. */
	readonly ingress?: readonly PolicyRule[];
	readonly egress?: readonly PolicyRule[];
};

export type PolicyRule = {
	/** `from` or `to`. Absent or empty: every peer. */
	readonly peers?: readonly PolicyPeer[];
	/** Absent or empty: every port. */
	readonly ports?: readonly PolicyPort[];
};

export type PolicyPeer = {
	readonly podSelector?: LabelSelector;
	readonly namespaceSelector?: LabelSelector;
	readonly ipBlock?: {readonly cidr: string; readonly except: readonly string[]};
};

export type PolicyPort = {
	/** Default TCP, already applied. */
	readonly protocol: Protocol;
	readonly port?: number | string;
	readonly endPort?: number;
};

/** A policy of another API (Calico, Cilium, AdminNetworkPolicy): noticed and named, not evaluated. */
export type ForeignPolicy = Meta & {readonly api: string};
