import type {EndpointSlice} from '../../model/endpoint-slice.ts';
import {plannedBy} from '../../model/kept-annotations.ts';
import type {Pod} from '../../model/pod.ts';
import type {Service} from '../../model/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {expectedSlices} from '../../rules/endpoint-slices/expected-slices.ts';
import {sliceController} from '../../rules/endpoint-slices/slice-labels.ts';
import {type Finding, finding} from '../finding.ts';
import {endpointsFindings} from './catalogue.ts';
import type {EndpointsView} from './view.ts';
import {selectorField} from './service-evidence.ts';

const suffix = 'inferred';

/** A file without EndpointSlices, with those that the controller would write for a Service: by its selector and the pods. */
export function withInferredSlices(snapshot: Snapshot, service: Service): Snapshot | undefined {
	const {namespace, name} = service;
	const state = snapshot.state('EndpointSlice', namespace);
	const isMissing = state.state === 'absent' && state.why === 'not-in-input';
	if (!isMissing || !service.selector || !isKnown(snapshot.state('Pod', namespace))) {
		return undefined;
	}

	const slices = expectedSlices(snapshot, service).map((slice, at): EndpointSlice => ({
		...slice,
		namespace,
		name: `${name}-${suffix}-${at + 1}`,
		uid: '',
		resourceVersion: '',
		generation: 0,
		annotations: {},
		service: name,
		managedBy: sliceController,
	}));
	return {
		...snapshot,
		slicesOf: (of, wanted) => (of === namespace && wanted === name ? slices : snapshot.slicesOf(of, wanted)),
		state: (kind, of) => (kind === 'EndpointSlice' ? {state: 'synced'} : snapshot.state(kind, of)),
	};
}

/** Whether pods are those that manifests ask for: no cluster runs them. */
export function isPlanned(pods: readonly Pod[] = []): boolean {
	return pods.some(({annotations}) => annotations[plannedBy] !== undefined);
}

/** KNET522. */
export function slicesInferred({service, slices, pods}: EndpointsView): Finding | undefined {
	return slices.some((slice) => slice.name.startsWith(`${service.name}-${suffix}-`) && slice.uid === '')
		? finding(endpointsFindings.slicesInferred, {
				message: isPlanned(pods)
					? `The input holds no pods: those that its manifests ask for are taken to run and to be ready.`
					: `The input holds no EndpointSlices: the endpoints of Service ${service.name} are inferred from its selector and its pods.`,
				evidence: [selectorField(service)],
				remedy: isPlanned(pods)
					? 'Look at the cluster once the manifests are applied.'
					: 'Add the EndpointSlices to the file.',
				command: 'kubectl get endpointslices -A -o yaml',
			})
		: undefined;
}
