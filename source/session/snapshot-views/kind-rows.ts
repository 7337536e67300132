import type {Demand} from '../../feeds/feed.ts';
import type {Kind} from '../../model/kinds.ts';
import {worstState, type KindState, type Snapshot} from '../../model/snapshot.ts';
import type {Reader} from '../../store/store-types.ts';
import type {KindRow} from '../state.ts';

/** The state of every kind that is wanted, by name; of several namespaces, the worst. `here`: the one that is looked at. */
export function kindRows(
	demand: Demand,
	{snapshot, reader, here}: {readonly snapshot: Snapshot; readonly reader: Reader; readonly here?: string},
): readonly KindRow[] {
	return [...demand.keys()].toSorted().map((kind) => {
		const state = stateIn(snapshot, kind, demand.get(kind) ?? 'all');
		const isListedHere =
			state.state === 'forbidden' && here !== undefined && snapshot.state(kind, here).state !== 'forbidden';
		return {kind, state, count: reader.count(kind), isListedHere: isListedHere || undefined};
	});
}

/** The state of a kind over the places where it is wanted. */
export function stateIn(snapshot: Snapshot, kind: Kind, scopes: 'all' | ReadonlySet<string>): KindState {
	if (scopes === 'all') {
		return snapshot.state(kind);
	}

	return worstState([...scopes].map((namespace) => snapshot.state(kind, namespace)));
}
