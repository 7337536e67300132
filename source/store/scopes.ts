import {worstState, type KindState} from '../model/snapshot.ts';
import type {AnyObject} from '../model/kinds.ts';
import type {Objects} from './object-map.ts';
import {keyOf, onceEach} from './table.ts';

/** What one list-watch holds. */
export type Held = {
	/** A namespace, `namespace/name` for one object, or '' for the whole cluster. */
	readonly scope: string;
	readonly objects: Objects;
	readonly state: KindState | undefined;
	/** When it first was complete, as a running number; absent while it is not. */
	readonly wholeSince: number | undefined;
};

/** The list-watches of one kind by their scope, and which of two scopes is shown in a namespace. */
type Scopes = ReadonlyMap<string, readonly Held[]>;

export function scopesOf(held: Iterable<Held>): Scopes {
	const scopes = new Map<string, Held[]>();
	for (const each of held) {
		scopes.set(each.scope, [...(scopes.get(each.scope) ?? []), each]);
	}

	return scopes;
}

/**
The scope that a namespace shows objects of: the first that was complete. Only one is shown at a time:
two list-watches report an object at different speeds, and a slower one must not bring back or delete anything. Another
scope is shown when this one is closed, which a feed does once the other holds nothing older.
*/
export function shownScope(scopes: Scopes, namespace: string): string {
	return wholeScope(scopes, namespace) ?? (scopes.has('') ? '' : namespace);
}

function wholeScope(scopes: Scopes, namespace: string): string | undefined {
	const own = wholeSince(scopes.get(namespace));
	const wide = wholeSince(scopes.get(''));
	if (own === undefined) {
		return wide === undefined ? undefined : '';
	}

	return wide === undefined || own < wide ? namespace : '';
}

function wholeSince(held: readonly Held[] = []): number | undefined {
	let first: number | undefined;
	for (const {wholeSince: since} of held) {
		first = since !== undefined && (first === undefined || since < first) ? since : first;
	}

	return first;
}

export function objectIn(scopes: Scopes, namespace: string, name: string): AnyObject | undefined {
	const key = keyOf(namespace, name);
	const held = scopes.get(shownScope(scopes, placeIn(scopes, key)));
	return held?.find(({objects}) => objects.has(key))?.objects.get(key);
}

/** The scope of its own that an object has, by its key; else its namespace. */
export function placeIn(scopes: ReadonlyMap<string, unknown>, key: string): string {
	const slash = key.indexOf('/');
	return slash < 0 || scopes.has(key) ? key : key.slice(0, slash);
}

/**
The state of a namespace is that of the scope that is shown. Where none is complete it is that of the cluster-wide list or,
if that is forbidden, of the namespace's own. Without a namespace it is that of the cluster-wide list.
*/
export function stateIn(scopes: Scopes, namespace: string | undefined): KindState | undefined {
	const wide = stateOf(scopes.get(''));
	if (namespace === undefined) {
		return wide;
	}

	const place = placeIn(scopes, namespace);
	const whole = wholeScope(scopes, place);
	if (whole !== undefined) {
		return stateOf(scopes.get(whole));
	}

	const own = stateOf(scopes.get(place));
	const givesWay = wide === undefined || wide.state === 'forbidden' || wide.state === 'not-watched';
	return own && own.state !== 'not-watched' && givesWay ? own : (wide ?? own);
}

function stateOf(held: readonly Held[] = []): KindState | undefined {
	const states = held.flatMap(({state}) => state ?? []);
	return states.length > 0 ? worstState(states) : undefined;
}

/** Those of a namespace, or of all; in no order. */
export function shownObjects(scopes: Scopes, namespace?: string): readonly AnyObject[] {
	const shown = onceEach((place: string) => shownScope(scopes, place));
	return [...scopes].flatMap(([scope, held]) =>
		held.flatMap(({objects}) =>
			objects
				.entries(namespace)
				.filter(([key]) => shown(placeIn(scopes, key)) === scope)
				.map(([, object]) => object),
		),
	);
}
