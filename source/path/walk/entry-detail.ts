import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {HopContext} from '../hop-evaluator.ts';

/**
Up to how many endpoints the entries of a namespace are walked in full: their pods are about 7 KB each on the wire, which is
read in a moment. In larger ones pods are read only where the slices show trouble.
*/
const fewEndpoints = 1000;

/**
How far to walk the entries of a namespace, or of all. `before`: the detail so far, so that a namespace near the limit does
not switch to and fro.
*/
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
