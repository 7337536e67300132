import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import {eventField} from '../event-field.ts';
import {type EvidenceField, type Finding, finding, objectField} from '../finding.ts';
import {killedByProbe, probeAdvice} from './killed-by-probe.ts';
import {count, steadyDuration} from '../words.ts';
import {podProblemOf} from './problem.ts';
import {podNames, severityFor, worstSeverity, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

/** KNET701: containers that wait or have ended, grouped by what they say. */
export function containerWaiting(view: PodsView): readonly Finding[] {
	const stuck = view.pods.flatMap((pod) => {
		const podProblem = podProblemOf(pod);
		return podProblem?.type === 'stopped' || podProblem?.type === 'initializing'
			? [{pod, ...podProblem}]
			: [];
	});
	const groups = Map.groupBy(
		stuck,
		({container, type}) => `${type} ${container.name} ${reasonOf(container)}`,
	);
	return [...groups.values()].map((group) => waitingFinding(view, group));
}

type Stuck = {
	readonly pod: Pod;
	readonly type: 'stopped' | 'initializing';
	readonly container: Container;
};

function waitingFinding(view: PodsView, group: readonly Stuck[]): Finding {
	const pods = group.map(({pod}) => pod);
	const [{pod, container, type}] = group as [Stuck, ...Stuck[]];
	const kill = type === 'stopped' ? killedByProbe(view.snapshot, pod, container) : undefined;
	const {state, ...advice} =
		type === 'initializing'
			? {state: runsSince(container, view.snapshot.now), ...runsOn(pod, container)}
			: kill
				? {state: `waits to start again: it ${kill.text}`, ...probeAdvice(pod)}
				: {state: stateOf(container), ...adviceFor(pod, container)};
	const what = `${isInit({pod, container}) ? 'init container' : 'container'} ${container.name}`;
	return finding(podFindings.containerWaiting, {
		severity: worstSeverity(pods.map((item) => severityFor(view, item, type === 'initializing'))),
		message: `${podNames(pods)}: ${what} ${state}.`,
		evidence: [...group.slice(0, 5).map(stateField), ...(kill ? [eventField(kill.event)] : [])],
		...advice,
	});
}

/** The status of a running container has no reason; `ready: false` says that the other containers still wait for it. */
function stateField(stuck: Stuck): EvidenceField {
	const {name, state} = stuck.container;
	const status = `status.${isInit(stuck) ? 'initContainerStatuses' : 'containerStatuses'}[${name}]`;
	const object = refOf('Pod', stuck.pod);
	return stuck.type === 'initializing'
		? objectField(object, `${status}.ready`, 'false')
		: objectField(object, `${status}.state.${state.type}.reason`, reasonOf(stuck.container));
}

/** An init container must end before the others start: it may only take its time. */
function runsOn(pod: Pod, {name}: Container): {remedy: string; command: string} {
	return {
		remedy: 'Read in the log what the init container still does or waits for.',
		command: kubectl(pod, 'logs', pod.name, '-c', name),
	};
}

function isInit({pod, container}: Pick<Stuck, 'pod' | 'container'>): boolean {
	return pod.initContainers.includes(container);
}

function reasonOf({state}: Container): string {
	return state.reason || state.type;
}

function runsSince({state}: Container, now: number): string {
	const since = state.since === undefined ? '' : ` for ${steadyDuration(now - state.since)}`;
	return `has been running${since}, and the others wait for it`;
}

function stateOf({state, restarts}: Container): string {
	if (state.type === 'terminated') {
		return `ended with exit code ${state.exitCode ?? 0}${state.reason ? ` (${state.reason})` : ''}${restarted(restarts)}`;
	}

	if (state.reason === 'CrashLoopBackOff') {
		const last = state.lastExitCode === undefined ? '' : `, last exit code ${state.lastExitCode}`;
		const why = state.lastReason && state.lastReason !== 'Error' ? ` (${state.lastReason})` : '';
		return `is in CrashLoopBackOff${last}${why}${restarted(restarts)}`;
	}

	return `waits: ${state.reason ?? 'no reason given'}${state.message ? `, ${state.message.trim().replace(/\.$/, '')}` : ''}`;
}

function restarted(restarts: number): string {
	return restarts === 0 ? '' : `, ${count(restarts, 'restart')}`;
}

function adviceFor(pod: Pod, {name, state, restarts}: Container): {remedy: string; command: string} {
	const describe = kubectl(pod, 'describe', 'pod', pod.name);
	const reason = state.reason ?? '';
	if (reason === 'ErrImageNeverPull') {
		return {
			remedy: 'Load the image onto the node of the pod, or let imagePullPolicy be IfNotPresent.',
			command: describe,
		};
	}

	if (/^(?:ErrImage|ImagePull|InvalidImageName|ImageInspect|RegistryUnavailable)/.test(reason)) {
		return {remedy: 'Fix the image name or the pull secret.', command: describe};
	}

	if (reason.startsWith('CreateContainer') || reason === 'RunContainerError') {
		return {
			remedy: 'Fix what the message names: a ConfigMap or Secret, a command, a mount.',
			command: describe,
		};
	}

	const isAgain = restarts > 0 && state.type === 'waiting';
	return {
		remedy: 'Read what the container said before it ended, and fix that.',
		command: kubectl(pod, 'logs', pod.name, '-c', name, isAgain ? '--previous' : undefined),
	};
}
