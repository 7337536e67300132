import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {areInferred, inferredSuffix, isUnseen, isWithoutSlices} from '../slices-state.ts';
import {namedSlices} from './expected-slices.ts';

/** By the version of a snapshot. */
const slicesAt = new WeakMap<object, Map<Service, readonly EndpointSlice[]>>();

/**
What a file tells, with the slices that the controller would write for each Service with a selector: by its selector and the readiness of
the pods. `kubectl cluster-info dump` and many dumps by hand have none, and manifests beside a dump are not in its slices.
*/
export function withInferredSlices(snapshot: Snapshot): Snapshot {
	if (!isWithoutSlices(snapshot.state('EndpointSlice')) && !snapshot.list('Service').some(isUnseen)) {
		return snapshot;
	}

	const known = slicesAt.get(snapshot.version) ?? new Map<Service, readonly EndpointSlice[]>();
	slicesAt.set(snapshot.version, known);
	const inferredOf = (service: Service): readonly EndpointSlice[] => {
		const slices = known.get(service) ?? inferred(snapshot, service);
		known.set(service, slices);
		return slices;
	};

	return {
		...snapshot,
		slicesOf(namespace, name) {
			const service = snapshot.get('Service', namespace, name);
			return [...snapshot.slicesOf(namespace, name), ...(service ? inferredOf(service) : [])];
		},
		list: ((kind, namespace) =>
			kind === 'EndpointSlice'
				? [...snapshot.list(kind, namespace), ...snapshot.list('Service', namespace).flatMap(inferredOf)]
				: snapshot.list(kind, namespace)) as Snapshot['list'],
	};
}

function inferred(snapshot: Snapshot, service: Service): readonly EndpointSlice[] {
	return areInferred(snapshot, service) ? namedSlices(snapshot, service, inferredSuffix) : [];
}
