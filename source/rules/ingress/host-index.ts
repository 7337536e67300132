import {plainHost} from '../host-match.ts';
import {memoize} from '../memoize.ts';
import {indexByPath, type Placed} from './path-index.ts';

/** The names under which what may be for a host stands: its own, the wildcards above it, and '' for any host. */
function namesFor(host: string): readonly string[] {
	const name = plainHost(host);
	const dots = [...name.matchAll(/\./gu)].map(({index}) => `*${name.slice(index)}`);
	return [...new Set([name, ...dots, ''])];
}

/** Finds those of many items that may be for a host, and for a path of it, in their order: that name it, or a wildcard, or no host. */
export type HostIndex<T> = (host: string, urlPath?: string) => readonly T[];

/**
Of thousands a request concerns few. An item with path '' may be for every path. `most`: of each host and wildcard no more than so
many, those with the longest paths.
*/
export function indexByHost<T>(
	items: readonly T[],
	hostsOf: (item: T) => readonly string[],
	pathOf: (item: T) => string = () => '',
	most = Infinity,
): HostIndex<T> {
	const byHost = Map.groupBy(
		items.flatMap((item, position) =>
			[...new Set(hostsOf(item).map(plainHost))].map((host) => ({item, position, host})),
		),
		({host}) => host,
	);
	const pathsOf = memoize((placed: readonly Placed<T>[]) => indexByPath(placed, pathOf, most));
	return (host, urlPath) => {
		const named = namesFor(host).flatMap((name) => {
			const placed = byHost.get(name) ?? [];
			return urlPath === undefined || placed.length === 0 ? placed : pathsOf(placed)(urlPath);
		});
		return inOrder(named);
	};
}

/** Each once: an item may stand there for several hosts. */
function inOrder<T>(found: readonly Placed<T>[]): readonly T[] {
	if (found.length < 2) {
		return found.map(({item}) => item);
	}

	const byPosition = new Map(found.map(({position, item}) => [position, item]));
	return [...byPosition].toSorted(([a], [b]) => a - b).map(([, item]) => item);
}
