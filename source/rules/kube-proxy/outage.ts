import {findCondition} from '../../model/meta.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';

/** Since when rules of a node are not written any more: between the two it may have run for moments, and written them. */
type Outage = {
	readonly first: number;
	readonly last: number;
	/** It never ran since the node began, so that there are no rules. */
	readonly neverRan: boolean;
};

/** A node's first pods are made as it joins; a pod that was made later replaces one that wrote rules. Milliseconds. */
const joins = 600_000;

/** Of a pod that should write rules on a node and does not run. Undefined: nothing says since when. */
export function outageOf(pod: Pod, node: Node | undefined): Outage | undefined {
	const ends = pod.containers.flatMap(({state}) => [
		...(state.lastFinishedAt === undefined ? [] : [state.lastFinishedAt]),
		...(state.type === 'terminated' && state.since !== undefined ? [state.since] : []),
	]);
	const hasRun = ends.length > 0 || pod.restarts > 0;
	if (!hasRun) {
		return ofUnstarted(pod, node);
	}

	const ready = findCondition(pod.conditions, 'Ready');
	const times = [...ends, ...(ready?.changedAt === undefined ? [] : [ready.changedAt])];
	return times.length === 0
		? undefined
		: {first: Math.min(...times), last: Math.max(...times), neverRan: false};
}

function ofUnstarted({createdAt, containers}: Pod, node: Node | undefined): Outage | undefined {
	const isWaiting = containers.some(({state}) => state.type === 'waiting');
	if (createdAt === undefined || node?.createdAt === undefined || !isWaiting) {
		return undefined;
	}

	return {first: createdAt, last: createdAt, neverRan: createdAt - node.createdAt < joins};
}

/** What the rules that were left mean for a Service. */
export type Effect = 'never-ran' | 'changed' | 'partly-changed' | 'unchanged' | 'unknown';

/** When the parts of a Service last changed, in milliseconds; undefined where nothing says it. */
type Changes = {
	readonly service: number | undefined;
	readonly slices: readonly (number | undefined)[];
	/** Of each endpoint that the node should use. */
	readonly endpoints: readonly (number | undefined)[];
};

/** Broken is only what changed after the rules did (kubernetes/kubernetes#28465, #38372). */
export function effectOf(outage: Outage | undefined, {service, slices, endpoints}: Changes): Effect {
	if (!outage) {
		return 'unknown';
	}

	const {first, last, neverRan} = outage;
	const isNewer = (time: number | undefined): boolean => time !== undefined && time > last;
	if (neverRan) {
		return 'never-ran';
	}

	if (isNewer(service) || (endpoints.length > 0 && endpoints.every(isNewer))) {
		return 'changed';
	}

	if (endpoints.some(isNewer) || slices.some(isNewer)) {
		return 'partly-changed';
	}

	const parts = endpoints.length > 0 ? endpoints : slices;
	const isOlder = (time: number | undefined): boolean => time !== undefined && time <= first;
	return isOlder(service) &&
		parts.every(isOlder) &&
		slices.every((time) => time === undefined || isOlder(time))
		? 'unchanged'
		: 'unknown';
}
