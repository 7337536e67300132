import {isDeepStrictEqual} from 'node:util';
import type {Kind, KindMap} from '../model/kinds.ts';
import type {KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {keyOf, once, type Table} from './table.ts';

type AnyObject = KindMap[Kind];

/** What is held of one kind: scopes ('' is cluster-wide, else a namespace), each with its state and, while listing, a new set. */
export type Holdings = {
	/** Keys touched, or undefined when nothing a reader can see has changed. */
	apply(event: WatchEvent): readonly string[] | undefined;
	freeze(): Table;
	count(): number;
};

export function createHoldings(): Holdings {
	let objects = new Map<string, AnyObject>();
	const states = new Map<string, KindState>();
	const pending = new Map<string, Map<string, AnyObject>>();
	let frozen: Table | undefined;

	const changed = (keys: readonly string[]): readonly string[] => {
		frozen = undefined;
		return keys;
	};

	const replace = (scope: string): readonly string[] => {
		const fresh = pending.get(scope) ?? new Map<string, AnyObject>();
		pending.delete(scope);
		const gone = [...objects]
			.filter(([key, object]) => isInScope(object, scope) && !fresh.has(key))
			.map(([key]) => key);
		objects = writable(objects, frozen);
		gone.forEach((key) => objects.delete(key));
		const altered = [...fresh].filter(([key, object]) => !isSame(objects.get(key), object));
		altered.forEach(([key, object]) => objects.set(key, object));
		states.set(scope, {state: 'synced'});
		return changed([...gone, ...altered.map(([key]) => key)]);
	};

	const put = (object: AnyObject): readonly string[] | undefined => {
		const key = keyOf(object.namespace, object.name);
		if (isSame(objects.get(key), object)) {
			return undefined;
		}

		objects = writable(objects, frozen).set(key, object);
		return changed([key]);
	};

	const remove = (key: string): readonly string[] | undefined => {
		if (!objects.has(key)) {
			return undefined;
		}

		objects = writable(objects, frozen);
		objects.delete(key);
		return changed([key]);
	};

	const apply = (event: WatchEvent): readonly string[] | undefined => {
		const scope = event.scope ?? '';
		switch (event.type) {
			case 'init':
				pending.set(scope, new Map());
				return undefined;
			case 'init-apply':
				pending.get(scope)?.set(keyOf(event.object.namespace, event.object.name), event.object);
				return undefined;
			case 'init-done':
				return replace(scope);
			case 'apply':
				return put(event.object);
			case 'delete':
				return remove(keyOf(event.namespace, event.name));
			case 'state':
				states.set(scope, event.state);
				return changed([]);
		}
	};

	const freeze = (): Table => {
		const held = objects;
		frozen ??= {objects: held, byNamespace: once(() => groupByNamespace(held)), states: new Map(states)};
		return frozen;
	};

	return {apply, freeze, count: () => objects.size};
}

/** A frozen map belongs to a reader: the next change works on a copy. */
function writable(objects: Map<string, AnyObject>, frozen: Table | undefined): Map<string, AnyObject> {
	return frozen?.objects === objects ? new Map(objects) : objects;
}

function isInScope(object: AnyObject, scope: string): boolean {
	return scope === '' || object.namespace === scope;
}

/**
Whether a reader would see no difference. Most changes of a cluster are none here: heartbeats, leases, fields that are not
projected. The version that is held is then that of the last change which mattered.
*/
function isSame(a: AnyObject | undefined, b: AnyObject): boolean {
	if (a === undefined || a.uid !== b.uid || a.resourceVersion === '') {
		return false;
	}

	return (
		a.resourceVersion === b.resourceVersion ||
		isDeepStrictEqual({...a, resourceVersion: b.resourceVersion}, b)
	);
}

function groupByNamespace(
	objects: ReadonlyMap<string, AnyObject>,
): ReadonlyMap<string, readonly AnyObject[]> {
	const groups = new Map<string, AnyObject[]>();
	for (const object of objects.values()) {
		const group = groups.get(object.namespace);
		if (group) {
			group.push(object);
		} else {
			groups.set(object.namespace, [object]);
		}
	}

	for (const group of groups.values()) {
		group.sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
