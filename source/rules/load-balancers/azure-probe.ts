import type {Node} from '../../model/workloads/node.ts';
import {memoize} from '../memoize.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';

const prefix = 'service.beta.kubernetes.io/';

/** An HTTP request by which a load balancer asks whether a node is healthy; only 200 counts. */
export type HttpProbe = {
	readonly protocol: 'http' | 'https';
	readonly path: string;
	/** The annotation that sets the path; where the protocol comes from. */
	readonly pathAnnotation: string;
	readonly protocolFrom: string;
	readonly isPathGiven: boolean;
};

/**
Azure's probe of one Service port under externalTrafficPolicy Cluster, on its node port. Undefined: it asks TCP, or is none of Azure.
Under Local it asks the health check node port. A cluster with the shared probe asks kube-proxy instead, which no object says.
Source: cloud-provider-azure, Custom Load Balancer health probe (Kubernetes 1.24 and later).
*/
export function azureProbeOf(snapshot: Snapshot, service: Service, port: ServicePort): HttpProbe | undefined {
	const {annotations} = service;
	const isAsked =
		service.type === 'LoadBalancer' &&
		service.externalTrafficPolicy === 'Cluster' &&
		port.protocol === 'TCP' &&
		annotations[`${prefix}port_${port.port}_no_probe_rule`] !== 'true' &&
		isOnAzure(snapshot);
	const names = {
		protocol: nameOf(annotations, port, 'protocol'),
		path: nameOf(annotations, port, 'request-path'),
	};
	const given = annotations[names.protocol];
	const protocol = (given ?? port.appProtocol)?.toLowerCase();
	return isAsked && (protocol === 'http' || protocol === 'https')
		? {
				protocol,
				path: annotations[names.path] ?? '/',
				pathAnnotation: names.path,
				protocolFrom: given === undefined ? 'appProtocol' : names.protocol,
				isPathGiven: annotations[names.path] !== undefined,
			}
		: undefined;
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
