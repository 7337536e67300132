import type {Node} from '../../model/workloads/node.ts';
import {memoize} from '../memoize.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';

const prefix = 'service.beta.kubernetes.io/';

/** An HTTP request by which a load balancer asks whether a node is healthy; only 200 counts. */
export type HttpProbe = {
	readonly protocol: 'http' | 'https';
	/** The probe asks the node port of this one: an annotation may name another port of the Service. */
	readonly port: ServicePort;
	readonly path: string;
	/** The annotation that sets the path; where the protocol comes from. */
	readonly pathAnnotation: string;
	readonly protocolFrom: string;
	readonly isPathGiven: boolean;
};

/**
Azure's probe of one Service port under externalTrafficPolicy Cluster, on its node port. Undefined: it asks TCP, or is none of Azure.
Under Local it asks the health check node port. A cluster with the shared probe asks kube-proxy instead, which no object says.
Source: cloud-provider-azure, pkg/provider/azure_loadbalancer_healthprobe.go (Kubernetes 1.24 and later).
*/
export function azureProbeOf(snapshot: Snapshot, service: Service, port: ServicePort): HttpProbe | undefined {
	const {annotations} = service;
	const isAsked =
		service.type === 'LoadBalancer' &&
		service.externalTrafficPolicy === 'Cluster' &&
		port.protocol === 'TCP' &&
		annotations[`${prefix}port_${port.port}_no_probe_rule`] !== 'true' &&
		isOnAzure(snapshot);
	const {protocol, protocolFrom} = protocolOf(annotations, port);
	const path = nameOf(annotations, port, 'request-path');
	const asked = askedPort(service, port);
	return isAsked && asked && (protocol === 'http' || protocol === 'https')
		? {
				protocol,
				port: asked,
				path: annotations[path] ?? '/',
				pathAnnotation: path,
				protocolFrom,
				isPathGiven: annotations[path] !== undefined,
			}
		: undefined;
}

/** The annotation for the port, then appProtocol, then the annotation for all. */
function protocolOf(
	annotations: Service['annotations'],
	port: ServicePort,
): {readonly protocol?: string; readonly protocolFrom: string} {
	const name = nameOf(annotations, port, 'protocol');
	const isOfPort = name.startsWith(`${prefix}port_`);
	const given = isOfPort ? annotations[name] : (port.appProtocol ?? annotations[name]);
	const protocolFrom = isOfPort || port.appProtocol === undefined ? name : 'appProtocol';
	return {protocol: given?.trim().toLowerCase(), protocolFrom};
}

/** An annotation names it by number, or by name in any case. Undefined: the Service has no such port, and nothing is known of it. */
function askedPort({annotations, ports}: Service, port: ServicePort): ServicePort | undefined {
	const asked = annotations[`${prefix}port_${port.port}_health-probe_port`];
	return asked === undefined
		? port
		: ports.find((each) => String(each.port) === asked || each.name.toLowerCase() === asked.toLowerCase());
}

/** The annotation for one port before that for all. */
function nameOf(annotations: Service['annotations'], {port}: ServicePort, what: string): string {
	const ofPort = `${prefix}port_${port}_health-probe_${what}`;
	return annotations[ofPort] === undefined ? `${prefix}azure-load-balancer-health-probe-${what}` : ofPort;
}

function isOnAzure(snapshot: Snapshot): boolean {
	return hasAzureNode(snapshot.list('Node'));
}

const hasAzureNode = memoize((nodes: readonly Node[]) =>
	nodes.some(
		({providerId, kubeletVersion}) =>
			providerId?.startsWith('azure:') && Number(/^v1\.(\d+)/u.exec(kubeletVersion ?? '')?.[1] ?? 0) >= 24,
	),
);
