import {kubectl} from '../../model/safe-text/command.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {eventField} from '../event-field.ts';
import {type Finding, finding} from '../finding.ts';
import {servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';
import {count, steadyDuration} from '../words.ts';
import {containerField, podNames, type PodsView} from './pod-view.ts';
import {killedByProbe, probeAdvice} from './killed-by-probe.ts';
import {podFindings} from './catalogue.ts';
import {hasRestartedRecently, keepsRestarting} from '../keeps-restarting.ts';

/** KNET710: containers that run now and were started again in the last 10 minutes. One restart after a long run is only a remark. */
export function restartsGrowing(view: PodsView): readonly Finding[] {
	const again = view.pods
		.filter(({deletedAt}) => deletedAt === undefined)
		.flatMap((pod) =>
			servingContainers(pod)
				.filter((container) => hasRestarted(container, view.snapshot.now))
				.map((container) => ({pod, container})),
		);
	return [...Map.groupBy(again, ({container}) => container.name).values()].map((group) =>
		restarted(group, view.snapshot),
	);
}

function hasRestarted({state, restarts}: Container, now: number): boolean {
	return state.type === 'running' && restarts > 0 && hasRestartedRecently(state, now);
}

function isRepeated({state, restarts}: Container, now: number): boolean {
	return restarts > 1 && keepsRestarting(state, now);
}

type Restarted = {readonly pod: Pod; readonly container: Container};

function restarted(group: readonly Restarted[], snapshot: Snapshot): Finding {
	const {now} = snapshot;
	const [worst] = group.toSorted(
		(a, b) =>
			Number(isRepeated(b.container, now)) - Number(isRepeated(a.container, now)) ||
			b.container.restarts - a.container.restarts,
	) as [Restarted];
	const {pod, container} = worst;
	const {lastFinishedAt = now} = container.state;
	const kill = killedByProbe(snapshot, pod, container);
	const end = kill?.text ?? endOf(container);
	return finding(podFindings.restartsGrowing, {
		severity: isRepeated(container, now) ? 'warning' : 'info',
		message: `${podNames([pod, ...group.map((item) => item.pod).filter((item) => item !== pod)])}: container ${container.name} was restarted ${count(container.restarts, 'time')}, last ${steadyDuration(now - lastFinishedAt)} ago${end ? ` (${end})` : ''}.`,
		evidence: [
			...group
				.slice(0, 5)
				.map((item) =>
					containerField(item.pod, item.container, 'restartCount', String(item.container.restarts)),
				),
			...(kill ? [eventField(kill.event)] : []),
		],
		...(kill
			? probeAdvice(pod)
			: {
					remedy: 'See how it ended, and fix that: a crash, memory, a liveness probe.',
					command: kubectl(pod, 'logs', pod.name, '-c', container.name, '--previous'),
				}),
	});
}

function endOf({state: {lastReason, lastExitCode}}: Container): string {
	return [
		lastReason && lastReason !== 'Error' ? lastReason : '',
		lastExitCode === undefined ? '' : `exit code ${lastExitCode}`,
	]
		.filter(Boolean)
		.join(', ');
}
