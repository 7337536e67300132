import type {KindState} from '../model/snapshot.ts';
import type {AnyObject} from '../model/kinds.ts';

/** What readers see of one kind at one time. */
export type Table = {
	get(namespace: string, name: string): AnyObject | undefined;
	/** In no order. */
	objects(): readonly AnyObject[];
	/** Built on first use; in order of namespace and name. */
	byNamespace(): ReadonlyMap<string, readonly AnyObject[]>;
	/** Those of all namespaces, in the same order. */
	inOrder(): readonly AnyObject[];
	/** Absent where no state was ever reported. Without a namespace: of the cluster-wide list. */
	state(namespace?: string): KindState | undefined;
};

/** The part of an object's key below its kind. */
export function keyOf(namespace: string, name: string): string {
	return `${namespace}/${name}`;
}

/** Computes a value on first use. */
export function once<T>(make: () => T): () => T {
	let made: {readonly value: T} | undefined;
	return () => (made ??= {value: make()}).value;
}

/** Computes a value of a key on first use. */
export function onceEach<K, T>(make: (key: K) => T): (key: K) => T {
	const made = new Map<K, {readonly value: T}>();
	return (key) => {
		const held = made.get(key) ?? {value: make(key)};
		made.set(key, held);
		return held.value;
	};
}

export function groupByNamespace(objects: readonly AnyObject[]): ReadonlyMap<string, readonly AnyObject[]> {
	const groups = new Map<string, AnyObject[]>();
	for (const object of objects) {
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
