import type {Protocol} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {portEvidence} from '../pod/port-evidence.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';

/** Whether a probe of the target port of one of these endpoints was refused, by evidence that still holds. */
export function wasRefused(
	snapshot: Snapshot,
	endpoints: readonly ResolvedEndpoint[],
	protocol: Protocol,
): boolean {
	return endpoints.some(
		({podObject, port}) =>
			podObject &&
			port !== undefined &&
			portEvidence(snapshot, podObject, {port, protocol}).verdict === 'refused',
	);
}
