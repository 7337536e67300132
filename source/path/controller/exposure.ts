import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {podsSelectedBy} from '../../rules/workload-pods.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {flagsOf} from './workload-flags.ts';

/** Services that lead to a workload's pods from outside: those with an external address first. */
export function exposingServices(
	snapshot: Snapshot,
	workload: Workload,
	published: Workload,
): readonly Service[] {
	const selecting = snapshot
		.list('Service', workload.namespace)
		.filter(({selector}) => selector && matchesLabels(selector, workload.templateLabels));
	const named = publishedService(snapshot, published);
	const all = named && !selecting.includes(named) ? [named, ...selecting] : selecting;
	return all
		.filter((service) => isForTraffic(service, workload))
		.toSorted((a, b) => rank(a, named) - rank(b, named));
}

/** The Service whose address the controller copies to Ingresses. */
export function publishedService(snapshot: Snapshot, workload: Workload): Service | undefined {
	const flags = flagsOf(workload);
	const value =
		flags['publish-service'] ??
		flags['providers.kubernetesingress.ingressendpoint.publishedservice'] ??
		flags['providers.kubernetesingressnginx.publishservice'];
	const [namespace, name] = value?.replace('$(POD_NAMESPACE)', workload.namespace).split('/') ?? [];
	return namespace && name ? snapshot.get('Service', namespace, name) : undefined;
}

// Charts add Services for webhooks and metrics to the same pods.
const ownPorts = new Set(['webhook', 'metrics', 'admin', 'health', 'healthz', 'monitoring']);

function isForTraffic(service: Service, workload: Workload): boolean {
	const ports = service.ports.filter(({targetPort}) => !ownPorts.has(String(targetPort)));
	return isExternal(service) || (ports.length > 0 && !isOnHost(workload));
}

export function isExternal({type, externalIPs}: Service): boolean {
	return type === 'LoadBalancer' || type === 'NodePort' || externalIPs.length > 0;
}

/** The pods listen on their node's own addresses. */
export function isOnHost({hostNetwork, containers}: Workload): boolean {
	return hostNetwork || containers.some(({ports}) => ports.some(({hostPort}) => hostPort !== undefined));
}

function rank(service: Service, published: Service | undefined): number {
	const hasAddress = service.loadBalancer.length > 0;
	const byType = {LoadBalancer: hasAddress ? 0 : 2, NodePort: 3, ClusterIP: 4, ExternalName: 5};
	return service === published && (hasAddress || service.type !== 'LoadBalancer') && isExternal(service)
		? -1
		: byType[service.type];
}

/** Pods of a workload. The overview reads them only where the workload is short of ready ones. */
export function podsOf({snapshot, detail}: HopContext, workload: Workload): readonly Pod[] {
	const isLeftOut =
		detail === 'overview' && workload.replicas > 0 && workload.readyReplicas >= workload.replicas;
	return isLeftOut ? [] : podsSelectedBy(snapshot, workload);
}
