import type {Ingress} from '../../model/ingress.ts';
import {remember} from '../remember.ts';
import type {RuleRef} from './decision.ts';

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

type HostIndex = {
	readonly exact: ReadonlyMap<string, readonly Placed[]>;
	/** Wildcards, and rules for any host. */
	readonly open: readonly Placed[];
};

type Placed = {readonly rule: RuleRef; readonly position: number};

const hostIndex = remember((ingresses: readonly Ingress[]): HostIndex => {
	const all = oldestFirst(ingresses)
		.flatMap(rulesOf)
		.map((rule, position) => ({rule, position}));
	const [open, exact] = [true, false].map((wanted) => all.filter(({rule}) => isOpen(rule.host) === wanted));
	return {open: open ?? [], exact: Map.groupBy(exact ?? [], ({rule}) => plainHost(rule.host))};
});

/** A wildcard, or any host. */
export function isOpen(host: string): boolean {
	return host === '' || host.startsWith('*.');
}

/** As hosts are compared: without case, and without the dot of the root. */
export function plainHost(host: string): string {
	return host.toLowerCase().replace(/\.$/u, '');
}

/**
Rules that may be for a host, oldest Ingress first: those that name it, and all wildcards and rules for any host. Of
thousands of Ingresses a request concerns few.
*/
export function rulesFor(ingresses: readonly Ingress[], host: string): readonly RuleRef[] {
	const {exact, open} = hostIndex(ingresses);
	return [...(exact.get(plainHost(host)) ?? []), ...open]
		.toSorted((a, b) => a.position - b.position)
		.map(({rule}) => rule);
}
