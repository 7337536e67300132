import type {KindState} from '../model/snapshot.ts';
import {createObjectSet, isSame, type ObjectSet} from './object-set.ts';
import {objectIn, placeIn, shownScope, type Held} from './scopes.ts';

/** The objects that one list-watch reported. */
export type Source = Held & {
	readonly selector: string;
	readonly set: ObjectSet;
	state: KindState | undefined;
	wholeSince: number | undefined;
};

export type Sources = Map<string, Source[]>;

/** The source of an event; it is created with its first event. */
export function sourceOf(
	sources: Sources,
	{scope = '', selector = ''}: {readonly scope?: string; readonly selector?: string},
): Source {
	const found = sources.get(scope)?.find((source) => source.selector === selector);
	if (found) {
		return found;
	}

	const source = createSource(scope, selector);
	sources.set(scope, [...(sources.get(scope) ?? []), source]);
	return source;
}

function createSource(scope: string, selector: string): Source {
	const set = createObjectSet();
	return {
		scope,
		selector,
		set,
		get objects() {
			return set.objects;
		},
		state: undefined,
		wholeSince: undefined,
	};
}

/** The source as it is now. */
export function frozen({scope, set, state, wholeSince}: Source): Held {
	return {scope, objects: set.share(), state, wholeSince};
}

export function isShown(sources: Sources, {scope}: Held, key: string): boolean {
	return shownScope(sources, placeIn(sources, key)) === scope;
}

/** Drops what a source holds. Returns the keys of objects that readers now see from another source, or no longer see. */
export function clear(sources: Sources, source: Source): readonly string[] {
	const before = new Map(source.objects.entries().filter(([key]) => isShown(sources, source, key)));
	const hidden = keysBehind(sources, source);
	source.set.clear();
	source.wholeSince = undefined;
	return [...new Set([...before.keys(), ...hidden])].filter(
		(key) => !isSame(before.get(key), objectIn(sources, ...partsOf(key))),
	);
}

/** Keys of other sources that this one hides. */
function keysBehind(sources: Sources, source: Source): readonly string[] {
	return source.wholeSince === undefined
		? []
		: [...sources.values()]
				.flat()
				.filter(({scope}) => scope !== source.scope && (scope === '' || source.scope === ''))
				.flatMap(({objects}) => objects.keys())
				.filter((key) => isShown(sources, source, key));
}

function partsOf(key: string): readonly [namespace: string, name: string] {
	const slash = key.indexOf('/');
	return [key.slice(0, slash), key.slice(slash + 1)];
}
