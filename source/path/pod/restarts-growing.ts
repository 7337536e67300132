import {kubectl} from '../../model/safe-text/command.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import {type Finding, finding} from '../finding.ts';
import {servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';
import {count, span} from '../words.ts';
import {podNames, podObject, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

const recent = 600_000;

/** KNET710: containers that run now and were started again in the last 10 minutes. One restart is only a remark. */
export function restartsGrowing(view: PodsView): readonly Finding[] {
	const again = view.pods
		.filter(({deletedAt}) => deletedAt === undefined)
		.flatMap((pod) =>
			servingContainers(pod)
				.filter((container) => hasRestarted(container, view.snapshot.now))
				.map((container) => ({pod, container})),
		);
	return [...Map.groupBy(again, ({container}) => container.name).values()].map((group) =>
		restarted(group, view.snapshot.now),
	);
}

function hasRestarted({state, restarts}: Container, now: number): boolean {
	return (
		state.type === 'running' &&
		restarts > 0 &&
		state.lastFinishedAt !== undefined &&
		now - state.lastFinishedAt < recent
	);
}

type Restarted = {readonly pod: Pod; readonly container: Container};

function restarted(group: readonly Restarted[], now: number): Finding {
	const [worst] = group.toSorted((a, b) => b.container.restarts - a.container.restarts) as [Restarted];
	const {pod, container} = worst;
	const {lastReason, lastExitCode, lastFinishedAt = now} = container.state;
	const end = [
		lastReason && lastReason !== 'Error' ? lastReason : '',
		lastExitCode === undefined ? '' : `exit code ${lastExitCode}`,
	].filter(Boolean);
	return finding(podFindings.restartsGrowing, {
		severity: container.restarts > 1 ? 'warning' : 'info',
		message: `${podNames([pod, ...group.map((item) => item.pod).filter((item) => item !== pod)])}: container ${container.name} was restarted ${count(container.restarts, 'time')}, last ${span(now - lastFinishedAt)} ago${end.length > 0 ? ` (${end.join(', ')})` : ''}.`,
		evidence: group.slice(0, 5).map((item) => ({
			object: podObject(item.pod),
			path: `status.containerStatuses[${item.container.name}].restartCount`,
			value: String(item.container.restarts),
		})),
		remedy: 'See how it ended, and fix that: a crash, memory, a liveness probe.',
		command: kubectl(pod, 'logs', pod.name, '-c', container.name, '--previous'),
	});
}
