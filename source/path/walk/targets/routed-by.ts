import type {ObjectRef} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {routers} from '../../../rules/routers/routers.ts';

type Name = {readonly namespace: string; readonly name: string};

/** An object whose rules send to a Service, by one of its places. */
type RouteTo = ObjectRef & {readonly place: string};

/** Entries whose rules send to a Service: one broken Ingress does not break a Service that another one reaches. */
export function routedBy(snapshot: Snapshot, namespace: string, name: string): readonly string[] | undefined {
	const all = routesTo(snapshot, {namespace, name}).map(({kind, namespace, name, place}) =>
		kind === 'Ingress' ? `${place} (Ingress ${name})` : `${place} (${kind} ${namespace}/${name})`,
	);
	return all.length === 0 ? undefined : [...new Set(all)];
}

/** Ingresses and routes with a rule that sends to a Service. */
export function routesTo(snapshot: Snapshot, service: Name): readonly RouteTo[] {
	const byIngress = snapshot.list('Ingress', service.namespace).flatMap((ingress) => {
		const backends = [
			...(ingress.defaultBackend ? [{place: 'default backend', backend: ingress.defaultBackend}] : []),
			...ingress.rules.flatMap((rule) =>
				rule.paths.map(({path, backend}) => ({place: `${rule.host || '*'}${path || '/'}`, backend})),
			),
		];
		return backends
			.filter(({backend}) => backend.type === 'service' && backend.name === service.name)
			.map(({place}) => ({kind: 'Ingress', namespace: ingress.namespace, name: ingress.name, place}));
	});
	const byRoute = [...snapshot.list('HTTPRoute'), ...snapshot.list('GRPCRoute')]
		.filter((route) =>
			route.rules.some((rule) => rule.backendRefs.some((ref) => isSame(ref, route.namespace, service))),
		)
		.map(({routeKind, namespace, name, hostnames}) => ({
			kind: routeKind,
			namespace,
			name,
			place: hostnames[0] ?? '*',
		}));
	const byRouter = routers.flatMap((router) =>
		snapshot.list(router.kind).flatMap((object) => {
			const [found] = router
				.routesTo(object)
				.filter(({namespace, name}) => namespace === service.namespace && name === service.name);
			const {namespace, name} = object;
			return found ? [{kind: router.kind, namespace, name, place: found.host || '*'}] : [];
		}),
	);
	return [...byIngress, ...byRoute, ...byRouter];
}

function isSame(
	ref: {readonly kind: string; readonly namespace?: string; readonly name: string},
	own: string,
	wanted: Name,
): boolean {
	return ref.kind === 'Service' && (ref.namespace ?? own) === wanted.namespace && ref.name === wanted.name;
}
