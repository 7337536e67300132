import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {showPod} from '../planned.ts';
import {count, instant, namesOf} from '../words.ts';
import {lostNodeOf} from './held-by-lost-node.ts';
import {podProblemOf} from './problem.ts';
import {isStarting} from './starting.ts';
import {podNames, severityFor, worstSeverity, type PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

/** KNET711. */
export function podTerminating(view: PodsView): readonly Finding[] {
	const leaving = view.pods.filter((pod) => pod.deletedAt !== undefined && !lostNodeOf(view, pod));
	const [first] = leaving;
	return first
		? [
				finding(podFindings.podTerminating, {
					message: `${count(leaving.length, 'pod')} ${leaving.length === 1 ? 'is' : 'are'} shutting down: ${namesOf(leaving.map(({name}) => name))}.`,
					evidence: leaving
						.slice(0, 5)
						.map((pod) =>
							objectField(refOf('Pod', pod), 'metadata.deletionTimestamp', instant(pod.deletedAt ?? 0)),
						),
					remedy: 'Wait: it goes away within its grace period.',
					command: showPod(first),
				}),
			]
		: [];
}

// Names that the injectors of Istio, Linkerd, Consul and Kuma give their proxies.
const meshProxies: Readonly<Record<string, string>> = {
	'istio-proxy': 'Istio',
	'linkerd-proxy': 'Linkerd',
	'consul-dataplane': 'Consul',
	'kuma-sidecar': 'Kuma',
};

function meshOf(pod: Pod): string | undefined {
	const proxy = [...pod.containers, ...pod.initContainers].find(({name}) => Object.hasOwn(meshProxies, name));
	return proxy && meshProxies[proxy.name];
}

/** KNET712. */
export function meshSidecar({pods}: PodsView): readonly Finding[] {
	const meshed = pods.filter((pod) => meshOf(pod) !== undefined);
	const [first] = meshed;
	return first
		? [
				finding(podFindings.meshSidecar, {
					message: `${podNames(meshed)}: a proxy of ${meshOf(first)} takes the connections; under strict mTLS plain probes fail.`,
					evidence: meshed
						.slice(0, 2)
						.map((pod) =>
							objectField(
								refOf('Pod', pod),
								'spec.containers[].name',
								pod.containers.map(({name}) => name).join(', '),
							),
						),
					remedy: 'Test from a pod of the same mesh.',
					command: showPod(first),
				}),
			]
		: [];
}

/** KNET713: Running for a while, and no address. */
export function podWithoutIp(view: PodsView): readonly Finding[] {
	const without = view.pods.filter(
		(pod) =>
			pod.phase === 'Running' &&
			pod.podIPs.length === 0 &&
			pod.deletedAt === undefined &&
			pod.createdAt !== undefined &&
			!isStarting({...pod, ready: false}, view.snapshot.now),
	);
	const [first] = without;
	return first
		? [
				finding(podFindings.podHasNoIp, {
					// A second obstacle of the same pod is not the cause: that one speaks for itself.
					severity: without.some((pod) => podProblemOf(pod)?.type === 'no-ip')
						? worstSeverity(without.map((pod) => severityFor(view, pod, false)))
						: 'warning',
					message: `${podNames(without)}: running without an IP address.`,
					evidence: without.slice(0, 5).map((pod) => objectField(refOf('Pod', pod), 'status.podIPs', 'none')),
					remedy: 'Look at the network plugin (CNI) of the node.',
					command: kubectl(first, 'describe', 'pod', first.name),
				}),
			]
		: [];
}

/** KNET701 for a pod that was asked for by name and will never run again. */
export function podEnded(view: PodsView): readonly Finding[] {
	return view.pods.flatMap((pod) => {
		const podProblem = podProblemOf(pod);
		return podProblem?.type === 'ended'
			? [
					finding(podFindings.containerWaiting, {
						severity: severityFor(view, pod, false),
						message: `${podNames([pod])} has ended and never runs again: ${podProblem.reason}`.replace(
							/\.*$/,
							'.',
						),
						evidence: [objectField(refOf('Pod', pod), 'status.phase', pod.phase)],
						remedy: 'Ask for a pod that runs.',
						command: kubectl(pod, 'get', 'pods'),
					}),
				]
			: [];
	});
}
