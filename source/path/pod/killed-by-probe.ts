import {kubectl} from '../../model/safe-text/command.ts';
import type {EventObject} from '../../model/workloads/event-object.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {eventText} from '../event-field.ts';
import {quoted} from '../words.ts';

export type ProbeKill = {readonly text: string; readonly event: EventObject};

/** How a container ends that the kubelet stops: by itself on SIGTERM, of SIGTERM, or of SIGKILL. */
const stopped = new Set([0, 143, 137]);

/**
Whether the last run of a container ended after a probe had failed, as one ends that the kubelet stops. Its exit code and its log do
not tell. The kubelet says so in an Event of type Normal (kuberuntime_manager.go, computePodActions), which knet does not watch; the
Warning before it names no container.
*/
export function killedByProbe(snapshot: Snapshot, pod: Pod, container: Container): ProbeKill | undefined {
	const {lastExitCode, lastReason} = container.state;
	const isAlone = pod.containers.length === 1 && pod.initContainers.every(({sidecar}) => !sidecar);
	if (!isAlone || lastExitCode === undefined || !stopped.has(lastExitCode) || lastReason === 'OOMKilled') {
		return undefined;
	}

	const event = snapshot
		.eventsOf('Pod', pod.namespace, pod.name)
		.findLast(({reason, message}) => reason === 'Unhealthy' && /(?:liveness|startup) probe/iu.test(message));
	return event && isOfLastRun(event, container)
		? {text: `ended after ${quoted(eventText(event))}`, event}
		: undefined;
}

function isOfLastRun({at}: EventObject, {state: {lastStartedAt, lastFinishedAt}}: Container): boolean {
	return (
		lastStartedAt !== undefined && lastFinishedAt !== undefined && at >= lastStartedAt && at <= lastFinishedAt
	);
}

export function probeAdvice(pod: Pod): {remedy: string; command: string} {
	return {
		remedy: 'If the application is well, fix the probe or give it more time; else fix the application.',
		command: kubectl(pod, 'describe', 'pod', pod.name),
	};
}
