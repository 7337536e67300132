import {readAgain, recordReads, type Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';

/**
Computes a value of an object once. Objects of a snapshot never change, so what follows from one alone holds as long as it
lives; nothing else may enter into it.
*/
export function memoize<K extends object, V>(make: (key: K) => V): (key: K) => V {
	const known = new WeakMap<K, {readonly value: V}>();
	return (key) => {
		const found = known.get(key);
		if (found) {
			return found.value;
		}

		const value = make(key);
		known.set(key, {value});
		return value;
	};
}

/**
As `memoize`, for what also depends on a text and on the objects of a snapshot, but neither on its time nor on evidence. What it
read counts as read each time.
*/
export function rememberRead<K extends object, V>(
	make: (snapshot: Snapshot, key: K, text: string) => V,
): (snapshot: Snapshot, key: K, text?: string) => V {
	const tables = memoize((_version: object) =>
		memoizeBy((_key: K, _text): {known?: {readonly value: V; readonly reads: Reads}} => ({})),
	);
	return (snapshot, key, text = '') => {
		const held = tables(snapshot.version)(key, text);
		if (held.known) {
			readAgain(snapshot, held.known.reads);
			return held.known.value;
		}

		const recording = recordReads(snapshot);
		const value = make(recording.snapshot, key, text);
		held.known = {value, reads: recording.reads};
		readAgain(snapshot, recording.reads);
		return value;
	};
}

/** As `memoize`, for what also depends on a text. */
export function memoizeBy<K extends object, V>(
	make: (key: K, text: string) => V,
): (key: K, text: string) => V {
	const tables = memoize((_key: K) => new Map<string, V>());
	return (key, text) => {
		const table = tables(key);
		const found = table.get(text);
		if (found !== undefined) {
			return found;
		}

		const value = make(key, text);
		table.set(text, value);
		return value;
	};
}
/** Computes a value of a text once; a few thousand are kept. */
export function memoizeText<V>(make: (text: string) => V): (text: string) => V {
	const known = new Map<string, V>();
	return (text) => {
		if (known.has(text)) {
			return known.get(text) as V;
		}

		if (known.size >= 5000) {
			known.clear();
		}

		const value = make(text);
		known.set(text, value);
		return value;
	};
}
