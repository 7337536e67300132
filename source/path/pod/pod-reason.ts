import type {Container, Pod} from '../../model/workloads/pod.ts';
import {findCondition} from '../../model/meta.ts';

/**
Why a pod is not ready, in one word, as kubectl's STATUS column has it (printers: printPod): `CrashLoopBackOff`,
`Init:0/1`, `Terminating`; `NotReady` where that column says Running. Undefined for a pod that is ready.
*/
export function podReason(pod: Pod): string | undefined {
	if (pod.deletedAt !== undefined) {
		return pod.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
	}

	const status = initStatus(pod) ?? containerStatus(pod) ?? phaseStatus(pod);
	if (status !== 'Running') {
		return status;
	}

	return pod.ready ? undefined : 'NotReady';
}

function phaseStatus(pod: Pod): string {
	if (findCondition(pod.conditions, 'PodScheduled')?.reason === 'SchedulingGated') {
		return 'SchedulingGated';
	}

	return pod.reason ?? pod.phase;
}

/** Init containers run one after the other: the first that has not finished holds the pod. */
function initStatus(pod: Pod): string | undefined {
	if (findCondition(pod.conditions, 'Initialized')?.status === 'True') {
		return undefined;
	}

	const at = pod.initContainers.findIndex((container) => !isDone(container));
	const container = pod.initContainers[at];
	if (!container || container.state.type === 'unknown') {
		return undefined;
	}

	const reason = stopReason(container, 'PodInitializing');
	return `Init:${reason ?? `${at}/${pod.initContainers.length}`}`;
}

function isDone({state, sidecar}: Container): boolean {
	return (state.type === 'terminated' && state.exitCode === 0) || (sidecar && state.type === 'running');
}

function containerStatus(pod: Pod): string | undefined {
	const reasons = pod.containers.map((container) => stopReason(container, undefined));
	const reason = reasons.find((item) => item !== undefined);
	const isOneRunning = pod.containers.some(({state, ready}) => state.type === 'running' && ready);
	return reason === 'Completed' && isOneRunning ? 'Running' : reason;
}

function stopReason({state}: Container, ignored: string | undefined): string | undefined {
	switch (state.type) {
		case 'waiting':
			return state.reason === ignored ? undefined : state.reason || undefined;
		case 'terminated':
			return state.reason || `ExitCode:${state.exitCode ?? 0}`;
		case 'running':
		case 'unknown':
			return undefined;
	}
}
