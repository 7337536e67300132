import {parseCidr, parseIp, type Cidr} from '../../model/matching/ip.ts';
import {
	isHeadless,
	type IpFamily,
	type Protocol,
	type Service,
	type ServicePort,
} from '../../model/services/service.ts';

/** What names a Service port in kube-proxy's rules (pkg/proxy ServicePortName). */
export type PortKey = {
	readonly namespace: string;
	readonly service: string;
	/** '' for the unnamed port. */
	readonly portName: string;
	readonly protocol: Protocol;
};

/** A Service port as the proxier of one family sees it (pkg/proxy/serviceport.go). */
export type ProxyPort = PortKey & {
	readonly family: IpFamily;
	/** Absent in a manifest that no server has given an address. */
	readonly clusterIP?: string;
	readonly port: number;
	readonly nodePort?: number;
	readonly externalIPs: readonly string[];
	/** Addresses of the load balancer that the node captures itself: `ipMode` VIP or absent (KEP-1860). */
	readonly vips: readonly string[];
	readonly sourceRanges: readonly Cidr[];
	readonly internalLocal: boolean;
	readonly externalLocal: boolean;
	/** Of session affinity ClientIP; absent without it. */
	readonly affinitySeconds?: number;
};

const defaultAffinity = 10_800;

/** Undefined where kube-proxy writes no rules for it: headless, ExternalName, another proxy's, or not of this family. */
export function proxyPort(service: Service, port: ServicePort, family: IpFamily): ProxyPort | undefined {
	const clusterIP = service.clusterIPs.find((text) => parseIp(text)?.family === family);
	if (!isProxied(service) || (service.clusterIPs.length > 0 && !clusterIP)) {
		return undefined;
	}

	return {
		...portKey(service, port),
		family,
		clusterIP,
		port: port.port,
		nodePort: port.nodePort,
		externalIPs: ofFamily(service.externalIPs, family),
		vips: ofFamily(
			service.loadBalancer.flatMap(({ip, ipMode}) => (ip && ipMode !== 'Proxy' ? [ip] : [])),
			family,
		),
		sourceRanges: service.loadBalancerSourceRanges
			.flatMap((text) => parseCidr(text) ?? [])
			.filter((range) => range.family === family),
		internalLocal: service.internalTrafficPolicy === 'Local',
		externalLocal: isExternallyReached(service) && service.externalTrafficPolicy === 'Local',
		affinitySeconds:
			service.sessionAffinity === 'ClientIP'
				? (service.sessionAffinityTimeout ?? defaultAffinity)
				: undefined,
	};
}

function portKey(service: Service, port: ServicePort): PortKey {
	return {
		namespace: service.namespace,
		service: service.name,
		portName: port.name,
		protocol: port.protocol,
	};
}

/** `namespace/name:portName/PROTOCOL`: the key of a RuleSet. */
export function portKeyText({namespace, service, portName, protocol}: PortKey): string {
	return `${namespace}/${service}:${portName}/${protocol}`;
}

/** kube-proxy's informers leave out Services with either label; proxyutil.ShouldSkipService the rest. */
export function isProxied(service: Service): boolean {
	return (
		service.type !== 'ExternalName' &&
		!isHeadless(service) &&
		otherProxyOf(service) === undefined &&
		service.labels['service.kubernetes.io/headless'] === undefined
	);
}

/** The proxy that a label gives the Service to, in place of kube-proxy. */
export function otherProxyOf(service: Service): string | undefined {
	return service.labels['service.kubernetes.io/service-proxy-name'];
}

/** Whether kube-proxy answers for an address of the load balancer on its own nodes. */
export function capturesLoadBalancerIp(service: Service, ip: string): boolean {
	const family = parseIp(ip)?.family;
	return service.ports.some((port) => family && proxyPort(service, port, family)?.vips.includes(ip));
}

/** Reachable by something besides the cluster IP: node port, load balancer or external IP. */
export function isExternallyAccessible(port: ProxyPort): boolean {
	return port.nodePort !== undefined || port.vips.length > 0 || port.externalIPs.length > 0;
}

/** Local policy alone would not need them; Cluster endpoints also serve the short-circuit of pods and nodes. */
export function usesClusterEndpoints(port: ProxyPort): boolean {
	return !port.internalLocal || isExternallyAccessible(port);
}

export function usesLocalEndpoints(port: ProxyPort): boolean {
	return port.internalLocal || (port.externalLocal && isExternallyAccessible(port));
}

/** pkg/api/v1/service ExternallyAccessible: by type, before an address is given. */
function isExternallyReached(service: Service): boolean {
	return service.type === 'LoadBalancer' || service.type === 'NodePort' || service.externalIPs.length > 0;
}

function ofFamily(addresses: readonly string[], family: IpFamily): readonly string[] {
	return addresses.filter((text) => parseIp(text)?.family === family);
}
