import type {Snapshot} from '../../../../model/snapshot.ts';
import type {Controller} from '../../../../rules/controllers/record/controller.ts';
import type {Backend} from '../../../../rules/gateway-api/backends.ts';
import type {Finding} from '../../../finding.ts';
import {negHealth} from '../../neg-health.ts';

/** What a cloud says of the pods in its load balancer, by their readiness gates. */
export function negHealthOf(
	snapshot: Snapshot,
	controller: Controller | undefined,
	backends: readonly Backend[],
): readonly Finding[] {
	const checkedBy = controller?.record.gateway?.healthCheckedBy;
	return controller && checkedBy !== undefined
		? backends
				.filter(({share}) => share > 0)
				.flatMap(({result}) =>
					result.state === 'resolved'
						? negHealth(snapshot, result.service, {implementation: controller.implementation, checkedBy})
						: [],
				)
		: [];
}
