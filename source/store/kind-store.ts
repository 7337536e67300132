import {isHeld, type KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {objectIn, scopesOf, shownObjects, stateIn, type Held} from './scopes.ts';
import {clear, frozen, isShown, sourceOf, type Source, type Sources} from './source.ts';
import {keyOf, once, onceEach, type Table} from './table.ts';
import {compareText} from '../model/matching/compare-text.ts';

/** One kind: what each of its list-watches holds, and which of it readers see. */
export type KindStore = {
	/** Keys touched; undefined when nothing changed that a reader can see. */
	apply(event: WatchEvent): readonly string[] | undefined;
	freeze(): Table;
	count(): number;
	/** Objects of lists that are not complete yet. */
	pending(): number;
};

type Keys = readonly string[];

export function createKindStore(): KindStore {
	const sources: Sources = new Map();
	let wholes = 0;
	let table: Table | undefined;

	/** Readers see another state, even where they see the same objects. */
	const seen = (keys: Keys): Keys => {
		table = undefined;
		return keys;
	};

	/** Those keys, of all that an event touched in a source, that readers see. */
	const shown = (source: Source, keys: Keys): Keys => keys.filter((key) => isShown(sources, source, key));

	const changed = (source: Source, keys: Keys): Keys | undefined => {
		const visible = shown(source, keys);
		return visible.length > 0 ? seen(visible) : undefined;
	};

	const finish = (source: Source): Keys => {
		const keys = source.set.finish();
		source.wholeSince ??= ++wholes;
		source.state = {state: 'synced'};
		return seen(shown(source, keys));
	};

	const say = (source: Source, state: KindState): Keys => {
		const keys = isHeld(state) ? [] : clear(sources, source);
		source.state = state;
		return seen(keys);
	};

	const apply = (event: WatchEvent): Keys | undefined => {
		const source = sourceOf(sources, event);
		const {set} = source;
		switch (event.type) {
			case 'init':
				set.begin();
				return undefined;
			case 'init-apply':
				set.add(event.object);
				return undefined;
			case 'init-delete':
				set.drop(keyOf(event.namespace, event.name));
				return undefined;
			case 'init-done':
				return finish(source);
			case 'apply':
				return changed(source, set.put(event.object));
			case 'delete':
				return changed(source, set.remove(event));
			case 'state':
				return say(source, event.state);
		}
	};

	const all = (): readonly Source[] => [...sources.values()].flat();
	const freeze = (): Table => (table ??= tableOf(all().map(frozen)));
	return {
		apply,
		freeze,
		count: () => countOf(all(), freeze),
		pending: () => all().reduce((sum, {set}) => sum + set.pending, 0),
	};
}

function tableOf(held: readonly Held[]): Table {
	const scopes = scopesOf(held);
	// After each change only the namespaces that somebody reads are gathered and sorted again.
	const objects = onceEach((namespace?: string) => shownObjects(scopes, namespace));
	const inNamespace = onceEach((namespace: string) =>
		objects(namespace).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
	);
	return {
		get: (namespace, name) => objectIn(scopes, namespace, name),
		objects,
		inNamespace,
		inOrder: once(() => namespacesOf(held).flatMap(inNamespace)),
		state: onceEach((namespace) => stateIn(scopes, namespace)),
	};
}

function namespacesOf(held: readonly Held[]): readonly string[] {
	return [...new Set(held.flatMap(({objects}) => objects.namespaces()))].toSorted(compareText);
}

/** Scopes that overlap hold the same object twice. */
function countOf(sources: readonly Source[], freeze: () => Table): number {
	const filled = sources.filter(({objects}) => objects.size > 0);
	const isWide = filled.some(({scope}) => scope === '');
	return isWide && filled.some(({scope}) => scope !== '')
		? freeze().objects().length
		: filled.reduce((sum, {objects}) => sum + objects.size, 0);
}
