import type {Controller} from '../../rules/controllers/record/controller.ts';
import type {AskedOnHost} from '../../rules/controllers/record/record.ts';
import {targetPortOf} from '../../rules/controllers/record/target-port.ts';
import {workloadOf} from '../../rules/controllers/record/workload-of.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import {selectedPods} from '../../rules/endpoint-slices/selected-pods.ts';
import type {Workload} from '../../model/workloads/workload.ts';

/** A way to a controller past its Service: ports of its pods on the addresses of their nodes. */
export type Door = {
	readonly how: 'host network' | 'host port';
	/** Of the nodes, as far as they are known. */
	readonly addresses: readonly string[];
	/** The pods are on the host network and do not say which ports they have there. */
	readonly isAssumed?: boolean;
	/** The pods are not on the host network: the network plugin maps the host port to them. */
	readonly isMapped?: boolean;
};

/** Source: core/v1 PodSpec.hostNetwork and ContainerPort.hostPort; ingress-nginx, bare-metal considerations. */
export function doorOf(
	snapshot: Snapshot,
	controller: Controller | undefined,
	asked: AskedOnHost,
): Door | undefined {
	const workload = controller && workloadOf(snapshot, controller);
	const listens = controller?.record.listensOnHost?.(snapshot, asked);
	const how = workload && howReached(workload, asked.request.port, listens);
	const isClosed = how?.how === 'host network' && listens === false;
	if (
		!workload ||
		!how ||
		isClosed ||
		(controller.pods.length > 0 && !controller.pods.some(({ready}) => ready))
	) {
		return undefined;
	}

	return {...how, addresses: [...new Set(controller.pods.filter(({ready}) => ready).flatMap(nodeAddress))]};
}

/** The same for a Service whose load balancer waits: its pods may have its port on their nodes. */
export function doorBehind(snapshot: Snapshot, service: Service, servicePort: ServicePort): Door | undefined {
	const {port} = servicePort;
	const pods = (selectedPods(snapshot, service) ?? []).filter(({ready}) => ready);
	const byPort = pods.filter(({containers}) =>
		containers.some(({ports}) => ports.some(({hostPort}) => hostPort === port)),
	);
	const onHost = pods.filter((pod) => pod.hostNetwork && targetPortOf(pod, servicePort) === port);
	const [how, found] =
		byPort.length > 0 ? (['host port', byPort] as const) : (['host network', onHost] as const);
	return found.length > 0
		? {
				how,
				addresses: [...new Set(found.flatMap(nodeAddress))],
				isMapped: how === 'host port' && found.every(({hostNetwork}) => !hostNetwork),
			}
		: undefined;
}

function nodeAddress({hostIP, hostNetwork, podIPs}: Pod): readonly string[] {
	const address = hostIP ?? (hostNetwork ? podIPs[0] : undefined);
	return address === undefined ? [] : [address];
}

function howReached(
	{hostNetwork, containers}: Workload,
	port: number,
	listens: boolean | undefined,
): Omit<Door, 'addresses'> | undefined {
	const ports = containers.flatMap((container) => container.ports);
	if (ports.some(({hostPort}) => hostPort === port)) {
		return {how: 'host port', isMapped: !hostNetwork};
	}

	const isDeclared = listens === true || ports.some(({containerPort}) => containerPort === port);
	return hostNetwork && (isDeclared || ports.length === 0)
		? {how: 'host network', isAssumed: isDeclared ? undefined : true}
		: undefined;
}
