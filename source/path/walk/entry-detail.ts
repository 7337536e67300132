import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {HopContext} from '../hop-evaluator.ts';

/**
To how many endpoints the entries of a place are walked in full. Their pods are about 7 KB each on the wire, which is read in a
moment; of larger places only what the slices leave to explain.
*/
const fewEndpoints = 1000;

/** How far to walk the entries of a namespace, or of all. `before`: so far; a place near the limit does not go to and fro. */
export function entryDetail(
	snapshot: Snapshot,
	namespace: string | undefined,
	before: HopContext['detail'] = 'overview',
): HopContext['detail'] {
	const state = snapshot.state('EndpointSlice', namespace);
	if (!isKnown(state) && state.state !== 'absent') {
		return before;
	}

	const endpoints = snapshot
		.list('EndpointSlice', namespace)
		.reduce((sum, slice) => sum + slice.endpoints.length, 0);
	return endpoints <= fewEndpoints * (before === 'full' ? 2 : 1) ? 'full' : 'overview';
}
