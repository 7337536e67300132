import {kubectl} from '../../model/safe-text/command.ts';
import type {EventObject} from '../../model/workloads/event-object.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {eventText} from '../event-field.ts';
import {quoted} from '../words.ts';

export type ProbeKill = {readonly text: string; readonly event: EventObject};

/**
 * Whether the kubelet ended the last run of a container because of a probe. The exit code does not tell: a program that
 * stops on SIGTERM ends with 0. Source: kubernetes, pkg/kubelet/kuberuntime/kuberuntime_manager.go, computePodActions.
 */
export function killedByProbe(
	snapshot: Snapshot,
	{namespace, name}: Pod,
	container: Container,
): ProbeKill | undefined {
	const events = snapshot.eventsOf('Pod', namespace, name);
	const kill = events.findLast((event) => event.reason === 'Killing' && probeOf(event, container.name));
	const probe = kill && probeOf(kill, container.name);
	if (!probe || !isOfLastRun(kill, container)) {
		return undefined;
	}

	const failure = events.findLast(
		({reason, message}) => reason === 'Unhealthy' && message.toLowerCase().includes(`${probe} probe failed`),
	);
	const why = failure ? quoted(eventText(failure)) : `its ${probe} probe failed`;
	return {text: `killed after ${why}`, event: kill};
}

function probeOf({message}: EventObject, container: string): string | undefined {
	return ['liveness', 'startup'].find((probe) =>
		message.includes(`Container ${container} failed ${probe} probe`),
	);
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
