import type {Container, Pod} from '../../model/workloads/pod.ts';
import {servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';

/** The container that serves a port: the one that declares it, or the only one there is. Undefined where that cannot be told. */
export function servingContainer(pod: Pod, port: number): Container | undefined {
	const declaring = servingContainers(pod).find(({ports}) =>
		ports.some(({containerPort}) => containerPort === port),
	);
	return declaring ?? (pod.containers.length === 1 ? pod.containers[0] : undefined);
}

/** The number of a port that a probe names; names are looked for in the probed container (core/v1 HTTPGetAction). */
export function probePort({readinessProbe, ports}: Container): number | undefined {
	const port = readinessProbe?.port;
	return typeof port === 'string' ? ports.find(({name}) => name === port)?.containerPort : port;
}
