/**
The new value, with every part of it that equals the old one replaced by the old one. Then a part has changed exactly
when it is another object, which makes "what changed" cheap to find, to send and to draw. Plain data only.
*/
export function reuse<T>(previous: unknown, next: T): T {
	if (Object.is(previous, next) || !isData(previous) || !isData(next)) {
		return next;
	}

	if (Array.isArray(previous) && Array.isArray(next)) {
		return reuseItems(previous, next) as T;
	}

	return Array.isArray(previous) || Array.isArray(next) ? next : (reuseFields(previous, next) as T);
}

type Fields = Readonly<Record<string, unknown>>;

function reuseFields(previous: object, next: object): object {
	const before = previous as Fields;
	const keys = Object.keys(next);
	let isSame = Object.keys(previous).length === keys.length;
	const copy: Record<string, unknown> = {};
	for (const key of keys) {
		const value = reuse(before[key], (next as Fields)[key]);
		copy[key] = value;
		isSame &&= Object.hasOwn(before, key) && Object.is(value, before[key]);
	}

	return isSame ? previous : copy;
}

function reuseItems(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
	const counterpart = counterpartsIn(before, after);
	const copy = after.map((item, index) => {
		const from = counterpart(index);
		return from === undefined ? item : reuse(before[from], item);
	});
	const isSame = before.length === copy.length && copy.every((item, index) => Object.is(item, before[index]));
	return isSame ? before : copy;
}

/**
Where the items of one list stood in the list before: by their `id`, where they have one, else by their place. A row that is put
in between moves all that follow, and changes none of them.
*/
export function counterpartsIn(
	before: readonly unknown[],
	after: readonly unknown[],
): (index: number) => number | undefined {
	let places: ReadonlyMap<unknown, number> | undefined;
	let shift = 0;
	return (index) => {
		const id = idOf(after[index]);
		if (id === undefined) {
			return index < before.length ? index : undefined;
		}

		if (idOf(before[index + shift]) !== id) {
			places ??= new Map(before.map((item, place) => [idOf(item), place]));
			const place = places.get(id);
			shift = place === undefined ? shift - 1 : place - index;
			return place;
		}

		return index + shift;
	};
}

function idOf(item: unknown): unknown {
	return isData(item) ? (item as {readonly id?: unknown}).id : undefined;
}

export function isData(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
