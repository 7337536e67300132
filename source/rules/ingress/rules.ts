import type {Ingress} from '../../model/routes/ingress.ts';
import {memoize} from '../memoize.ts';
import {mostForPath} from './most-for-path.ts';
import type {RuleRef} from './decision.ts';
import {indexByHost} from './host-index.ts';
import {compareText} from '../../model/matching/compare-text.ts';

/** Oldest first, then by namespace and name: the order in which controllers break ties. */
export const oldestFirst = memoize((ingresses: readonly Ingress[]): readonly Ingress[] =>
	ingresses.toSorted(
		(a, b) =>
			(a.createdAt ?? 0) - (b.createdAt ?? 0) ||
			compareText(a.namespace, b.namespace) ||
			compareText(a.name, b.name),
	),
);

/** Every host and path of an Ingress, in the order written. */
export const rulesOf = memoize((ingress: Ingress): readonly RuleRef[] =>
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

/** By namespace and name of their Ingress, and within one as written. */
export function byNameAsWritten(a: RuleRef, b: RuleRef): number {
	return (
		compareText(`${a.ingress.namespace}/${a.ingress.name}`, `${b.ingress.namespace}/${b.ingress.name}`) ||
		(a.rule ?? 0) - (b.rule ?? 0) ||
		(a.path ?? 0) - (b.path ?? 0)
	);
}

/** The default backend as a rule without positions. */
export function defaultRule(ingress: Ingress): RuleRef | undefined {
	return ingress.defaultBackend && {ingress, host: '', backend: ingress.defaultBackend};
}

const index = memoize((ingresses: readonly Ingress[]) =>
	indexByHost(oldestFirst(ingresses).flatMap(rulesOf), ({host}) => [host], plainPathOf, mostForPath + 1),
);

/** Where all paths begin that a rule may take; '' where it may be no plain path (Traefik's annotation `pathmatcher`). */
function plainPathOf({value = '', pathType, ingress}: RuleRef): string {
	return pathType === 'ImplementationSpecific' && Object.keys(ingress.annotations).some(setsMatcher)
		? ''
		: value;
}

function setsMatcher(annotation: string): boolean {
	return annotation.toLowerCase().endsWith('router.pathmatcher');
}

/**
Rules that may be for a host and a path of it, oldest Ingress first. For controllers to which a path is plain text that a
request begins with; not for ingress-nginx. More than `mostForPath`: some are left out.
*/
export function rulesFor(ingresses: readonly Ingress[], host: string, urlPath: string): readonly RuleRef[] {
	return index(ingresses)(host, urlPath);
}
