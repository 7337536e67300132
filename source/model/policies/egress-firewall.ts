import type {Meta} from '../meta.ts';

/** Source: k8s.ovn.org/v1 EgressFirewall (OVN-Kubernetes): the first rule that means a destination outside the cluster decides. */
export type EgressFirewall = Meta & {readonly rules: readonly EgressFirewallRule[]};

export type EgressFirewallRule = {
	readonly allows: boolean;
	/** Absent: nodes by label or names of DNS, which are not followed. */
	readonly cidr?: string;
	/** Empty: all. `port` undefined: every one of the protocol. */
	readonly ports: readonly {readonly protocol: string; readonly port?: number}[];
};
