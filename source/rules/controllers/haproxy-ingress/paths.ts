import {beforeBlank} from '../../ingress/before-blank.ts';
import {byElements, byRegexStart, byText, exactly} from '../../ingress/path-fits.ts';
import type {RuleRef} from '../../ingress/decision.ts';
import type {Order, PathFit} from '../../ingress/route-by.ts';
import {compareText} from '../../../model/matching/compare-text.ts';
import {escapeRegex} from '../../../model/matching/escape-regex.ts';

type Match = 'exact' | 'prefix' | 'begin' | 'regex';

/** readPathType: annotation `path-type` is for ImplementationSpecific alone. */
export function matchOf({pathType, ingress: {annotations}}: RuleRef): Match {
	if (pathType !== 'ImplementationSpecific') {
		return pathType === 'Exact' ? 'exact' : 'prefix';
	}

	const given = (
		annotations['haproxy-ingress.github.io/path-type'] ??
		annotations['ingress.kubernetes.io/path-type'] ??
		''
	).toLowerCase();
	return given === 'exact' || given === 'prefix' || given === 'regex' ? given : 'begin';
}

const isWildcard = ({host}: RuleRef): boolean => host.startsWith('*.');

/**
Paths of a wildcard host become regular expressions without an end, so that `/foo` also takes `/foobar`, and `/foo/` not `/foo`
(maps.go, convertPathToRegex). Elsewhere `begin` ignores case.
*/
export const fitPath: PathFit = (written, urlPath, rule, budget) => {
	const path = beforeBlank(written);
	const match = rule ? matchOf(rule) : 'prefix';
	if (match === 'exact' || match === 'regex') {
		return match === 'exact' ? exactly(path, urlPath) : byRegexStart(path, urlPath, rule, budget);
	}

	if (rule && isWildcard(rule)) {
		return byText(path, urlPath);
	}

	return match === 'prefix' ? byElements(path, urlPath) : byText(path.toLowerCase(), urlPath.toLowerCase());
};

/**
What takes the request leads to no backend, and HAProxy answers 404 (seen on 0.14.0): behind the blank stands the name of a backend
that nobody has. Blanks at the end of a path are left out.
*/
export function leadsNowhere({value = ''}: RuleRef): boolean {
	return beforeBlank(value) !== value.trimEnd();
}

/** A rule as a line of a map. */
type Line = {readonly group: number; readonly match: Match; readonly path: string; readonly regex: string};

function lineOf(rule: RuleRef): Line {
	const {host, value} = rule;
	const match = matchOf(rule);
	const path = value || '/';
	const isRegex = isWildcard(rule) || match === 'regex';
	return {
		// The map of hosts before that of regular expressions, and what has no host last (haproxy.tmpl).
		group: host === '' ? 2 : isRegex ? 1 : 0,
		match,
		path: match === 'begin' ? path.toLowerCase() : path,
		regex: isRegex ? `${escapeRegex(host)}${pathRegex(path, match)}` : '',
	};
}

function pathRegex(path: string, match: Match): string {
	switch (match) {
		case 'exact':
			return `${escapeRegex(path)}$`;
		case 'prefix':
			return path.endsWith('/') ? escapeRegex(path) : `${escapeRegex(path)}(/.*)?`;
		case 'begin':
			return escapeRegex(path);
		case 'regex':
			return path;
	}
}

/** `path-type-order` where the ConfigMap has none. */
export const usualTypeOrder: readonly string[] = ['exact', 'prefix', 'begin', 'regex'];

/**
Which line is read first (maps.go, rebuildMatchFiles): exact paths, then a path before a shorter one of another type, then by
`path-type-order`; regular expressions from the longest on. `rules`: all of the host that are the beginning of the path.
*/
export function orderAmongTypes(types: readonly string[]): (rules: readonly RuleRef[]) => Order {
	return (rules) => orderAmong(rules, types);
}

function orderAmong(rules: readonly RuleRef[], types: readonly string[]): Order {
	const lines = new Map(rules.map((rule) => [rule, lineOf(rule)]));
	const line = (rule: RuleRef): Line => lines.get(rule) ?? lineOf(rule);
	const isEarly = (rule: RuleRef): boolean =>
		rules.some((other) => other.host === rule.host && overlaps(line(rule), line(other)));
	return (a, b) => {
		const [first, second] = [line(a), line(b)];
		return (
			first.group - second.group ||
			(first.group === 1
				? second.regex.length - first.regex.length || compareText(first.regex, second.regex)
				: byMap({line: first, isEarly: () => isEarly(a)}, {line: second, isEarly: () => isEarly(b)}, types))
		);
	};
}

/**
Of one path as Prefix and as `begin`, where both stand in a map that is read early, the maps come in the order of a Go map
(rebuildMatchFiles; 0.14.0 was seen to take `begin`).
*/
export function tieAmong(rules: readonly RuleRef[]): (a: RuleRef, b: RuleRef) => boolean {
	const isEarly = (line: Line, {host}: RuleRef): boolean =>
		rules.some((other) => other.host === host && overlaps(line, lineOf(other)));
	return (a, b) => {
		const [first, second] = [lineOf(a), lineOf(b)];
		return (
			a.host === b.host &&
			first.path === second.path &&
			first.match !== second.match &&
			isEarly(first, a) &&
			isEarly(second, b)
		);
	};
}

type Entry = {readonly line: Line; readonly isEarly: () => boolean};

function byMap(a: Entry, b: Entry, types: readonly string[]): number {
	const [first, second] = [a.line, b.line];
	const byExact = Number(second.match === 'exact') - Number(first.match === 'exact');
	if (byExact !== 0) {
		return byExact;
	}

	if (first.match === second.match || overlaps(first, second) || overlaps(second, first)) {
		return compareText(second.path, first.path);
	}

	return (
		Number(b.isEarly()) - Number(a.isEarly()) || types.indexOf(first.match) - types.indexOf(second.match)
	);
}

/** The first one is a longer path than the second one, of another type. */
function overlaps(longer: Line, shorter: Line): boolean {
	const isPlain = ({match}: Line): boolean => match === 'prefix' || match === 'begin';
	return (
		longer.group !== 1 &&
		longer.match !== shorter.match &&
		longer.path !== shorter.path &&
		isPlain(longer) &&
		isPlain(shorter) &&
		longer.path.startsWith(shorter.path)
	);
}
