import type {Ingress} from '../../model/ingress.ts';
import type {RuleRef} from './decision.ts';

/** Oldest first, then by namespace and name: the order in which controllers break ties. */
export function oldestFirst(ingresses: readonly Ingress[]): readonly Ingress[] {
	return ingresses.toSorted(
		(a, b) =>
			(a.createdAt ?? 0) - (b.createdAt ?? 0) || compare(a.namespace, b.namespace) || compare(a.name, b.name),
	);
}

/** Every host and path of an Ingress, in the order written. */
export function rulesOf(ingress: Ingress): readonly RuleRef[] {
	return ingress.rules.flatMap((rule, position) =>
		rule.paths.map((path, index) => ({
			ingress,
			rule: position,
			path: index,
			host: rule.host,
			pathType: path.pathType,
			value: path.path,
			backend: path.backend,
		})),
	);
}

/** The default backend as a rule without positions. */
export function defaultRule(ingress: Ingress): RuleRef | undefined {
	return ingress.defaultBackend && {ingress, host: '', backend: ingress.defaultBackend};
}

export function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
