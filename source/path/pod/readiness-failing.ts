import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {EventObject} from '../../model/workloads/event-object.ts';
import type {Condition} from '../../model/meta.ts';
import type {Container, Pod, Probe} from '../../model/workloads/pod.ts';
import {eventField, eventText} from '../event-field.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {count, quoted, steadyDuration} from '../words.ts';
import {podProblemOf} from './problem.ts';
import {notReadySince} from './starting.ts';
import {containerField, podNames, readinessSeverity, worstSeverity, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

/** KNET702: containers that run and are not ready, grouped by container. The kubelet's own Event is quoted. */
export function readinessFailing(view: PodsView): readonly Finding[] {
	const failing = view.pods.flatMap((pod) => {
		const podProblem = podProblemOf(pod);
		return podProblem?.type === 'not-passing' ? [{pod, container: podProblem.container}] : [];
	});
	return [...Map.groupBy(failing, ({container}) => container.name).values()].map((group) =>
		failingFinding(view, group),
	);
}

type Failing = {readonly pod: Pod; readonly container: Container};

function failingFinding(view: PodsView, group: readonly Failing[]): Finding {
	const pods = group.map(({pod}) => pod);
	const {pod, container, event} = representative(view, group);
	const said = event ? `: ${quoted(eventText(event))}` : '';
	return finding(podFindings.readinessProbeFailing, {
		severity: worstSeverity(pods.map((item) => readinessSeverity(view, item))),
		message:
			`${podNames([pod, ...pods.filter((item) => item !== pod)])}: container ${container.name} runs and ${notReadyFor(view, pod)} (${probeText(container.readinessProbe)})${said}`.replace(
				/\.*$/,
				'.',
			),
		evidence: [
			...group.slice(0, 5).map((item) => containerField(item.pod, item.container, 'ready', 'false')),
			...(event ? [eventField(event)] : []),
		],
		remedy: container.readinessProbe
			? 'If the application is well, fix the probe; else fix the application or what it waits for.'
			: 'Look at the startup probe and at what the application says.',
		command: kubectl(pod, 'describe', 'pod', pod.name),
	});
}

function notReadyFor({snapshot}: PodsView, pod: Pod): string {
	const since = notReadySince(pod);
	const age = since === undefined ? 0 : snapshot.now - since;
	return age < 1000 ? 'is not ready' : `has not been ready for ${steadyDuration(age)}`;
}

/** The pod that the kubelet complained about last. */
function representative(view: PodsView, group: readonly Failing[]): Failing & {readonly event?: EventObject} {
	const told = group.flatMap((item) => {
		const event = view.snapshot
			.eventsOf('Pod', item.pod.namespace, item.pod.name)
			.findLast(({reason}) => reason === 'Unhealthy');
		return event ? [{...item, event}] : [];
	});
	const [latest] = told.toSorted((a, b) => b.event.at - a.event.at);
	const [first] = group as [Failing, ...Failing[]];
	return latest ?? first;
}

/** `readiness probe HTTP GET :8080/healthz`. */
function probeText(probe: Probe | undefined): string {
	if (!probe) {
		return 'no readiness probe; a startup probe may hold it';
	}

	const port = probe.port === undefined ? '' : `:${probe.port}`;
	switch (probe.type) {
		case 'httpGet':
			return `readiness probe ${probe.scheme === 'HTTPS' ? 'HTTPS' : 'HTTP'} GET ${port}${probe.path ?? '/'}`;
		case 'tcpSocket':
			return `readiness probe TCP ${port}`;
		case 'grpc':
			return `readiness probe gRPC ${port}`;
		case 'exec':
			return 'readiness probe by a command';
	}
}

/** KNET702, where the containers are well and the pod is not Ready for a reason that only its condition tells. */
export function readinessUnexplained(view: PodsView): readonly Finding[] {
	return view.pods.flatMap((pod) => {
		const podProblem = podProblemOf(pod);
		const node = pod.nodeName ? view.snapshot.get('Node', '', pod.nodeName) : undefined;
		// A node that is lost, or was, explains it: KNET709 says so.
		return podProblem?.type !== 'unexplained' ||
			podProblem.isMarked ||
			pod.phase === 'Pending' ||
			(node && !node.ready)
			? []
			: [unexplained(view, pod, podProblem.condition)];
	});
}

function unexplained(view: PodsView, pod: Pod, condition: Condition | undefined): Finding {
	const containers = count(pod.containers.length, 'container');
	const why = condition?.message || condition?.reason || `phase ${pod.phase}`;
	const field = condition?.message ? 'message' : condition?.reason ? 'reason' : 'status';
	return finding(podFindings.readinessProbeFailing, {
		severity: readinessSeverity(view, pod),
		message: `${podNames([pod])} is not Ready with ${containers}: ${why}`.replace(/\.*$/, '.'),
		evidence: [
			objectField(refOf('Pod', pod), `status.conditions[Ready].${field}`, condition?.[field] ?? 'absent'),
		],
		remedy: 'See what the conditions and events of the pod say.',
		command: kubectl(pod, 'describe', 'pod', pod.name),
	});
}
