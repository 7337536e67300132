import type {World} from './world.ts';

/** How an application behaves, apart from what its objects say: what a kubelet would find out. */
export type Behaviour = {
	/** Whether its readiness probe succeeds. */
	readonly ready: boolean;
	/** What the probe answers when it fails. */
	readonly failure: string;
	/** Its containers end as soon as they start. */
	readonly crashes: boolean;
	/** What its log says after the first line. */
	readonly log?: readonly string[];
};

/** What is broken about the simulated cluster beyond its objects; mishaps change it. */
export type Conditions = {
	/** By `namespace/workload`. */
	readonly behaviours: Map<string, Behaviour>;
	/** The cloud gives no addresses. */
	loadBalancerDown: boolean;
};

/** One turn of the simulated controllers and kubelets. `now` in milliseconds since the epoch. */
export type Turn = {readonly world: World; readonly conditions: Conditions; readonly now: number};
