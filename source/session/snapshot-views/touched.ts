import {placeOf, type Kind} from '../../model/kinds.ts';
import type {Reads} from '../../model/recording-snapshot.ts';
import type {Notice} from '../../store/store-types.ts';

/** Where something changed: by kind, the places ('' for cluster-scoped objects), or everywhere. */
export type Touched = ReadonlyMap<Kind, 'everywhere' | ReadonlySet<string>>;

/** What a notice touches. A kind without objects, or with another state, touches all who read the kind. */
export function touchedBy(notice: Notice, stateChanged: (kind: Kind) => boolean): Touched {
	const scopes = new Map<Kind, Set<string>>();
	for (const key of notice.objects) {
		const [kind, namespace = '', name = ''] = key.split('/') as [Kind, string?, string?];
		const known = scopes.get(kind) ?? new Set();
		scopes.set(kind, known.add(placeOf(kind, namespace, name)));
	}

	return new Map(
		[...notice.kinds].map((kind) => [
			kind,
			stateChanged(kind) ? 'everywhere' : (scopes.get(kind) ?? 'everywhere'),
		]),
	);
}

/** Whether what was read includes something that was touched. */
export function isTouched(reads: Reads, touched: Touched): boolean {
	for (const [kind, where] of touched) {
		const read = reads.get(kind);
		if (read && (where === 'everywhere' || read.has('*') || [...where].some((place) => read.has(place)))) {
			return true;
		}
	}

	return false;
}
