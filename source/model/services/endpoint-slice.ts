import type {Meta} from '../meta.ts';
import type {Protocol} from './service.ts';

/** Source: discovery/v1 EndpointSlice. */
export type EndpointSlice = Meta & {
	readonly addressType: 'IPv4' | 'IPv6' | 'FQDN';
	/** Label `kubernetes.io/service-name`; '' where the slice belongs to no Service. */
	readonly service: string;
	/** Label `endpointslice.kubernetes.io/managed-by`; '' for hand-made slices. */
	readonly managedBy: string;
	/** Annotation `endpoints.kubernetes.io/last-change-trigger-time`, in milliseconds. */
	readonly triggeredAt?: number;
	readonly ports: readonly EndpointPort[];
	readonly endpoints: readonly Endpoint[];
};

export type EndpointPort = {
	readonly name: string;
	readonly protocol: Protocol;
	/** Absent: kube-proxy ignores the port. */
	readonly port?: number;
	readonly appProtocol?: string;
};

export type Endpoint = {
	readonly addresses: readonly string[];
	/** Absent in the API means ready (discovery/v1); already applied here. */
	readonly ready: boolean;
	/** The condition is absent: Traefik's Gateway provider takes such an endpoint for not ready. */
	readonly readyUnsaid?: true;
	/** Absent means serving; already applied here. */
	readonly serving: boolean;
	readonly terminating: boolean;
	readonly hostname?: string;
	readonly nodeName?: string;
	readonly zone?: string;
	/** `targetRef`, when it is a Pod. */
	readonly pod?: {readonly namespace: string; readonly name: string; readonly uid: string};
	/** `hints.forZones[].name`; absent: no hint. */
	readonly forZones?: readonly string[];
	/** `hints.forNodes[].name`; absent: no hint. */
	readonly forNodes?: readonly string[];
};
