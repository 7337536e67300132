import type {KindState} from '../model/snapshot.ts';
import type {AnyObject} from '../model/kinds.ts';

/** What readers see of one kind at one time. */
export type Table = {
	get(namespace: string, name: string): AnyObject | undefined;
	/** Those of a namespace, or of all; in no order. */
	objects(namespace?: string): readonly AnyObject[];
	/** Those of a namespace, in order of their names. */
	inNamespace(namespace: string): readonly AnyObject[];
	/** Those of all namespaces, in order of namespace and name. */
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
