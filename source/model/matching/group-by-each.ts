/** Like `Map.groupBy`, for items with several keys each. */
export function groupByEach<K, T>(
	items: Iterable<T>,
	keysOf: (item: T) => Iterable<K>,
): ReadonlyMap<K, readonly T[]> {
	const groups = new Map<K, T[]>();
	for (const item of items) {
		for (const key of keysOf(item)) {
			const found = groups.get(key);
			if (found) {
				found.push(item);
			} else {
				groups.set(key, [item]);
			}
		}
	}

	return groups;
}
