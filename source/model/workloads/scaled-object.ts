import type {Condition, Meta} from '../meta.ts';

/** Source: keda.sh/v1alpha1 ScaledObject (keda.sh, ScaledObject specification): KEDA scales its target, down to none where no trigger is active. */
export type ScaledObject = Meta & {
	readonly target: {readonly kind: string; readonly name: string};
	/** How many pods stay while no trigger is active, and by which field. */
	readonly idle: {readonly field: 'idleReplicaCount' | 'minReplicaCount'; readonly replicas: number};
	readonly triggers: readonly {readonly type: string; readonly scalerAddress?: string}[];
	readonly conditions: readonly Condition[];
};
