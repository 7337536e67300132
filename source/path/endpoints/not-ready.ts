import {refOf} from '../../model/ref.ts';
import {findCondition} from '../../model/meta.ts';
import {isHeadless, type Service} from '../../model/services/service.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {workloadsBehind, type NamedWorkload} from '../../rules/endpoint-slices/workloads.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {notReadyFields} from './slice-fields.ts';
import {podReason} from '../pod/pod-reason.ts';
import {isStarting} from '../pod/starting.ts';
import {count, labelsText, namesOf} from '../words.ts';
import {handMade, selectorField, showPods, showSlices} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/** KNET503: pods or endpoints are there, and none takes traffic. */
export function noneReady(view: EndpointsView, snapshot: Snapshot): Finding {
	const {service, slices, endpoints, pods = []} = view;
	return finding(endpointsFindings.noReadyEndpoints, {
		message: noneText(view),
		evidence: [
			...(service.selector ? [selectorField(service)] : []),
			...(view.pods
				? pods.slice(0, 5).map(readyField)
				: endpoints.slice(0, 5).flatMap(({address}) => notReadyFields(slices, address))),
		],
		remedy: remedyOf(view, snapshot),
		command: view.pods
			? showPods(service)
			: service.selector
				? showSlices(service)
				: handMade(service, slices).command,
	});
}

/** KNET503 as a warning: the controller in front sends to endpoints that are not ready. */
export function noneReadyButUsed({service, slices, answering}: EndpointsView): Finding | undefined {
	return answering.some(({forced}) => forced)
		? finding(endpointsFindings.noReadyEndpoints, {
				severity: 'warning',
				message: `No endpoint of Service ${service.name} is ready: the controller in front sends to all of them nevertheless.`,
				evidence: answering.slice(0, 5).flatMap(({address}) => notReadyFields(slices, address)),
				remedy: 'Find out what keeps the pods from being ready.',
				command: showPods(service),
			})
		: undefined;
}

export const waitForSlices =
	'Wait a moment; if it stays, look at kube-controller-manager, which writes the EndpointSlices.';

function remedyOf({service, slices, pods = []}: EndpointsView, snapshot: Snapshot): string {
	if (!service.selector) {
		return `Look at who writes ${handMade(service, slices).object}: it marks no address as ready.`;
	}

	if (pods.some(isReady)) {
		return waitForSlices;
	}

	if (areLeaving(pods)) {
		return waitForOthers(snapshot, service, pods);
	}

	// nats-io/k8s#441: names of peers resolve once one is ready, and none gets ready without its peers.
	return isForPeers(service, pods)
		? 'Find out why the pods are not ready. If they look for each other by name first, set publishNotReadyAddresses: true on the Service.'
		: 'Find out why the pods are not ready: the pods say more.';
}

/** No other pods come for a workload that wants none. */
export function waitForOthers(snapshot: Snapshot, service: Service, pods: readonly Pod[]): string {
	const behind = workloadsBehind(snapshot, service);
	const [first] = behind;
	const isScaled = behind.every(({kind, workload}) => workload.replicas === 0 && kind !== 'DaemonSet');
	return first && isScaled && pods.every((pod) => isMadeBy(snapshot, pod, behind))
		? `Scale ${first.kind} ${first.workload.name} up, unless it was scaled to 0 on purpose: no pods take the place of these.`
		: 'Wait for the pods that take their place; if none come, see what keeps these from ending.';
}

/** Another controller may make the pods: Argo Rollouts scales the Deployment of its workloadRef to 0. */
function isMadeBy(snapshot: Snapshot, {namespace, owner}: Pod, workloads: readonly NamedWorkload[]): boolean {
	const set = owner?.kind === 'ReplicaSet' ? snapshot.get('ReplicaSet', namespace, owner.name) : undefined;
	const maker = set?.owner ?? owner;
	return (
		maker?.kind === 'ReplicaSet' ||
		workloads.some(({kind, workload}) => kind === maker?.kind && workload.name === maker.name)
	);
}

/** Under the strategy Recreate no new pod is made before the old ones have ended (pkg/controller/deployment/recreate.go). */
export function areLeaving(pods: readonly Pod[]): boolean {
	return (
		pods.length > 0 && pods.every(({deletedAt, owner}) => deletedAt !== undefined && owner !== undefined)
	);
}

/** A headless Service whose pods all run and are not ready: they may look for each other by its name. */
function isForPeers(service: Service, pods: readonly Pod[]): boolean {
	return (
		isHeadless(service) &&
		!service.publishNotReadyAddresses &&
		pods.every((pod) => podReason(pod) === 'NotReady')
	);
}

function noneOf({name}: Service, length: number): string {
	switch (length) {
		case 0:
			return `Service ${name} has no endpoint`;
		case 1:
			return `The only endpoint of Service ${name} is not ready`;
		default:
			return `None of ${count(length, 'endpoint')} of Service ${name} is ready`;
	}
}

function noneText(view: EndpointsView): string {
	const {service, pods, endpoints} = view;
	if (view.lost) {
		const {length} = endpoints.filter(({terminating}) => !terminating);
		return `${noneOf(service, length)}, because ${length === 1 ? 'its node is' : 'their nodes are'} not ready.`;
	}

	if (!pods) {
		const unknown = service.selector ? '; its pods are not known, so the reason is not either' : '';
		return `${noneOf(service, endpoints.length)}${unknown}.`;
	}

	const wanted = labelsText(service.selector ?? {});
	const match = `${count(pods.length, 'pod')} ${pods.length === 1 ? 'matches' : 'match'} ${wanted}`;
	// Became ready a moment ago: the controller has still to write that down.
	const ready = pods.filter(isReady).length;
	return ready > 0
		? `${match}, ${ready} of them ready, and the EndpointSlices do not say so yet.`
		: `${match} and none is ready${reasons(pods)}.`;
}

/** The pod itself is ready, whatever its EndpointSlices say. */
export function isReady({ready, deletedAt}: Pod): boolean {
	return ready && deletedAt === undefined;
}

/** KNET504: some are ready and some are not; those being deleted do not count, and `notSaidYet` has those that became ready. */
export function someNotReady(view: EndpointsView, now: number): Finding | undefined {
	const {service, endpoints, answering} = view;
	const alive = endpoints.filter(({terminating}) => !terminating);
	const waiting = alive.filter(({ready, podObject}) => !ready && !(podObject && isReady(podObject)));
	if (waiting.length === 0 || !answering.some(({ready}) => ready)) {
		return undefined;
	}

	const pods = waiting.flatMap(({podObject}) => podObject ?? []);
	const isRollout = pods.length === waiting.length && pods.every((pod) => isStarting(pod, now));
	return finding(endpointsFindings.someEndpointsNotReady, {
		severity: isRollout ? 'info' : undefined,
		message: `${waiting.length} of ${count(alive.length, 'endpoint')} of Service ${service.name} ${waiting.length === 1 ? 'is' : 'are'} not ready${isRollout ? ', and just started' : ''}: ${namesOf(waiting.map(({pod, address}) => pod ?? address))}.`,
		evidence:
			pods.length > 0
				? pods.slice(0, 5).map(readyField)
				: waiting.slice(0, 5).flatMap(({address}) => notReadyFields(view.slices, address)),
		remedy: 'See the pods for the reason of each.',
		command: service.selector ? showPods(service) : showSlices(service),
	});
}

/** ` (2 CrashLoopBackOff, 1 Pending)`. */
function reasons(pods: readonly Pod[]): string {
	const counts = new Map<string, number>();
	for (const pod of pods) {
		const reason = podReason(pod) ?? 'Ready';
		counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}

	const parts = [...counts].map(([reason, number]) => `${number} ${reason}`);
	return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function readyField(pod: Pod): EvidenceField {
	// A pod without a node has no such condition.
	if (!findCondition(pod.conditions, 'Ready')) {
		return objectField(refOf('Pod', pod), 'status.phase', pod.phase);
	}

	return objectField(
		refOf('Pod', pod),
		'status.conditions[Ready].status',
		`${pod.ready ? 'True' : 'False'}${podReason(pod) ? ` (${podReason(pod)})` : ''}`,
	);
}
