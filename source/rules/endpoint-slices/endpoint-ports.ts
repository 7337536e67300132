import type {EndpointPort} from '../../model/services/endpoint-slice.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import {isHeadless, type Service, type ServicePort} from '../../model/services/service.ts';

type PodContainers = Pick<Pod, 'containers' | 'initContainers'>;

/**
The number that a Service port leads to in one pod. A numeric target port needs no container that declares it; a named one
needs a container port of that name and protocol: regular containers first, then sidecars (k8s.io/endpointslice FindPort).
*/
export function findPort(
	pod: PodContainers,
	port: Pick<ServicePort, 'targetPort' | 'protocol'>,
): number | undefined {
	if (typeof port.targetPort === 'number') {
		return port.targetPort;
	}

	return servingContainers(pod)
		.flatMap(({ports}) => ports)
		.find(({name, protocol}) => name === port.targetPort && protocol === port.protocol)?.containerPort;
}

/** Containers whose named ports a Service can mean: regular ones, and init containers that restart always (KEP-753). */
export function servingContainers(pod: PodContainers): readonly Container[] {
	return [...pod.containers, ...pod.initContainers.filter(({sidecar}) => sidecar)];
}

/** The ports of the slice that lists this pod. A port that the pod lacks is left out for this pod alone (getEndpointPorts). */
export function endpointPorts(service: Service, pod: PodContainers): readonly EndpointPort[] {
	if (service.ports.length === 0 && isHeadless(service)) {
		return [];
	}

	return service.ports.flatMap((servicePort) => {
		const port = findPort(pod, servicePort);
		const {name, protocol, appProtocol} = servicePort;
		return port === undefined ? [] : [{name, protocol, port, appProtocol: appProtocol || undefined}];
	});
}

/** Equal for pods that share a slice: slices are grouped by their ports, in no order (util.NewPortMapKey). */
export function portsKey(ports: readonly EndpointPort[]): string {
	return ports
		.map(({name, protocol, port, appProtocol}) => JSON.stringify([name, protocol, port, appProtocol ?? null]))
		.toSorted()
		.join();
}
