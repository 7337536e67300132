import type {Controller} from '../../rules/controllers/controller.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';
import type {Pod} from '../../model/pod.ts';
import type {Workload} from '../../model/workload.ts';

/** A way to a controller past its Service: ports of its pods on the addresses of their nodes. */
export type Door = {
	readonly how: 'host network' | 'host port';
	/** Of the nodes, as far as they are known. */
	readonly addresses: readonly string[];
	/** The pods are on the host network and do not say which ports they have there. */
	readonly isAssumed?: boolean;
};

/** Source: core/v1 PodSpec.hostNetwork and ContainerPort.hostPort; ingress-nginx, bare-metal considerations. */
export function doorOf(
	snapshot: Snapshot,
	controller: Controller | undefined,
	port: number,
): Door | undefined {
	const workload = controller && workloadOf(snapshot, controller);
	const how = workload && howReached(workload, port);
	if (!workload || !how || (controller.pods.length > 0 && !controller.pods.some(({ready}) => ready))) {
		return undefined;
	}

	return {...how, addresses: [...new Set(controller.pods.filter(({ready}) => ready).flatMap(nodeAddress))]};
}

function nodeAddress({hostIP, hostNetwork, podIPs}: Pod): readonly string[] {
	const address = hostIP ?? (hostNetwork ? podIPs[0] : undefined);
	return address === undefined ? [] : [address];
}

function workloadOf(snapshot: Snapshot, {workload}: Controller): Workload | undefined {
	const kind = workload?.kind;
	if (kind !== 'DaemonSet' && kind !== 'Deployment' && kind !== 'StatefulSet') {
		return undefined;
	}

	const found = lookup(snapshot, kind, workload?.namespace ?? '', workload?.name ?? '');
	return 'found' in found ? found.found : undefined;
}

function howReached(
	{hostNetwork, containers}: Workload,
	port: number,
): Pick<Door, 'how' | 'isAssumed'> | undefined {
	const ports = containers.flatMap((container) => container.ports);
	if (ports.some(({hostPort}) => hostPort === port)) {
		return {how: 'host port'};
	}

	const isDeclared = ports.some(({containerPort}) => containerPort === port);
	return hostNetwork && (isDeclared || ports.length === 0)
		? {how: 'host network', isAssumed: isDeclared ? undefined : true}
		: undefined;
}
