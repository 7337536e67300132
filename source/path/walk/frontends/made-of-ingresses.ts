import type {Snapshot} from '../../../model/snapshot.ts';
import type {Frontend} from './frontend.ts';

/** OpenShift makes Routes of an Ingress: where both take the request, the Route is what the router goes by. */
export function withoutTemplates(snapshot: Snapshot, matched: readonly Frontend[]): readonly Frontend[] {
	const makers = new Set(matched.flatMap((frontend) => makerOf(snapshot, frontend) ?? []));
	return matched.filter(({routeHop}) => {
		const rule = routeHop.hop.details?.matched;
		return !rule || rule.kind !== 'Ingress' || !makers.has(`${rule.namespace}/${rule.name}`);
	});
}

/** The Ingress that the matched Route is made of, as `NAMESPACE/NAME`. */
function makerOf(snapshot: Snapshot, {routeHop}: Frontend): string | undefined {
	const rule = routeHop.hop.details?.matched;
	const route =
		rule?.kind === 'OpenShiftRoute'
			? snapshot.get('OpenShiftRoute', rule.namespace ?? '', rule.name)
			: undefined;
	return route?.owner?.kind === 'Ingress' ? `${route.namespace}/${route.owner.name}` : undefined;
}
