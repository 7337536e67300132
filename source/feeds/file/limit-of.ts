import {clusterScoped, type AnyObject, type Kind} from '../../model/kinds.ts';

/**
The namespaces that a file is limited to, as one of `kubectl get … -n shop` is; undefined where it tells of a whole cluster. Every
cluster has a Service `kubernetes` in `default`: a server's Services without it are not all. Manifests, and files without Services, have
objects in `kube-system` beside those of other namespaces. `dumped`: of how many namespaces `kubectl cluster-info dump` wrote its lists.
Without -A it is two, kube-system and the current one, and every cluster has four from the start.
*/
export function limitOf(
	groups: ReadonlyMap<Kind, readonly AnyObject[]>,
	dumped = 0,
): readonly string[] | undefined {
	const found = new Set<string>();
	for (const [kind, objects] of groups) {
		objects.forEach(({namespace}) => clusterScoped.has(kind) || found.add(namespace));
	}

	const services = groups.get('Service') ?? [];
	const isPart = dumped > 0 && dumped <= 2 && found.size <= 2;
	const isWhole =
		services.some(({namespace, name}) => namespace === 'default' && name === 'kubernetes') ||
		(found.has('kube-system') && found.size > 1 && !services.some(({uid}) => uid !== ''));
	return (isWhole && !isPart) || found.size === 0 ? undefined : [...found].toSorted();
}
