import type {Service} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/** Namespaces in which distributions run the cluster's DNS; the first is Kubernetes' own. */
const places: readonly {readonly namespace: string; readonly names: readonly string[]}[] = [
	{namespace: 'kube-system', names: ['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns']},
	{namespace: 'openshift-dns', names: ['dns-default']},
];

/**
Services that lead to the cluster's DNS, the one that kubelets point to first. The label `k8s-app: kube-dns` in
kube-system is what kubeadm, k3s and the managed clusters set; names are for those that do not.
*/
export function clusterDnsServices(snapshot: Snapshot): readonly Service[] {
	return places.flatMap(({namespace, names}) => {
		const services = snapshot.list('Service', namespace);
		const labelled = services.filter(
			({labels, ports}) => labels['k8s-app'] === 'kube-dns' && ports.some(({port}) => port === 53),
		);
		const named = services.filter((service) => names.includes(service.name) && !labelled.includes(service));
		return [...labelled, ...named];
	});
}

/** The Service whose address stands in the pods' resolv.conf. */
export function clusterDnsService(snapshot: Snapshot): Service | undefined {
	const services = clusterDnsServices(snapshot);
	return services.find(({name}) => name === 'kube-dns' || name === 'dns-default') ?? services[0];
}
