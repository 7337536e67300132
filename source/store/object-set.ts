import {isDeepStrictEqual} from 'node:util';
import type {AnyObject} from '../model/kinds.ts';
import {isOlder} from '../model/matching/resource-version.ts';
import {createObjectMap, type Objects} from './object-map.ts';
import {keyOf} from './table.ts';

/** Which object was deleted. Without `uid` and `resourceVersion` the object is deleted whatever its version. */
type Deleted = {
	readonly namespace: string;
	readonly name: string;
	readonly uid?: string;
	readonly resourceVersion?: string;
};

/** The objects that one list-watch reported, by `namespace/name`. Each change returns the keys that it touched. */
export type ObjectSet = {
	readonly objects: Objects;
	/** Objects of a list that is not complete yet. */
	readonly pending: number;
	/** Begins a list: its objects are held back until it is complete. A list that was begun before is dropped. */
	begin(): void;
	add(object: AnyObject): void;
	drop(key: string): void;
	finish(): readonly string[];
	put(object: AnyObject): readonly string[];
	remove(deleted: Deleted): readonly string[];
	clear(): void;
	/** The objects as they are now, whatever changes later. */
	share(): Objects;
};

export function createObjectSet(): ObjectSet {
	let objects = createObjectMap();
	let list = createObjectMap();

	return {
		get objects() {
			return objects;
		},
		get pending() {
			return list.size;
		},
		begin() {
			list = createObjectMap();
		},
		add: (object) => list.set(keyOf(object.namespace, object.name), object),
		drop: (key) => list.delete(key),
		finish() {
			const finished = list;
			list = createObjectMap();
			// The first list is most of what is ever held: it is taken as it is, not copied.
			if (objects.size === 0) {
				objects = finished;
				return objects.keys();
			}

			const gone = objects.keys().filter((key) => !finished.has(key));
			const altered = finished.entries().filter(([key, object]) => !isSame(objects.get(key), object));
			gone.forEach((key) => objects.delete(key));
			altered.forEach(([key, object]) => objects.set(key, object));
			return [...gone, ...altered.map(([key]) => key)];
		},
		put(object) {
			const key = keyOf(object.namespace, object.name);
			if (isSame(objects.get(key), object)) {
				return [];
			}

			objects.set(key, object);
			return [key];
		},
		remove(deleted) {
			const key = keyOf(deleted.namespace, deleted.name);
			const old = objects.get(key);
			if (!old || isReplay(old, deleted)) {
				return [];
			}

			objects.delete(key);
			return [key];
		},
		clear() {
			objects = createObjectMap();
			list = createObjectMap();
		},
		share: () => objects.share(),
	};
}

/** A late deletion: of an earlier object of the same name, or from before the object was created again. */
function isReplay(old: AnyObject, {uid = '', resourceVersion = ''}: Deleted): boolean {
	const isAnother = old.uid !== '' && uid !== '' && old.uid !== uid;
	return isAnother || isOlder(resourceVersion, old.resourceVersion);
}

/**
Whether a reader would see no difference. Most changes of a cluster make none: heartbeats, leases, fields that are not
projected. The object that is held then keeps the version of the last change that made a difference.
*/
export function isSame(a: AnyObject | undefined, b: AnyObject | undefined): boolean {
	if (a === undefined || b === undefined || a.uid !== b.uid || a.resourceVersion === '') {
		return a === b;
	}

	return (
		a.resourceVersion === b.resourceVersion ||
		isDeepStrictEqual({...a, resourceVersion: b.resourceVersion}, b)
	);
}
