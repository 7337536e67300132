import type {Ingress} from '../../model/ingress.ts';
import {remember} from '../remember.ts';
import type {RuleRef} from './decision.ts';
import {indexByHost} from './host-index.ts';

/** Oldest first, then by namespace and name: the order in which controllers break ties. */
export const oldestFirst = remember((ingresses: readonly Ingress[]): readonly Ingress[] =>
	ingresses.toSorted(
		(a, b) =>
			(a.createdAt ?? 0) - (b.createdAt ?? 0) || compare(a.namespace, b.namespace) || compare(a.name, b.name),
	),
);

/** Every host and path of an Ingress, in the order written. */
export const rulesOf = remember((ingress: Ingress): readonly RuleRef[] =>
	ingress.rules.flatMap((rule, position) =>
		rule.paths.map((path, index) => ({
			ingress,
			rule: position,
			path: index,
			host: rule.host,
			pathType: path.pathType,
			value: path.path,
			backend: path.backend,
		})),
	),
);

/** The default backend as a rule without positions. */
export function defaultRule(ingress: Ingress): RuleRef | undefined {
	return ingress.defaultBackend && {ingress, host: '', backend: ingress.defaultBackend};
}

export function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

const hostIndex = remember((ingresses: readonly Ingress[]) =>
	indexByHost(oldestFirst(ingresses).flatMap(rulesOf), ({host}) => [host]),
);

/** Rules that may be for a host, oldest Ingress first: those that name it, and all wildcards and rules for any host. */
export function rulesFor(ingresses: readonly Ingress[], host: string): readonly RuleRef[] {
	return hostIndex(ingresses)(host);
}
