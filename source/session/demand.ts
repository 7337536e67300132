import type {Demand} from '../feeds/feed.ts';
import {factsOf, kindsThat, type Kind} from '../model/kinds.ts';
import type {Reads} from '../model/recording-snapshot.ts';

/** More lists per namespace than this cost more than one of the whole cluster. */
const fewNamespaces = 4;

/** The same for heavy kinds. */
const manyNamespaces = 100;

/** What to watch, from all that walks have read. */
export function demandOf(all: readonly Reads[]): Demand {
	return new Map(
		[...unionOf(all)].map(([kind, scopes]) => [
			kind,
			factsOf(kind).named
				? scopes
				: scopesToWatch(scopes, factsOf(kind).isHeavy ? manyNamespaces : fewNamespaces),
		]),
	);
}

function scopesToWatch(scopes: ReadonlySet<string>, limit: number): 'all' | ReadonlySet<string> {
	return scopes.has('*') || scopes.has('') || scopes.size > limit ? 'all' : scopes;
}

export function unionOf(all: readonly Reads[]): Reads {
	const union = new Map<Kind, Set<string>>();
	for (const reads of all) {
		for (const [kind, scopes] of reads) {
			const known = union.get(kind) ?? new Set();
			union.set(kind, known);
			scopes.forEach((scope) => known.add(scope));
		}
	}

	return union;
}

export function isSameDemand(a: Demand, b: Demand): boolean {
	return a.size === b.size && [...a].every(([kind, scopes]) => isSameScopes(scopes, b.get(kind)));
}

function isSameScopes(a: 'all' | ReadonlySet<string>, b: 'all' | ReadonlySet<string> | undefined): boolean {
	return (
		a === b ||
		(a !== 'all' && b !== undefined && b !== 'all' && a.size === b.size && [...a].every((x) => b.has(x)))
	);
}

/**
What a walk over a namespace, or over all (`*`), reads in any case; without a scope only what every walk reads. `also`: kinds that
it reads there besides.
*/
export function openingReads(scope: string | undefined, also: readonly Kind[] = []): Reads {
	const opened = kindsThat((facts) => facts.opened === 'always').map(
		(kind) => [kind, new Set(ownPlaces(kind) ?? ['*'])] as const,
	);
	const looked = [...kindsThat((facts) => facts.opened === 'where-looked'), ...also];
	return new Map<Kind, ReadonlySet<string>>([
		...opened,
		...(scope === undefined
			? []
			: looked.map((kind) => [kind, new Set(ownPlaces(kind) ?? [scope])] as const)),
	]);
}

/** The places of a kind that do not depend on what is looked at: no namespace, or the objects that are read in any case. */
function ownPlaces(kind: Kind): readonly string[] | undefined {
	const {namespaced, named} = factsOf(kind);
	return namespaced ? named : [''];
}
