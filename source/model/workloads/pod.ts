import type {Condition, Meta} from '../meta.ts';
import type {Protocol} from '../services/service.ts';

/** Source: core/v1 Pod. */
export type Pod = Meta & {
	readonly nodeName?: string;
	readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
	/** `status.podIPs`, primary first. */
	readonly podIPs: readonly string[];
	readonly hostIP?: string;
	readonly hostNetwork: boolean;
	/** Names that the kubelet writes into the hosts file of its containers. */
	readonly hostAliases?: readonly {readonly ip: string; readonly hostnames: readonly string[]}[];
	readonly hostname?: string;
	readonly subdomain?: string;
	readonly serviceAccount?: string;
	readonly dnsPolicy: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
	readonly dnsConfig?: {
		readonly nameservers: readonly string[];
		readonly searches: readonly string[];
		readonly options: readonly {readonly name: string; readonly value?: string}[];
	};
	readonly containers: readonly Container[];
	/** All init containers; those with `restartPolicy: Always` (sidecars) have `sidecar: true`. */
	readonly initContainers: readonly Container[];
	readonly readinessGates: readonly string[];
	readonly conditions: readonly Condition[];
	/** `status.reason` and `status.message` (Evicted, NodeLost …). */
	readonly reason?: string;
	readonly message?: string;
	/** True when the Ready condition is True. */
	readonly ready: boolean;
	/** Sum over containers. */
	readonly restarts: number;
};

export type Container = {
	readonly name: string;
	readonly image: string;
	readonly sidecar: boolean;
	readonly ports: readonly ContainerPort[];
	readonly readinessProbe?: Probe;
	/** Of `command` and `args`: the flags that a walk reads (kept/flags.ts), and addresses (KNET520). */
	readonly command: readonly string[];
	readonly args: readonly string[];
	/** Only names and IP-address-like values of literal `env[].value`; every other value is dropped (no secrets are kept). */
	readonly envAddresses: readonly {readonly name: string; readonly value: string}[];
	readonly state: ContainerState;
	readonly restarts: number;
	readonly ready: boolean;
};

export type ContainerPort = {
	readonly name: string;
	readonly containerPort: number;
	readonly hostPort?: number;
	readonly protocol: Protocol;
};

export type Probe = {
	readonly type: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec';
	/** Number or container port name; absent for exec. */
	readonly port?: number | string;
	readonly path?: string;
	readonly scheme?: string;
	readonly host?: string;
};

export type ContainerState = {
	readonly type: 'waiting' | 'running' | 'terminated' | 'unknown';
	readonly reason?: string;
	readonly message?: string;
	readonly exitCode?: number;
	/** Milliseconds: startedAt or finishedAt. */
	readonly since?: number;
	/** Reason of the state before this one (`lastState.terminated`), for crash loops. */
	readonly lastReason?: string;
	readonly lastExitCode?: number;
	readonly lastStartedAt?: number;
	readonly lastFinishedAt?: number;
};
