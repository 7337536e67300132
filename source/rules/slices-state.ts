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

export function areInferred(snapshot: Snapshot, service: Service): boolean {
	return (
		service.selector !== undefined &&
		(isWithoutSlices(snapshot.state('EndpointSlice', service.namespace)) ||
			isBesideDump(snapshot, service)) &&
		isKnown(snapshot.state('Pod', service.namespace))
	);
}

/** A manifest that lies beside what a server holds: no controller has written slices for it. */
function isBesideDump(snapshot: Snapshot, service: Service): boolean {
	return (
		isUnseen(service) &&
		snapshot.slicesOf(service.namespace, service.name).every(isInferred) &&
		snapshot.list('EndpointSlice').some(({uid}) => uid !== '')
	);
}

/** No server has seen it: each gives an object a UID and a time, and a Service that is not headless an address. */
export function isUnseen({uid, createdAt, clusterIPs}: Service): boolean {
	return uid === '' && createdAt === undefined && clusterIPs.every((address) => address === 'None');
}

export function isInferred({name, service, uid}: EndpointSlice): boolean {
	return uid === '' && name.startsWith(`${service}-${inferredSuffix}-`);
}

/** The input holds none at all. */
export function isWithoutSlices(state: KindState): boolean {
	return state.state === 'absent' && state.why === 'not-in-input' && state.only === undefined;
}
