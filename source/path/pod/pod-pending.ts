import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {findCondition} from '../../model/meta.ts';
import type {EventObject} from '../../model/workloads/event-object.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {eventField, eventText} from '../event-field.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {quoted, steadyDuration} from '../words.ts';
import {podProblemOf} from './problem.ts';
import {notReadySince} from './starting.ts';
import {podNames, severityFor, worstSeverity, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

/** KNET704: pods that are not scheduled, are gated, or whose containers the kubelet cannot make yet. */
export function podPending(view: PodsView): readonly Finding[] {
	const pending = view.pods.flatMap((pod) => {
		const why = reasonOf(view, pod);
		return why ? [{pod, ...why}] : [];
	});
	return [...Map.groupBy(pending, ({text}) => text).values()].map((group) => {
		const pods = group.map(({pod}) => pod);
		const [{pod, text, remedy}] = group as [Pending, ...Pending[]];
		return finding(podFindings.podPending, {
			severity: worstSeverity(pods.map((item) => severityFor(view, item, true))),
			message: `${podNames(pods)} ${text}`.replace(/\.*$/, '.'),
			evidence: group.slice(0, 5).map(({field}) => field),
			remedy,
			command: kubectl(pod, 'describe', 'pod', pod.name),
		});
	});
}

type Why = {readonly text: string; readonly field: EvidenceField; readonly remedy: string};
type Pending = Why & {readonly pod: Pod};

function reasonOf(view: PodsView, pod: Pod): Why | undefined {
	const podProblem = podProblemOf(pod);
	if (podProblem?.type === 'unscheduled') {
		return unscheduled(pod, podProblem);
	}

	const isPending = podProblem?.type === 'unexplained' && pod.phase === 'Pending';
	return podProblem?.type === 'creating' || isPending ? creating(view, pod) : undefined;
}

function unscheduled(pod: Pod, {reason, message}: {readonly reason: string; readonly message: string}): Why {
	const isGated = reason === 'SchedulingGated';
	return {
		text: isGated
			? 'is held by a scheduling gate'
			: `is not scheduled: ${message ? quoted(message) : reason}`,
		field: objectField(
			refOf('Pod', pod),
			`status.conditions[PodScheduled].${message ? 'message' : 'reason'}`,
			message || reason,
		),
		remedy: isGated
			? 'Look at the controller that put spec.schedulingGates there and should remove it.'
			: 'Free or add what the scheduler asks for.',
	};
}

// The kubelet says with these why it cannot make the containers: volumes, network, sandbox.
const creationTrouble =
	/^Failed(?:Mount|AttachVolume|MapVolume|CreatePodSandBox|CreatePodContainer)$|^NetworkNotReady$/;

function creating({snapshot}: PodsView, pod: Pod): Why {
	const since = notReadySince(pod);
	if (!pod.nodeName && findCondition(pod.conditions, 'PodScheduled') === undefined) {
		return unseen(pod, since === undefined ? '' : ` for ${steadyDuration(snapshot.now - since)}`);
	}

	const event = snapshot
		.eventsOf('Pod', pod.namespace, pod.name)
		.findLast(({reason}) => creationTrouble.test(reason));
	const probe = event ? undefined : failedProbe(snapshot, pod);
	if (probe) {
		return {
			text: `is starting, and a probe fails: ${quoted(eventText(probe))}`,
			field: eventField(probe),
			remedy: 'Look at the container that has the probe: the others wait for it.',
		};
	}

	return event
		? {
				text: `cannot start: ${eventText(event)}`,
				field: eventField(event),
				remedy: 'Fix what the kubelet says: the volume, the network plugin, a missing ConfigMap or Secret.',
			}
		: {
				text:
					since === undefined
						? 'is starting'
						: `has been starting for ${steadyDuration(snapshot.now - since)}`,
				field: objectField(refOf('Pod', pod), 'status.phase', pod.phase),
				remedy: 'Wait; if it stays like this, see its events.',
			};
}

/** A scheduler writes the condition also where no node fits. */
function unseen(pod: Pod, time: string): Why {
	return {
		text: `has waited${time} for a scheduler: none has looked at it`,
		field: objectField(refOf('Pod', pod), 'status.conditions[PodScheduled]', 'absent'),
		remedy: 'See that kube-scheduler runs, and that spec.schedulerName is the name of a scheduler here.',
	};
}

/** As of a proxy that holds the start of the application until it is ready (istio.io, holdApplicationUntilProxyStarts). */
function failedProbe(snapshot: PodsView['snapshot'], {namespace, name}: Pod): EventObject | undefined {
	return snapshot.eventsOf('Pod', namespace, name).findLast(({reason}) => reason === 'Unhealthy');
}
