/**
Computes a value of an object once. Objects of a snapshot never change, so what follows from one alone holds as long as it
lives; nothing else may enter into it.
*/
export function remember<K extends object, V>(make: (key: K) => V): (key: K) => V {
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

/** As `remember`, for what also depends on a text. */
export function rememberBy<K extends object, V>(
	make: (key: K, text: string) => V,
): (key: K, text: string) => V {
	const tables = remember((_key: K) => new Map<string, V>());
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
