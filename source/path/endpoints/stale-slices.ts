import {refOf} from '../../model/ref.ts';
import {findCondition} from '../../model/meta.ts';
import type {Endpoint, EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {endpointFields} from './slice-fields.ts';
import {compareSlices} from '../../rules/endpoint-slices/compare-slices.ts';
import {expectedSlices} from '../../rules/endpoint-slices/expected-slices.ts';
import {mirroringController, sliceController} from '../../rules/endpoint-slices/slice-labels.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/** The controller needs a moment, and two watches are never at the same point: younger differences are not spoken of. */
const settleTime = 10_000;

/** How the slices of a Service lag behind its pods, for longer than the controller could need. */
export type SliceDrift = {
	/** Ready pods that no slice lists as ready. */
	readonly lacking: readonly Pod[];
	/** Addresses called ready whose pod is gone. */
	readonly gone: readonly Endpoint[];
	/** Addresses called ready whose pod is not. */
	readonly wrong: readonly Endpoint[];
	readonly slices: readonly EndpointSlice[];
};

/** Undefined where pods are not known, the Service has no selector or was just made: then nobody can tell. */
export function driftOf(snapshot: Snapshot, {service, slices, pods}: EndpointsView): SliceDrift | undefined {
	const isNew = service.createdAt !== undefined && !longAgo(service.createdAt, snapshot.now);
	if (!pods || !service.selector || isNew) {
		return undefined;
	}

	const own = slices.filter(
		({managedBy}) => managedBy === sliceController || managedBy === mirroringController,
	);
	const {missing, extra, changed} = compareSlices(expectedSlices(snapshot, service), own);
	const findPod = (endpoint: Endpoint): Pod | undefined =>
		endpoint.pod && snapshot.get('Pod', endpoint.pod.namespace, endpoint.pod.name);
	const isSettled = (pod: Pod | undefined): pod is Pod =>
		pod !== undefined && longAgo(findCondition(pod.conditions, 'Ready')?.changedAt, snapshot.now);
	const lacking = [...missing, ...changed.map(({expected}) => expected)]
		.filter(({ready}) => ready)
		.map(findPod)
		.filter(isSettled)
		.filter((pod) => pod.ready);
	return {
		lacking: [...new Set(lacking)],
		gone: extra
			.filter(({slice, endpoint}) => isGone(snapshot, slice, endpoint))
			.map(({endpoint}) => endpoint),
		wrong: changed
			.filter(
				({endpoint, expected}) => endpoint.ready && !expected.terminating && isSettled(findPod(expected)),
			)
			.map(({endpoint}) => endpoint),
		slices: own,
	};
}

function longAgo(time: number | undefined, now: number): boolean {
	return time !== undefined && now - time > settleTime;
}

/**
A pod that is deleted stands in its slice as terminating first. One that is still called ready though its pod is gone was
overlooked, unless the slice was written just now and the watch of the pods is behind.
*/
function isGone(snapshot: Snapshot, slice: EndpointSlice, endpoint: Endpoint): boolean {
	const pod = endpoint.pod && snapshot.get('Pod', endpoint.pod.namespace, endpoint.pod.name);
	const isSamePod = pod && (pod.uid === endpoint.pod?.uid || endpoint.pod?.uid === '');
	const isFresh = slice.triggeredAt !== undefined && !longAgo(slice.triggeredAt, snapshot.now);
	return endpoint.ready && !endpoint.terminating && !isSamePod && !isFresh;
}

/** KNET509. `isBroken`: nothing that the slices list takes traffic. */
export function staleSlices(view: EndpointsView, drift: SliceDrift, isBroken: boolean): Finding | undefined {
	const {service} = view;
	const parts = [
		drift.lacking.length > 0
			? `lack ${count(drift.lacking.length, 'ready pod')} (${namesOf(drift.lacking.map(({name}) => name))})`
			: '',
		drift.gone.length > 0 ? `list ${addressesOf(drift.gone)}, which no pod has` : '',
		drift.wrong.length > 0
			? `call ${addressesOf(drift.wrong)} ready though ${drift.wrong.length === 1 ? 'its pod is' : 'their pods are'} not`
			: '',
	].filter(Boolean);
	return parts.length === 0
		? undefined
		: finding(endpointsFindings.endpointSlicesStale, {
				severity: isBroken ? 'error' : undefined,
				message: `The EndpointSlices of Service ${service.name} are old: they ${namesOf(parts)}.`,
				evidence: evidenceOf(drift),
				remedy: 'Look at kube-controller-manager, which writes them: its log and its leader lease.',
				command: 'kubectl -n kube-system get lease kube-controller-manager -o yaml',
			});
}

function addressesOf(endpoints: readonly Endpoint[]): string {
	return namesOf(endpoints.map(({addresses}) => addresses[0] ?? ''));
}

function evidenceOf({lacking, gone, wrong, slices}: SliceDrift): readonly EvidenceField[] {
	return [
		...lacking
			.slice(0, 3)
			.map((pod) => objectField(refOf('Pod', pod), 'status.conditions[Ready].status', 'True')),
		...[...gone, ...wrong]
			.slice(0, 3)
			.flatMap(({addresses: [address = '']}) =>
				endpointFields(slices, address, {path: 'addresses', read: ({addresses}) => addresses.join()}),
			),
	];
}
