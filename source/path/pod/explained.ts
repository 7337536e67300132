import type {Snapshot} from '../../model/snapshot.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';

/**
Whether the endpoints tell without their pods why some, or all, get no traffic: they are being deleted, or their node is not
Ready, for which the node lifecycle controller marks every pod there not Ready (MarkPodsNotReady).
*/
export function areExplained(endpoints: readonly ResolvedEndpoint[], snapshot: Snapshot): boolean {
	const lasting = endpoints.filter(({terminating}) => !terminating);
	return (
		(lasting.length > 0 || endpoints.some(({ready}) => ready)) &&
		lasting.every(
			({ready, node}) => ready || (node !== undefined && snapshot.get('Node', '', node)?.ready === false),
		)
	);
}
