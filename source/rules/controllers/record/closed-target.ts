import {matchesLabels} from '../../../model/matching/label-selector.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Workload} from '../../../model/workloads/workload.ts';
import type {Controller} from './controller.ts';
import {targetPortOf} from './target-port.ts';
import {workloadOf} from './workload-of.ts';

export type ClosedTarget = {
	readonly implementation: string;
	readonly target: number;
	/** The ports on which the proxy listens instead. */
	readonly listens: readonly number[];
};

/** The target port of a Service on which the proxy behind does not listen, by the settings of the proxy. */
export function closedTargetOf(
	snapshot: Snapshot,
	controller: Controller | undefined,
	{service, port}: {readonly service?: Service; readonly port?: ServicePort},
): ClosedTarget | undefined {
	const listens = controller?.record.listensOn?.(snapshot, controller);
	const workload = controller && workloadOf(snapshot, controller);
	if (!listens || !workload || !port || !isBehind(workload, service) || port.protocol !== 'TCP') {
		return undefined;
	}

	const target = targetPortOf(workload, port);
	return target === undefined ||
		[...listens.requests, ...listens.beside].includes(target) ||
		mayBeOfAnother(workload, target)
		? undefined
		: {implementation: controller.implementation, target, listens: listens.requests};
}

function isBehind({templateLabels}: Workload, service: Service | undefined): boolean {
	return service?.selector !== undefined && matchesLabels(service.selector, templateLabels);
}

/** Another container of the pod may listen there. */
function mayBeOfAnother({containers}: Workload, target: number): boolean {
	return (
		containers.length > 1 &&
		containers.some(({ports}) => ports.some(({containerPort}) => containerPort === target))
	);
}
