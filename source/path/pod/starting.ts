import {findCondition} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';

/** How long a pod may take to get ready before that is worth a word. Milliseconds. */
const startTime = 10_000;

/** Whether a pod that is not ready was made, or had a container started, less than 10 s ago: a rollout looks like this. */
export function isStarting(pod: Pod, now: number): boolean {
	const since = startedAt(pod);
	return !pod.ready && since !== undefined && now - since < startTime;
}

function startedAt(pod: Pod): number | undefined {
	const scheduled = findCondition(pod.conditions, 'PodScheduled')?.changedAt;
	// A container that was started again after it ran well is no start of the pod.
	const running =
		pod.restarts === 0
			? pod.containers.map(({state}) => (state.type === 'running' ? state.since : undefined))
			: [];
	const times = [pod.createdAt, scheduled, ...running].filter((time) => time !== undefined);
	return times.length === 0 ? undefined : Math.max(...times);
}

/** Milliseconds since the pod was last ready, or since it was made. */
export function notReadySince(pod: Pod): number | undefined {
	return findCondition(pod.conditions, 'Ready')?.changedAt ?? pod.createdAt;
}
