import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {areInferred, inferredSuffix, isWithoutSlices} from '../slices-state.ts';
import {namedSlices} from './expected-slices.ts';

/** By the version of a snapshot. */
const slicesAt = new WeakMap<object, Map<Service, readonly EndpointSlice[]>>();

/**
A file without EndpointSlices, with those that the controller would write for each Service with a selector: by its selector and
the readiness of the pods. `kubectl cluster-info dump` and many dumps by hand have none.
*/
export function withInferredSlices(snapshot: Snapshot): Snapshot {
	if (!isWithoutSlices(snapshot.state('EndpointSlice'))) {
		return snapshot;
	}

	const known = slicesAt.get(snapshot.version) ?? new Map<Service, readonly EndpointSlice[]>();
	slicesAt.set(snapshot.version, known);
	const slicesOf = (service: Service): readonly EndpointSlice[] => {
		const slices = known.get(service) ?? inferred(snapshot, service);
		known.set(service, slices);
		return slices;
	};

	return {
		...snapshot,
		slicesOf(namespace, name) {
			const service = snapshot.get('Service', namespace, name);
			return service ? slicesOf(service) : [];
		},
		list: ((kind, namespace) =>
			kind === 'EndpointSlice'
				? snapshot.list('Service', namespace).flatMap(slicesOf)
				: snapshot.list(kind, namespace)) as Snapshot['list'],
	};
}

function inferred(snapshot: Snapshot, service: Service): readonly EndpointSlice[] {
	return areInferred(snapshot, service) ? namedSlices(snapshot, service, inferredSuffix) : [];
}
