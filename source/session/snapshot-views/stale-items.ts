/** What must be walked again: group by group, in the order in which the groups came. */
export type StaleItems<T> = {
	add(item: T): void;
	delete(item: T): void;
	/** Takes the next out. */
	take(): T | undefined;
};

export function createStaleItems<T>(groupOf: (item: T) => string): StaleItems<T> {
	const groups = new Map<string, Set<T>>();
	/** The group in which an item waits: walked again, it may belong to another. */
	const places = new Map<T, string>();

	function remove(item: T): void {
		const group = places.get(item);
		if (group === undefined) {
			return;
		}

		places.delete(item);
		const items = groups.get(group)!;
		items.delete(item);
		if (items.size === 0) {
			groups.delete(group);
		}
	}

	return {
		add(item) {
			if (places.has(item)) {
				return;
			}

			const group = groupOf(item);
			places.set(item, group);
			groups.set(group, (groups.get(group) ?? new Set<T>()).add(item));
		},
		delete: remove,
		take() {
			const [items] = groups.values();
			const [next] = items ?? [];
			if (next !== undefined) {
				remove(next);
			}

			return next;
		},
	};
}
