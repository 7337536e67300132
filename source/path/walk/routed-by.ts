import type {Snapshot} from '../../model/snapshot.ts';

/** Entries whose rules send to a Service: one broken Ingress does not break a Service that another one reaches. */
export function routedBy(snapshot: Snapshot, namespace: string, name: string): readonly string[] | undefined {
	const byIngress = snapshot.list('Ingress', namespace).flatMap((ingress) => {
		const backends = [
			...(ingress.defaultBackend ? [{place: 'default backend', backend: ingress.defaultBackend}] : []),
			...ingress.rules.flatMap((rule) =>
				rule.paths.map(({path, backend}) => ({place: `${rule.host || '*'}${path || '/'}`, backend})),
			),
		];
		return backends
			.filter(({backend}) => backend.type === 'service' && backend.name === name)
			.map(({place}) => `${place} (Ingress ${ingress.name})`);
	});
	const byRoute = [...snapshot.list('HTTPRoute'), ...snapshot.list('GRPCRoute')].flatMap((route) =>
		route.rules.some((rule) =>
			rule.backendRefs.some((ref) => isSame(ref, route.namespace, {namespace, name})),
		)
			? [`${route.hostnames[0] ?? '*'} (${route.routeKind} ${route.namespace}/${route.name})`]
			: [],
	);
	const all = [...new Set([...byIngress, ...byRoute])];
	return all.length === 0 ? undefined : all;
}

type Name = {readonly namespace: string; readonly name: string};

function isSame(
	ref: {readonly kind: string; readonly namespace?: string; readonly name: string},
	own: string,
	wanted: Name,
): boolean {
	return ref.kind === 'Service' && (ref.namespace ?? own) === wanted.namespace && ref.name === wanted.name;
}
