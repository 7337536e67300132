import type {Ingress, IngressPath} from '../../../model/ingress.ts';
import type {RuleRef} from '../decision.ts';
import {fitHost} from '../hosts.ts';
import {annotationOf, isCanary, isTrue, type NginxSettings} from './nginx-annotations.ts';
import {fitsRegex} from './regex.ts';
import {compare, defaultRule, rulesOf} from '../rules.ts';

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

export type Server = {
	/** '' is the catch-all server. */
	readonly host: string;
	/** In the order of nginx's configuration. */
	readonly locations: readonly Location[];
	/** Rules that repeat host, path and type of an earlier one. */
	readonly repeated: readonly {readonly rule: RuleRef; readonly of: RuleRef}[];
	/** One regex or rewrite turns all paths of the host into regular expressions (ingress-path-matching.md). */
	readonly isRegex: boolean;
};

/** Oldest first; of equal age the later name first (store.ListIngresses). */
export function inNginxOrder(ingresses: readonly Ingress[]): readonly Ingress[] {
	return ingresses.toSorted(
		(a, b) =>
			(a.createdAt ?? 0) - (b.createdAt ?? 0) ||
			compare(`${b.namespace}/${b.name}`, `${a.namespace}/${a.name}`),
	);
}

/** The server that takes a host: an exact name or alias, else a wildcard of one label, else the catch-all. */
export function serverFor(ingresses: readonly Ingress[], host: string, settings: NginxSettings): Server {
	const primary = ingresses.filter((ingress) => !isCanary(ingress, settings));
	const names = new Set(primary.flatMap(({rules}) => rules.map((rule) => rule.host.toLowerCase())));
	const asked = host.toLowerCase();
	const name =
		asked !== '' && names.has(asked)
			? asked
			: (aliased(primary, asked, {names, settings}) ??
				[...names].find((pattern) => fitHost(pattern, asked) === 'wildcard') ??
				'');
	return buildServer(primary, name, settings);
}

/** `server-alias`: of each host, those of the first Ingress that has some; never a name that a rule has itself. */
function aliased(
	ingresses: readonly Ingress[],
	host: string,
	{names, settings}: {readonly names: ReadonlySet<string>; readonly settings: NginxSettings},
): string | undefined {
	return [...names].find((name) => {
		const first = ingresses.find(
			(ingress) =>
				ingress.rules.some((rule) => rule.host.toLowerCase() === name) &&
				annotationOf(ingress, 'server-alias', settings),
		);
		return (
			first &&
			(annotationOf(first, 'server-alias', settings) ?? '')
				.split(',')
				.some((text) => fitsAlias(text.trim(), host))
		);
	});
}

// An alias goes into server_name as it is: nginx's own wildcard covers many labels, `~` starts a regular expression.
function fitsAlias(alias: string, host: string): boolean {
	if (alias.startsWith('~')) {
		return fitsRegex(alias.slice(1), host) ?? false;
	}

	return (
		alias !== '' &&
		(alias.toLowerCase() === host || (alias.startsWith('*.') && host.endsWith(alias.slice(1).toLowerCase())))
	);
}

function buildServer(ingresses: readonly Ingress[], host: string, settings: NginxSettings): Server {
	const locations: Location[] = [rootLocation(ingresses, host)];
	const repeated: {rule: RuleRef; of: RuleRef}[] = [];
	for (const rule of ingresses.flatMap(rulesOf).filter((item) => item.host.toLowerCase() === host)) {
		addLocation(rule, locations, repeated);
	}

	const sorted = locations.toSorted((a, b) => b.path.length - a.path.length || compare(b.path, a.path));
	return {
		host,
		locations: withExactTwins(sorted, settings),
		repeated,
		isRegex: sorted.some((location) => isRegexLocation(location, settings)),
	};
}

/**
Every host has a `/` for the default backend of the first Ingress that names it; the catch-all takes only that of an
Ingress without rules, so a default backend beside rules never serves unknown hosts (e2e defaultbackend/with_hosts.go).
*/
function rootLocation(ingresses: readonly Ingress[], host: string): Location {
	const owner = ingresses.find((ingress) =>
		host === ''
			? ingress.rules.length === 0 && ingress.defaultBackend?.type === 'service'
			: ingress.rules.some((rule) => rule.host.toLowerCase() === host),
	);
	const rule = owner?.defaultBackend?.type === 'service' ? defaultRule(owner) : undefined;
	return {path: '/', pathType: 'Prefix', ingress: owner, rule, isDefault: true};
}

function addLocation(rule: RuleRef, locations: Location[], repeated: {rule: RuleRef; of: RuleRef}[]): void {
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
	const index = locations.findIndex(
		({path, pathType}) => path === location.path && pathType === location.pathType,
	);
	const existing = locations[index];
	if (existing?.rule && !existing.isDefault) {
		repeated.push({rule, of: existing.rule});
	} else if (existing) {
		locations[index] = location;
	} else {
		locations.push(location);
	}
}

function isRegexLocation({ingress, path}: Location, settings: NginxSettings): boolean {
	const target = ingress && annotationOf(ingress, 'rewrite-target', settings);
	return Boolean(
		ingress && ((target && target !== path) || isTrue(annotationOf(ingress, 'use-regex', settings))),
	);
}

/** Prefix `/foo` becomes the locations `/foo/` and `= /foo`, unless an Exact `/foo` stands already (location.go). */
function withExactTwins(locations: readonly Location[], settings: NginxSettings): readonly Location[] {
	const exact = new Set(locations.filter(({pathType}) => pathType === 'Exact').map(({path}) => path));
	return locations.flatMap((location) => {
		if (location.path === '/' || location.pathType === 'Exact' || isRegexLocation(location, settings)) {
			return [location];
		}

		const directory = {...location, path: location.path.endsWith('/') ? location.path : `${location.path}/`};
		return exact.has(location.path) ? [directory] : [directory, {...location, pathType: 'Exact' as const}];
	});
}
