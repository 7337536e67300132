import {demandOf} from './demand.ts';
import type {Demand} from '../feeds/feed.ts';
import type {Kind} from '../model/kinds.ts';
import type {Reads} from '../model/recording-snapshot.ts';

/** What everything that was walked needs to be watched. */
export function demandOfAll(all: readonly Reads[]): Demand {
	const union = new Map<Kind, Set<string>>();
	for (const reads of all) {
		for (const [kind, scopes] of reads) {
			const known = union.get(kind) ?? new Set();
			union.set(kind, known);
			for (const scope of scopes) {
				known.add(scope);
			}
		}
	}

	return demandOf(union);
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
