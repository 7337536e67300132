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
