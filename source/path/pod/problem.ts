import {findCondition, type Condition} from '../../model/meta.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import {hasEnded} from '../../rules/endpoint-slices/membership.ts';

/** What keeps one pod from being ready: one thing, the one to fix first. */
type PodProblem =
	/** KNET704. `message` is the scheduler's own. */
	| {readonly type: 'unscheduled'; readonly reason: string; readonly message: string}
	/** KNET704: `ContainerCreating` or the like: the kubelet is at it, or waits for a volume. */
	| {readonly type: 'creating'; readonly container: Container}
	/** KNET701. */
	| {readonly type: 'stopped'; readonly container: Container}
	/** KNET701: an init container runs, and the others wait for it. */
	| {readonly type: 'initializing'; readonly container: Container}
	/** KNET702. */
	| {readonly type: 'not-passing'; readonly container: Container}
	/** KNET703. */
	| {readonly type: 'gate'; readonly gate: string; readonly status: string; readonly message: string}
	/** KNET701, of a pod that was asked for by name: behind a Service such pods do not count. */
	| {readonly type: 'ended'; readonly reason: string}
	/** KNET713. */
	| {readonly type: 'no-ip'}
	/** Everything in the pod is well, and it is not Ready: the node lifecycle controller does so when the node is lost. */
	| {readonly type: 'unexplained'; readonly isMarked: boolean; readonly condition?: Condition};

/** Undefined for a pod that is ready or is being deleted. */
export function podProblemOf(pod: Pod): PodProblem | undefined {
	if (pod.deletedAt !== undefined) {
		return undefined;
	}

	if (hasEnded(pod)) {
		return {type: 'ended', reason: [pod.reason ?? pod.phase, pod.message].filter(Boolean).join(': ')};
	}

	if (pod.ready) {
		return pod.phase === 'Running' && pod.podIPs.length === 0 ? {type: 'no-ip'} : undefined;
	}

	return unscheduled(pod) ?? initProblem(pod) ?? containerProblem(pod) ?? gateProblem(pod) ?? rest(pod);
}

function unscheduled(pod: Pod): PodProblem | undefined {
	const condition = findCondition(pod.conditions, 'PodScheduled');
	return condition?.status === 'False' && !pod.nodeName
		? {type: 'unscheduled', reason: condition.reason, message: condition.message}
		: undefined;
}

function initProblem(pod: Pod): PodProblem | undefined {
	if (findCondition(pod.conditions, 'Initialized')?.status === 'True') {
		return undefined;
	}

	const container = pod.initContainers.find(
		({state, sidecar}) =>
			!(state.type === 'terminated' && state.exitCode === 0) && !(sidecar && state.type === 'running'),
	);
	if (!container || container.state.type === 'unknown') {
		return undefined;
	}

	return container.state.type === 'running'
		? {type: 'initializing', container}
		: stoppedOrCreating(container);
}

function containerProblem(pod: Pod): PodProblem | undefined {
	const waiting = [...pod.containers, ...pod.initContainers.filter(({sidecar}) => sidecar)].filter(
		({ready}) => !ready,
	);
	const stopped = waiting.find(({state}) => state.type === 'waiting' || state.type === 'terminated');
	const running = waiting.find(({state}) => state.type === 'running');
	return stopped ? stoppedOrCreating(stopped) : running && {type: 'not-passing', container: running};
}

// Reasons by which the kubelet says that it is still working on it (pkg/kubelet ContainerCreating, PodInitializing).
const atWork = new Set(['', 'ContainerCreating', 'PodInitializing']);

function stoppedOrCreating(container: Container): PodProblem {
	return container.state.type === 'waiting' && atWork.has(container.state.reason ?? '')
		? {type: 'creating', container}
		: {type: 'stopped', container};
}

function gateProblem(pod: Pod): PodProblem | undefined {
	const gate = pod.readinessGates.find((type) => findCondition(pod.conditions, type)?.status !== 'True');
	if (gate === undefined) {
		return undefined;
	}

	const condition = findCondition(pod.conditions, gate);
	return {type: 'gate', gate, status: condition?.status ?? 'absent', message: condition?.message ?? ''};
}

/**
`isMarked`: the kubelet writes a reason beside a Ready condition that is False (pkg/kubelet/status/generate.go). The node lifecycle
controller sets the status alone, for pods of a node that is not heard (MarkPodsNotReady in pkg/controller/util/node).
*/
function rest(pod: Pod): PodProblem {
	const condition = findCondition(pod.conditions, 'Ready');
	const isMarked =
		condition?.status === 'False' &&
		!condition.reason &&
		!condition.message &&
		pod.nodeName !== undefined &&
		pod.containers.some(({state}) => state.type === 'running');
	return {type: 'unexplained', isMarked, condition};
}
