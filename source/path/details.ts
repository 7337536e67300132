import type {ObjectRef} from '../model/ref.ts';
import type {DnsAnswer, RuleSet} from '../model/evidence.ts';
import type {RouteBackendDetails} from '../rules/backend.ts';
import type {EndpointDetails} from '../rules/endpoint-slices/endpoint.ts';

/** Details by hop kind, as the JSON report has them. Fields that do not apply are absent, never null. */
export type Details = {
	readonly dns: DnsDetails;
	readonly 'load-balancer': LoadBalancerDetails;
	readonly controller: ControllerDetails;
	readonly route: RouteDetails;
	readonly service: ServiceDetails;
	readonly endpoints: EndpointsDetails;
	readonly 'kube-proxy': KubeProxyDetails;
	readonly 'pod-network': PodNetworkDetails;
	readonly 'network-policy': NetworkPolicyDetails;
	readonly pod: PodDetails;
};

export type DnsDetails = {
	readonly queries: readonly DnsQueryDetails[];
	readonly search?: readonly string[];
};

export type DnsQueryDetails = {
	readonly name: string;
	readonly type: string;
	/** Absent for names that the cluster does not serve (nothing can be predicted). */
	readonly expected?: {readonly rcode: string; readonly answers: readonly DnsAnswer[]};
	readonly observed?: readonly {
		readonly resolver: string;
		readonly rcode: string;
		readonly answers: readonly DnsAnswer[];
		readonly ms?: number;
		/** Milliseconds since the epoch. */
		readonly at?: number;
	}[];
};

export type LoadBalancerDetails = {
	/** Addresses and hostnames that clients use. */
	readonly addresses: readonly string[];
	readonly service?: ObjectRef;
	readonly port?: number;
	readonly nodePort?: number;
	readonly externalTrafficPolicy?: string;
	/** By the load balancer's health check, where the policy is Local. */
	readonly healthyNodes?: readonly string[];
	readonly unhealthyNodes?: readonly string[];
	readonly observed?: readonly ObservedCheck[];
};

/** A probe's result in words, beside what was predicted. */
export type ObservedCheck = {
	readonly what: string;
	readonly vantage: string;
	readonly result: string;
	readonly ms?: number;
	/** Milliseconds since the epoch. */
	readonly at: number;
};

export type ControllerDetails = {
	readonly class?: string;
	/** `spec.controller` or `spec.controllerName`. */
	readonly controller?: string;
	readonly implementation?: string;
	/** The rules the walk followed: `ingress-nginx`, `traefik`, `spec`, `gateway-api`. */
	readonly profile?: string;
	/** What was assumed because it could not be read. */
	readonly assumed?: readonly string[];
	readonly workload?: ObjectRef;
	readonly ready?: number;
	readonly total?: number;
	/** Those that answer requests. */
	readonly pods?: readonly {
		readonly name: string;
		readonly namespace?: string;
		readonly node?: string;
		readonly ready: boolean;
		readonly restarts: number;
	}[];
	readonly bypassesProxy?: boolean;
	readonly observed?: readonly ObservedCheck[];
};

export type RouteDetails = {
	readonly matched?: MatchedRule;
	/** Redirect or rewrite that the winning rule makes, in words. */
	readonly changes?: readonly string[];
	readonly backends: readonly RouteBackendDetails[];
	readonly losers: readonly LosingRule[];
};

export type MatchedRule = {
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
	/** Positions in the object, from 0. Absent for a default backend. */
	readonly rule?: number;
	readonly path?: number;
	readonly host: string;
	readonly pathType?: string;
	readonly value?: string;
	readonly listener?: string;
};

export type LosingRule = MatchedRule & {readonly why: string};
export type ServiceDetails = {
	readonly type: string;
	readonly clusterIPs: readonly string[];
	readonly port?: {
		readonly name?: string;
		readonly port: number;
		readonly targetPort: number | string;
		readonly nodePort?: number;
		readonly protocol: string;
	};
	readonly selector?: Readonly<Record<string, string>>;
	readonly externalName?: string;
	readonly ipFamilies?: readonly string[];
	readonly internalTrafficPolicy?: string;
	readonly externalTrafficPolicy?: string;
	readonly sessionAffinity?: string;
	/** Entries whose rules send to this Service. */
	readonly routedBy?: readonly string[];
	readonly observed?: readonly ObservedCheck[];
};

export type EndpointsDetails = {
	readonly slices: readonly string[];
	readonly endpoints: readonly EndpointDetails[];
};
export type KubeProxyDetails = {
	/** For people. */
	readonly mode: string;
	/** How rules are written there, where it is known. */
	readonly rulesMode?: RuleSet['mode'];
	readonly vantage?: {readonly node: string; readonly zone?: string};
	readonly policy: 'cluster' | 'local';
	readonly backends: readonly ProxyBackend[];
	readonly affinity?: string;
	readonly masquerade?: boolean;
	readonly rejects?: boolean;
	readonly drops?: boolean;
	readonly rules?: {readonly service: string; readonly endpoints: readonly string[]};
	readonly nodes?: readonly {
		readonly node: string;
		readonly state: 'agrees' | 'differs' | 'unknown';
		readonly missing?: readonly string[];
		readonly stale?: readonly string[];
		readonly why?: string;
	}[];
	readonly observed?: readonly ObservedCheck[];
};

export type ProxyBackend = {
	readonly address: string;
	readonly port: number;
	readonly node?: string;
	readonly pod?: string;
	/** 0 to 1, of a new connection. */
	readonly probability: number;
	readonly terminating?: boolean;
};

export type PodNetworkDetails = {
	/** The network plugin, where an object shows it. */
	readonly plugin?: string;
	readonly fromNode?: string;
	readonly toNode?: string;
};

export type NetworkPolicyDetails = {
	readonly ingress?: PolicyVerdict;
	readonly egress?: PolicyVerdict;
};

export type PolicyVerdict = {
	readonly verdict: 'allowed' | 'denied' | 'partly' | 'undecidable';
	/** `namespace/name` of the policies that decided. */
	readonly by: readonly string[];
};

export type PodDetails = {
	readonly pods: readonly {
		readonly name: string;
		readonly namespace?: string;
		readonly node?: string;
		readonly ip?: string;
		readonly phase: string;
		readonly ready: boolean;
		/** Why it is not ready or not running. */
		readonly reason?: string;
		readonly restarts: number;
		readonly targetPort?: number;
	}[];
	readonly observed?: readonly ObservedCheck[];
};
