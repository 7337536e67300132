import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {stateOfSlices} from '../slices-state.ts';

/**
Under policy Local, the nodes with an endpoint of the Service. Undefined: every node may send on, the slices are not known, or
there is no endpoint, which another finding says.
*/
export function localEndpointNodes(snapshot: Snapshot, service: Service): ReadonlySet<string> | undefined {
	if (service.externalTrafficPolicy !== 'Local' || !isKnown(stateOfSlices(snapshot, service))) {
		return undefined;
	}

	const usable = snapshot
		.slicesOf(service.namespace, service.name)
		.flatMap(({endpoints}) => endpoints.filter(({ready, serving}) => ready || serving));
	const isPlaced = usable.length > 0 && usable.every(({nodeName}) => nodeName !== undefined);
	return isPlaced ? new Set(usable.flatMap(({nodeName}) => nodeName ?? [])) : undefined;
}
