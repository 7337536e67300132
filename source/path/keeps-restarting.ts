import type {ContainerState} from '../model/workloads/pod.ts';

/** Restarts that lie further back are history. Milliseconds. */
const recently = 10 * 60_000;

export function hasRestartedRecently({lastFinishedAt}: ContainerState, now: number): boolean {
	return lastFinishedAt !== undefined && now - lastFinishedAt < recently;
}

/**
It ended a short while ago, after a short run. The count alone says little: in a pod that is a year old it also holds the reboots of
its node.
*/
export function keepsRestarting(state: ContainerState, now: number): boolean {
	const {lastStartedAt, lastFinishedAt = now} = state;
	const ranShortly = lastStartedAt === undefined || lastFinishedAt - lastStartedAt < recently;
	return ranShortly && hasRestartedRecently(state, now);
}
