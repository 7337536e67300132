import type {HttpRequest} from '../../../model/request.ts';
import type {ServicePort} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Workload} from '../../../model/workloads/workload.ts';
import type {Controller} from './controller.ts';
import {workloadOf} from './workload-of.ts';

/** The port of the pods that a Service port leads to, by name through the ports that the containers declare. */
export function targetPortOf(
	pods: Pick<Workload, 'containers'> | undefined,
	{targetPort}: ServicePort,
): number | undefined {
	return typeof targetPort === 'number'
		? targetPort
		: pods?.containers.flatMap(({ports}) => ports).find(({name}) => name === targetPort)?.containerPort;
}

/** The port of the proxy's pods that a request comes to, by the first Service before them. */
export function proxyPortOf(
	snapshot: Snapshot,
	controller: Pick<Controller, 'services' | 'workload'>,
	request: HttpRequest,
): number | undefined {
	const [service] = controller.services;
	const port = service?.ports.find((each) => each.port === request.port && each.protocol === 'TCP');
	return port && targetPortOf(workloadOf(snapshot, controller), port);
}
