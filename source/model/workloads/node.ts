import type {Condition, Meta} from '../meta.ts';

/** How EKS runs a node: `fargate`, `auto` (Auto Mode) or `ec2`. */
export const computeTypeLabel = 'eks.amazonaws.com/compute-type';

/** A Kubernetes Node. Source: core/v1 Node. */
export type Node = Meta & {
	/** Label `topology.kubernetes.io/zone`. */
	readonly zone?: string;
	readonly addresses: readonly {readonly type: string; readonly address: string}[];
	readonly podCIDRs: readonly string[];
	/** `spec.providerID`: the cloud that the node is a machine of. */
	readonly providerId?: string;
	readonly unschedulable: boolean;
	readonly conditions: readonly Condition[];
	/** True when the Ready condition is True. */
	readonly ready: boolean;
	readonly taints: readonly {readonly key: string; readonly value: string; readonly effect: string}[];
	readonly kubeletVersion?: string;
	/** How k3s or RKE2 was started (annotation `k3s.io/node-args`), of it the flags that a walk reads. */
	readonly nodeArgs?: readonly string[];
};
