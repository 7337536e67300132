import type {LabelSelector} from '../matching/label-selector.ts';
import type {Meta} from '../meta.ts';

/** Whether a sidecar or ztunnel asks its clients for mutual TLS. Source: security.istio.io/v1 PeerAuthentication. */
export type PeerAuthentication = Meta & {
	/** Absent: all workloads of the namespace, or of the mesh in its root namespace. */
	readonly selector?: LabelSelector;
	/** `UNSET` inherits. */
	readonly mode: MtlsMode;
	/** By port of the workload. */
	readonly ports: readonly {readonly port: number; readonly mode: MtlsMode}[];
};

export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
