import type {Pod} from '../../model/workloads/pod.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {detailsOf, hopOf, serviceAt, type ProbeContext} from './probe-context.ts';

/** The cluster's DNS: its Service, and its running pods. */
type ClusterDns = {readonly service?: Service; readonly pods: readonly Pod[]};

/** The DNS Service that the walk found; without a walk of DNS the one of kubeadm's label. */
export function clusterDns({snapshot, path}: ProbeContext): ClusterDns {
	const service = serviceAt(snapshot, hopOf(path, 'dns')?.subject) ?? labelled(snapshot);
	const slices = service ? snapshot.slicesOf(service.namespace, service.name) : [];
	const names = new Set(slices.flatMap(({endpoints}) => endpoints.flatMap(({pod}) => pod?.name ?? [])));
	const pods = service
		? [...names].toSorted().flatMap((name) => snapshot.get('Pod', service.namespace, name) ?? [])
		: [];
	return {service, pods: pods.filter(({phase, deletedAt}) => phase === 'Running' && deletedAt === undefined)};
}

function labelled(snapshot: Snapshot): Service | undefined {
	return snapshot.list('Service', 'kube-system').find(({labels}) => labels['k8s-app'] === 'kube-dns');
}

/** The container port that takes DNS over TCP: 53, or what the pod calls by a name (5353 on OpenShift). */
export function dnsPort({containers}: Pod): number {
	const ports = containers.flatMap((container) => container.ports).filter(({protocol}) => protocol === 'TCP');
	return (
		(ports.find(({containerPort}) => containerPort === 53) ?? ports.find(({name}) => /dns/u.test(name)))
			?.containerPort ?? 53
	);
}

/** Names that the DNS hop expects to be asked, in the order of the search list, and the target of an alias. */
export function requestedNames(
	probeContext: ProbeContext,
): readonly {readonly name: string; readonly types: readonly string[]}[] {
	const queries = isOutside(probeContext) ? [] : (detailsOf(probeContext.path, 'dns')?.queries ?? []);
	const alias = detailsOf(probeContext.path, 'service')?.externalName;
	const byName = Map.groupBy(queries, ({name}) => name);
	return [
		...[...byName].map(([name, requested]) => ({name, types: [...new Set(requested.map(({type}) => type))]})),
		...(alias && !byName.has(alias) ? [{name: alias, types: ['A', 'AAAA']}] : []),
	];
}

/** A client outside the cluster asks its own DNS, not the cluster's. */
export function isOutside({trace, path}: ProbeContext): boolean {
	return (path.from ?? trace.from).kind === 'external';
}
