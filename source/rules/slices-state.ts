import type {EndpointSlice} from '../model/services/endpoint-slice.ts';
import type {Service} from '../model/services/service.ts';
import {isKnown, type KindState, type Snapshot} from '../model/snapshot.ts';

/** In the names of inferred slices. */
export const inferredSuffix = 'inferred';

/** What is known of the slices of a Service. Those that can be inferred are known. */
export function stateOfSlices(snapshot: Snapshot, service: Service): KindState {
	return areInferred(snapshot, service)
		? {state: 'synced'}
		: snapshot.state('EndpointSlice', service.namespace);
}

export function areInferred(snapshot: Snapshot, {namespace, selector}: Service): boolean {
	return (
		selector !== undefined &&
		isWithoutSlices(snapshot.state('EndpointSlice', namespace)) &&
		isKnown(snapshot.state('Pod', namespace))
	);
}

export function isInferred({name, service, uid}: EndpointSlice): boolean {
	return uid === '' && name.startsWith(`${service}-${inferredSuffix}-`);
}

/** The input holds none at all. */
export function isWithoutSlices(state: KindState): boolean {
	return state.state === 'absent' && state.why === 'not-in-input' && state.only === undefined;
}
