import {parseObjects} from '../feeds/file/parse-objects.ts';
import {reconcileIngresses} from './reconcile-ingresses.ts';
import {reconcilePods} from './reconcile-pods.ts';
import {reconcileServices} from './reconcile-services.ts';
import {nodes, seed} from './seed.ts';
import type {Conditions} from './turn.ts';
import {createWorld, type World} from './world.ts';

export type Simulation = {
	readonly world: World;
	readonly conditions: Conditions;
	/** Lets the simulated controllers and kubelets act once. */
	readonly tick: () => void;
	/** Until nothing changes any more: a cluster that has come up. */
	readonly settle: () => void;
};

/** A cluster of three nodes with its controllers and kubelets; time passes only by `tick`. */
export function createSimulation(clock: () => number = Date.now): Simulation {
	const world = createWorld(clock);
	const conditions: Conditions = {behaviours: new Map(), loadBalancerDown: false};
	for (const node of nodes) {
		world.put(nodeObject(node));
	}

	for (const object of parseObjects(seed, 'the demo')) {
		world.put(object);
	}

	const tick = (): void => {
		reconcilePods({world, conditions, now: clock()});
		reconcileServices({world, conditions, now: clock()});
		reconcileIngresses(world);
	};

	const settle = (): void => {
		let before = -1;
		while (before !== world.version()) {
			before = world.version();
			tick();
		}
	};

	return {world, conditions, tick, settle};
}

function nodeObject({name, zone, address, pods}: (typeof nodes)[number]) {
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			labels: {
				'kubernetes.io/hostname': name,
				'topology.kubernetes.io/zone': zone,
				'topology.kubernetes.io/region': 'region-1',
			},
		},
		spec: {podCIDRs: [`${pods}.0/24`]},
		status: {
			addresses: [
				{type: 'InternalIP', address},
				{type: 'Hostname', address: name},
			],
			conditions: [
				{type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status'},
			],
			nodeInfo: {kubeletVersion: 'v1.35.0', kubeProxyVersion: 'v1.35.0'},
		},
	};
}
