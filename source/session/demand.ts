import type {Demand} from '../feeds/feed.ts';
import {factsOf, kindsThat, type Kind} from '../model/kinds.ts';
import type {Reads} from '../model/recording-snapshot.ts';

/** More lists per namespace than this cost more than one of the whole cluster. */
const fewNamespaces = 4;

/** The same for heavy kinds. */
const manyNamespaces = 100;

/** What to watch, from what walks have read. */
export function demandOf(reads: Reads): Demand {
	return new Map(
		[...reads].map(([kind, scopes]) => [
			kind,
			scopesToWatch(scopes, factsOf(kind).isHeavy ? manyNamespaces : fewNamespaces),
		]),
	);
}

function scopesToWatch(scopes: ReadonlySet<string>, limit: number): 'all' | ReadonlySet<string> {
	return scopes.has('*') || scopes.has('') || scopes.size > limit ? 'all' : scopes;
}

/** Both, as one. */
export function mergeReads(all: readonly Reads[]): Reads {
	const merged = new Map<Kind, Set<string>>();
	for (const reads of all) {
		for (const [kind, scopes] of reads) {
			merged.set(kind, new Set([...(merged.get(kind) ?? []), ...scopes]));
		}
	}

	return merged;
}

/** What a look at a namespace, or at all (`*`), will certainly read; without a place only what is read anyway. `also`: kinds that it
reads there besides. */
export function openingReads(scope: string | undefined, also: readonly Kind[] = []): Reads {
	const opened = kindsThat((facts) => facts.opened === 'always').map(
		(kind) => [kind, new Set([ownPlace(kind) ?? '*'])] as const,
	);
	const looked = [...kindsThat((facts) => facts.opened === 'where-looked'), ...also];
	return new Map<Kind, ReadonlySet<string>>([
		...opened,
		...(scope === undefined ? [] : looked.map((kind) => [kind, new Set([ownPlace(kind) ?? scope])] as const)),
	]);
}

/** Where a kind is read whatever is looked at: without a namespace, or in the only one that is read of it. */
function ownPlace(kind: Kind): string | undefined {
	const {namespaced, selections} = factsOf(kind);
	return namespaced ? selections?.[0]?.namespace : '';
}
