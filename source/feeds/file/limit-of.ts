import {clusterScoped, type Kind, type KindMap} from '../../model/kinds.ts';

/**
The namespaces that a file is limited to, as one of `kubectl get … -n shop` is; undefined where it tells of a whole cluster. Every
cluster has a Service `kubernetes` in `default`, and objects in `kube-system` beside those of other namespaces.
*/
export function limitOf(groups: ReadonlyMap<Kind, readonly KindMap[Kind][]>): readonly string[] | undefined {
	const found = new Set<string>();
	for (const [kind, objects] of groups) {
		objects.forEach(({namespace}) => clusterScoped.has(kind) || found.add(namespace));
	}

	const isWhole =
		(found.has('kube-system') && found.size > 1) ||
		(groups.get('Service') ?? []).some(
			({namespace, name}) => namespace === 'default' && name === 'kubernetes',
		);
	return isWhole || found.size === 0 ? undefined : [...found].toSorted();
}
