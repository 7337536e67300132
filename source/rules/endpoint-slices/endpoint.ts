import type {Pod} from '../../model/workloads/pod.ts';
/** One endpoint of a Service port, with what is known of it. */
export type ResolvedEndpoint = EndpointDetails & {
	readonly podObject?: Pod;
	readonly forZones?: readonly string[];
	readonly forNodes?: readonly string[];
	readonly family: 'IPv4' | 'IPv6' | 'FQDN';
	/** The slice does not say whether it is ready, which then counts as ready. */
	readonly readyUnsaid?: true;
	/** It is not ready, and gets traffic because no other one is. */
	readonly forced?: true;
};

export type EndpointDetails = {
	readonly address: string;
	/** Absent where the slice carries no number for the port. */
	readonly port?: number;
	readonly ready: boolean;
	readonly serving: boolean;
	readonly terminating: boolean;
	readonly node?: string;
	readonly zone?: string;
	readonly pod?: string;
};
