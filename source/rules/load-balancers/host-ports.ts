import type {ConfigMap} from '../../model/settings/config-map.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/**
Cilium maps host ports to pods with its kube-proxy replacement, or with `enable-host-port`; without, a chained portmap plugin does (Cilium,
Kubernetes without kube-proxy, Container HostPort Support, and CNI chaining, portmap; rancher/rke2#2325). Returns the ConfigMap where none of them
is on: hostPort has no effect then, unless a CNI configuration that somebody wrote on the nodes chains portmap.
*/
export function withoutHostPorts(snapshot: Snapshot): ConfigMap | undefined {
	const config = snapshot.get('ConfigMap', 'kube-system', 'cilium-config');
	const data = config?.data ?? {};
	const isReplaced = ['true', 'strict', 'partial', 'probe', undefined].includes(
		data['kube-proxy-replacement'],
	);
	const isChained = !['', 'none', undefined].includes(data['cni-chaining-mode']);
	return isReplaced || isChained || data['enable-host-port'] === 'true' ? undefined : config;
}
