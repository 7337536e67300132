import type {Demand} from './feeds/feed.ts';
import type {Kind} from './model/kinds.ts';
import type {Reads} from './model/recording-snapshot.ts';

/** More lists per namespace than this cost more than one of the whole cluster. */
const fewNamespaces = 4;

/** What to watch, from what walks have read. */
export function demandOf(reads: Reads): Demand {
	return new Map([...reads].map(([kind, places]) => [kind, placesToWatch(places)]));
}

function placesToWatch(places: ReadonlySet<string>): 'all' | ReadonlySet<string> {
	return places.has('*') || places.has('') || places.size > fewNamespaces ? 'all' : places;
}

/** Both, as one. */
export function mergeReads(all: readonly Reads[]): Reads {
	const merged = new Map<Kind, Set<string>>();
	for (const reads of all) {
		for (const [kind, places] of reads) {
			merged.set(kind, new Set([...(merged.get(kind) ?? []), ...places]));
		}
	}

	return merged;
}
