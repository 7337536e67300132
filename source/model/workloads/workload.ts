import type {Labels, Meta} from '../meta.ts';
import type {LabelSelector} from '../matching/label-selector.ts';
import type {Container} from './pod.ts';
import type {Placement} from '../matching/placement.ts';

export type MountedConfigMap = {
	readonly name: string;
	readonly path: string;
	/** The key that is mounted at the path, where it is one alone. */
	readonly key?: string;
};

/** A Deployment, StatefulSet, DaemonSet or ReplicaSet (apps/v1). */
export type Workload = Meta & {
	/** `spec.replicas`; for a DaemonSet `status.desiredNumberScheduled`. */
	readonly replicas: number;
	readonly readyReplicas: number;
	/** A manifest that no server has seen: its pods are taken to become Ready. */
	readonly planned?: true;
	readonly updatedReplicas: number;
	readonly selector: LabelSelector;
	/** Labels of the pod template. */
	readonly templateLabels: Labels;
	/** Containers of the pod template (state is `unknown`). */
	readonly containers: readonly Container[];
	readonly hostNetwork: boolean;
	/** The ConfigMaps that its containers have as files. */
	readonly mountedConfigMaps?: readonly MountedConfigMap[];
	/** Of a DaemonSet: on which nodes it wants a pod. */
	readonly placement?: Placement;
	/** `spec.serviceName` of a StatefulSet. */
	readonly serviceName?: string;
};

/** `1/2 ready`, as a controller's hop says it. */
export function readyText({readyReplicas, replicas, planned}: Workload): string {
	return planned ? `${replicas} planned` : `${readyReplicas}/${replicas} ready`;
}

/** Kinds whose pods serve, and are run again when they end. */
export const serverKinds = ['Deployment', 'DaemonSet', 'StatefulSet'] as const;

export type ServerKind = (typeof serverKinds)[number];

export function isServerKind(kind: string): kind is ServerKind {
	return serverKinds.some((each) => each === kind);
}
