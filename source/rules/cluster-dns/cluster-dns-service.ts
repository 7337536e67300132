import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/** Where distributions run the cluster's DNS: Kubernetes' own place first, then OpenShift's. */
const places: readonly {readonly namespace: string; readonly names: readonly string[]}[] = [
	{namespace: 'kube-system', names: ['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns']},
	{namespace: 'openshift-dns', names: ['dns-default']},
];

export const dnsNamespaces = places.map(({namespace}) => namespace);

/**
Services that lead to the cluster's DNS, the one that kubelets point to first. The label `k8s-app: kube-dns` in
kube-system is set by kubeadm, k3s and the managed clusters; others are found by name.
*/
export function clusterDnsServices(snapshot: Snapshot): readonly Service[] {
	for (const {namespace, names} of places) {
		const services = snapshot.list('Service', namespace);
		const labelled = services.filter(({labels}) => labels['k8s-app'] === 'kube-dns');
		const named = services.filter((service) => names.includes(service.name));
		const found = [...new Set([...named, ...labelled])];
		if (found.length > 0) {
			return found;
		}
	}

	return [];
}

/** The Service whose address stands in the pods' resolv.conf: the first with a cluster IP. */
export function clusterDnsService(snapshot: Snapshot): Service | undefined {
	const services = clusterDnsServices(snapshot);
	return services.find(({clusterIPs}) => clusterIPs.length > 0 && clusterIPs[0] !== 'None') ?? services[0];
}
