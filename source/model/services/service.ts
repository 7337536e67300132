import type {Condition, Labels, Meta} from '../meta.ts';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';
export type IpFamily = 'IPv4' | 'IPv6';
type TrafficPolicy = 'Cluster' | 'Local';

/** Source: core/v1 Service. */
export type Service = Meta & {
	readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
	/** `['None']` for headless; empty where the server gave none (ExternalName, a manifest). */
	readonly clusterIPs: readonly string[];
	readonly ipFamilies: readonly IpFamily[];
	readonly ipFamilyPolicy?: string;
	readonly ports: readonly ServicePort[];
	/** Absent: endpoints are made by hand. An empty selector counts as absent (core/v1). */
	readonly selector?: Labels;
	readonly externalName?: string;
	readonly externalIPs: readonly string[];
	readonly internalTrafficPolicy: TrafficPolicy;
	readonly externalTrafficPolicy: TrafficPolicy;
	readonly healthCheckNodePort?: number;
	readonly publishNotReadyAddresses: boolean;
	readonly sessionAffinity: 'None' | 'ClientIP';
	/** Seconds; default 10800. */
	readonly sessionAffinityTimeout?: number;
	readonly loadBalancerClass?: string;
	readonly loadBalancerIP?: string;
	readonly loadBalancerSourceRanges: readonly string[];
	/** Default true. */
	readonly allocateLoadBalancerNodePorts: boolean;
	readonly trafficDistribution?: string;
	/** `status.loadBalancer.ingress`. */
	readonly loadBalancer: readonly LoadBalancerIngress[];
	readonly conditions: readonly Condition[];
};

export type ServicePort = {
	/** '' for the single unnamed port. */
	readonly name: string;
	readonly protocol: Protocol;
	readonly port: number;
	/** A number, or a container port's name. Equal to `port` where the spec leaves it out. */
	readonly targetPort: number | string;
	readonly nodePort?: number;
	readonly appProtocol?: string;
};

export type LoadBalancerIngress = {
	readonly ip?: string;
	readonly hostname?: string;
	/** `Proxy`: kube-proxy does not capture the address (KEP-1860). */
	readonly ipMode?: 'VIP' | 'Proxy';
	readonly ports: readonly {readonly port: number; readonly protocol: Protocol; readonly error?: string}[];
};

/** True of each port in a cluster: the API server refuses others (IsValidPortNum). In a file, a port that is text (`"80"`) is read as 0. */
export function isPortNumber(port: number): boolean {
	return port >= 1 && port <= 65_535;
}

/** `clusterIP: None` with any type but ExternalName. */
export function isHeadless(service: Service): boolean {
	return service.type !== 'ExternalName' && service.clusterIPs[0] === 'None';
}
