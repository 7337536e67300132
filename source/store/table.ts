import type {Kind, KindMap} from '../model/kinds.ts';
import type {KindState} from '../model/snapshot.ts';

/** Objects of one kind, by `namespace/name`, with what is known of each scope ('' is cluster-wide). */
export type Table<K extends Kind = Kind> = {
	readonly objects: ReadonlyMap<string, KindMap[K]>;
	/** Made when first asked for; in order of name. */
	readonly byNamespace: () => ReadonlyMap<string, readonly KindMap[K][]>;
	readonly states: ReadonlyMap<string, KindState>;
};

/** The part of an object's key below its kind. */
export function keyOf(namespace: string, name: string): string {
	return `${namespace}/${name}`;
}

/** Computes a value when it is first asked for. */
export function once<T>(make: () => T): () => T {
	let made: {readonly value: T} | undefined;
	return () => (made ??= {value: make()}).value;
}
