import type {Container, Pod} from '../../model/workloads/pod.ts';
import type {ObjectRef} from '../../model/ref.ts';
import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';

const nameLabel = 'svccontroller.k3s.cattle.io/svcname';
const namespaceLabel = 'svccontroller.k3s.cattle.io/svcnamespace';

/** What k3s' ServiceLB made for a Service: a DaemonSet whose pods have the Service ports as host ports. */
export type ServiceLb = {
	readonly daemonSet: Workload;
	/** Its pods that no node takes. */
	readonly pending: readonly Pod[];
	/** Host ports that it wants and another workload has. */
	readonly taken: readonly {readonly port: number; readonly holder: ObjectRef}[];
};

/** Source: k3s, pkg/cloudprovider/servicelb.go (newDaemonSet). */
export function serviceLbOf(snapshot: Snapshot, service: Service): ServiceLb | undefined {
	const daemonSet = snapshot.list('DaemonSet').find(({labels}) => isFor(service, labels));
	if (!daemonSet) {
		return undefined;
	}

	const pods = snapshot
		.podsLabelled(daemonSet.namespace, nameLabel, service.name)
		.filter(({labels}) => isFor(service, labels));
	return {
		daemonSet,
		pending: pods.filter(({phase, nodeName}) => phase === 'Pending' && nodeName === undefined),
		taken: takenPorts(snapshot, daemonSet),
	};
}

/** Before k3s 1.27 the DaemonSet stood in the Service's own namespace, without the second label. */
function isFor({namespace, name}: Service, labels: Workload['labels']): boolean {
	return labels[nameLabel] === name && (labels[namespaceLabel] ?? namespace) === namespace;
}

/** Templates are read, not pods: a cluster may have tens of thousands of them. */
function takenPorts(snapshot: Snapshot, own: Workload): ServiceLb['taken'] {
	const others = (['DaemonSet', 'Deployment', 'StatefulSet'] as const).flatMap((kind) =>
		snapshot
			.list(kind)
			.filter((each) => each !== own && each.readyReplicas > 0)
			.map((workload) => ({workload, holder: holderOf(kind, workload)})),
	);
	return hostPorts(own).flatMap((port) =>
		others
			.filter(({workload}) => hostPorts(workload).includes(port))
			.slice(0, 1)
			.map(({holder}) => ({port, holder})),
	);
}

/** Another Service, where the workload is one of ServiceLB's. */
function holderOf(kind: string, {labels, namespace, name}: Workload): ObjectRef {
	const service = labels[nameLabel];
	return service === undefined
		? refOf(kind, {namespace, name})
		: refOf('Service', {namespace: labels[namespaceLabel] ?? namespace, name: service});
}

function hostPorts({containers, hostNetwork}: Workload): readonly number[] {
	return containers.flatMap(({ports}: Container) =>
		ports.flatMap(({hostPort, containerPort}) => hostPort ?? (hostNetwork ? containerPort : [])),
	);
}
