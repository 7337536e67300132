import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Protocol, ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/** The pods that the name of a headless Service leads to. Empty where one of its endpoints is no pod that is known. */
export function readyPods(snapshot: Snapshot, slices: readonly EndpointSlice[]): readonly Pod[] {
	const pods = slices
		.flatMap(({endpoints}) => endpoints)
		.filter(({ready}) => ready)
		.map(({pod}) => pod && snapshot.get('Pod', pod.namespace, pod.name));
	return pods.every((pod) => pod !== undefined) ? pods : [];
}

/** A declaration is a word of whoever wrote the pod: it opens nothing and closes nothing (core/v1 Container.ports). */
export function declaresPort(pod: Pod, number: number, protocol: Protocol): boolean {
	return [...pod.containers, ...pod.initContainers.filter(({sidecar}) => sidecar)].some(({ports}) =>
		ports.some((port) => port.containerPort === number && port.protocol === protocol),
	);
}

/** A named target port is what the slices say it is; without a slice that tells, there is no number. */
export function targetNumbers(port: ServicePort, slices: readonly EndpointSlice[]): readonly number[] {
	if (typeof port.targetPort === 'number') {
		return [port.targetPort];
	}

	const numbers = slices
		.flatMap(({ports}) => ports)
		.filter(({name, protocol}) => name === port.name && protocol === port.protocol)
		.flatMap(({port: number}) => number ?? []);
	return [...new Set(numbers)];
}
