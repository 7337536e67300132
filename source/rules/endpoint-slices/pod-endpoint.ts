import type {Endpoint} from '../../model/services/endpoint-slice.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {IpFamily, Service} from '../../model/services/service.ts';
import {formatIp} from './format-ip.ts';

type Place = {readonly service: Service; readonly node?: Node; readonly family: IpFamily};

/** What the controller writes for one pod in one address family (k8s.io/endpointslice podToEndpoint). */
export function podToEndpoint(pod: Pod, {service, node, family}: Place): Endpoint {
	const serving = pod.ready;
	const terminating = pod.deletedAt !== undefined;
	return {
		addresses: pod.podIPs.filter((ip) => parseIp(ip)?.family === family).flatMap((ip) => formatIp(ip) ?? []),
		ready: service.publishNotReadyAddresses || (serving && !terminating),
		serving,
		terminating,
		nodeName: pod.nodeName || undefined,
		zone: node?.zone || undefined,
		hostname: hasHostname(pod, service) ? pod.hostname : undefined,
		pod: {namespace: pod.namespace, name: pod.name, uid: pod.uid},
	};
}

/** Only pods that name this Service as their subdomain have a hostname in DNS (util.ShouldSetHostname). */
export function hasHostname(
	pod: Pick<Pod, 'hostname' | 'subdomain' | 'namespace'>,
	service: Pick<Service, 'name' | 'namespace'>,
): boolean {
	return Boolean(pod.hostname) && pod.subdomain === service.name && pod.namespace === service.namespace;
}
