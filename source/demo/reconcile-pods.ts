import {list, number, record, text, type Wire} from '../projection/wire.ts';
import {advancePod, isTerminating, newPod, podIsReady, terminate} from './simulated-pod.ts';
import {nodes} from './seed.ts';
import type {Turn} from './turn.ts';
import {hashOf} from './hash-of.ts';
import {nameOf, type World, type WorldObject} from './world.ts';

/** What the workload controllers, the scheduler and the kubelets do in one turn. */
export function reconcilePods(turn: Turn): void {
	for (const pod of turn.world.list('Pod')) {
		advancePod(turn, pod);
	}

	for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
		for (const workload of turn.world.list(kind)) {
			reconcileWorkload(turn, workload);
		}
	}
}

function reconcileWorkload(turn: Turn, workload: WorldObject): void {
	const pods = turn.world.list('Pod').filter((pod) => ownerOf(pod) === nameOf(workload));
	const wanted = names(turn.world, workload);
	const current = pods.filter((pod) => wanted.includes(pod.metadata.name) && !isTerminating(pod));
	const missing = wanted.filter((name) => !pods.some((pod) => pod.metadata.name === name));
	// One pod a turn, as a rolling update does: new ones first, old ones when the new ones are ready.
	missing
		.slice(0, current.length === 0 && pods.length === 0 ? wanted.length : 1)
		.forEach((name) => turn.world.put(newPod(turn.world, workload, name)));
	const superfluous = pods.filter((pod) => !wanted.includes(pod.metadata.name) && !isTerminating(pod));
	const ready = current.filter(podIsReady).length;
	if (superfluous.length > 0 && ready + superfluous.length > wanted.length) {
		superfluous.slice(0, wanted.length === 0 ? superfluous.length : 1).forEach((pod) => terminate(turn, pod));
	}

	putStatus(turn.world, workload, {
		wanted: wanted.length,
		ready: pods.filter((pod) => podIsReady(pod) && !isTerminating(pod)).length,
	});
}

/** The pods a workload should have, by name. A changed template changes the names of a Deployment's pods. */
function names(world: World, workload: WorldObject): readonly string[] {
	const {name} = workload.metadata;
	if (workload.kind === 'DaemonSet') {
		return nodes
			.filter((node) => world.get('Node', node.name))
			.map((node) => `${name}-${node.name.slice(-1)}x7k2`);
	}

	const replicas = number(record(workload['spec'])['replicas'], 1);
	const positions = Array.from({length: replicas}, (_, position) => position);
	if (workload.kind === 'StatefulSet') {
		return positions.map((position) => `${name}-${position}`);
	}

	const hash = hashOf(JSON.stringify(record(workload['spec'])['template']));
	return positions.map((position) => `${name}-${hash}-${suffixes[position] ?? `p${position}`}`);
}

const suffixes = ['x2vqp', 'k8d4z', 'm5tjw', 'c9hrl', 'b7nfs', 'w4gxt'];

function ownerOf(pod: WorldObject): string {
	const owner = record(list(pod.metadata['ownerReferences'])[0]);
	const name = text(record(pod.metadata['annotations'])['knet/workload']) || text(owner['name']);
	return `${pod.metadata.namespace}/${name}`;
}

function putStatus(
	world: World,
	workload: WorldObject,
	{wanted, ready}: {readonly wanted: number; readonly ready: number},
): void {
	const status: Wire =
		workload.kind === 'DaemonSet'
			? {desiredNumberScheduled: wanted, numberReady: ready, updatedNumberScheduled: wanted}
			: {replicas: wanted, readyReplicas: ready, updatedReplicas: wanted};
	world.put({...workload, status});
}
