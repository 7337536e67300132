import type {Ingress} from '../../../model/routes/ingress.ts';
import {matchHost} from '../../host-match.ts';
import {fitsRegex} from '../../regex/fits-regex.ts';
import {annotationOf} from './annotations.ts';
import {hostsWith} from './hosts.ts';

/**
Hosts whose rules are also for the host of a request: by `server-alias`, which is one name, or by `server-alias-regex` (AddAliasPathMapping
of pkg/haproxy/types/maps.go). Seen on 0.14.0: a list of names is no name.
*/
export function aliasedHosts(ingresses: readonly Ingress[], host: string): readonly string[] {
	const named = hostsWith(ingresses, 'server-alias').filter(
		({value}) => matchHost(value, host, {wildcard: 'one-label'}) > 0,
	);
	const byRegex = hostsWith(ingresses, 'server-alias-regex').filter(({value}) =>
		fitsRegex(value.toLowerCase(), host),
	);
	return [...new Set([...named, ...byRegex].map((found) => found.host))];
}

const names = ['server-alias', 'redirect-from'];
const expressions = ['server-alias-regex', 'redirect-from-regex'];

/** Hosts that an Ingress asks for beside those of its rules; `~` begins a regular expression. */
export function otherHosts(ingress: Ingress): readonly string[] {
	const valuesOf = (keys: readonly string[]): readonly string[] =>
		keys.map((key) => annotationOf(ingress, key) ?? '').filter((value) => value !== '');
	return [...valuesOf(names), ...valuesOf(expressions).map((expression) => `~${expression.toLowerCase()}`)];
}
