import type {Ingress, IngressPath} from '../../../model/routes/ingress.ts';
import type {RuleRef} from '../../ingress/decision.ts';
import {defaultRule} from '../../ingress/rules.ts';
import {annotationOf, isTrue, type NginxSettings} from './annotations.ts';

/** A `location` of nginx: a path of one host, or the `/` that every host has for its default backend. */
export type Location = {
	readonly path: string;
	readonly pathType: IngressPath['pathType'];
	/** Whose annotations apply. Absent: the catch-all of the controller itself. */
	readonly ingress?: Ingress;
	/** Absent: nothing but the controller's own 404 is behind it. */
	readonly rule?: RuleRef;
	readonly isDefault: boolean;
};

/**
Every host has a `/` for the default backend of the first Ingress that names it; the catch-all takes only that of an
Ingress without rules, so a default backend beside rules never serves unknown hosts (e2e defaultbackend/with_hosts.go).
*/
export function rootLocation(
	primary: readonly Ingress[],
	owners: readonly Ingress[],
	host: string,
): Location {
	const owner =
		host === ''
			? primary.find(({rules, defaultBackend}) => rules.length === 0 && defaultBackend?.type === 'service')
			: owners[0];
	const rule = owner?.defaultBackend?.type === 'service' ? defaultRule(owner) : undefined;
	return {path: '/', pathType: 'Prefix', ingress: owner, rule, isDefault: true};
}

export function locationKey({path, pathType}: Location): string {
	return `${pathType} ${path}`;
}

export function addLocation(
	rule: RuleRef,
	locations: Map<string, Location>,
	repeated: Map<RuleRef, RuleRef[]>,
): void {
	// A resource is not supported: the path is left out, and the host's default backend answers.
	if (rule.backend.type === 'resource') {
		return;
	}

	const location: Location = {
		path: rule.value || '/',
		// ImplementationSpecific is read as Prefix (k8s.SetDefaultNGINXPathType).
		pathType: rule.pathType === 'Exact' ? 'Exact' : 'Prefix',
		ingress: rule.ingress,
		rule,
		isDefault: false,
	};
	const key = locationKey(location);
	const existing = locations.get(key);
	if (existing?.rule && !existing.isDefault) {
		const later = repeated.get(existing.rule) ?? [];
		later.push(rule);
		repeated.set(existing.rule, later);
	} else {
		locations.set(key, location);
	}
}

export function isRegexLocation({ingress, path}: Location, settings: NginxSettings): boolean {
	const target = ingress && annotationOf(ingress, 'rewrite-target', settings);
	return Boolean(
		ingress && ((target && target !== path) || isTrue(annotationOf(ingress, 'use-regex', settings))),
	);
}

/** Prefix `/foo` becomes the locations `/foo/` and `= /foo`, unless an Exact `/foo` stands already (location.go). */
export function withExactTwins(locations: readonly Location[], settings: NginxSettings): readonly Location[] {
	const exact = new Set(locations.filter(({pathType}) => pathType === 'Exact').map(({path}) => path));
	return locations.flatMap((location) => {
		if (location.path === '/' || location.pathType === 'Exact' || isRegexLocation(location, settings)) {
			return [location];
		}

		const directory = {...location, path: location.path.endsWith('/') ? location.path : `${location.path}/`};
		return exact.has(location.path) ? [directory] : [directory, {...location, pathType: 'Exact' as const}];
	});
}
