/**
The new value, with every part of it that equals the old one replaced by the old one. Then a part has changed exactly
when it is another object, which makes "what changed" cheap to find, to send and to draw. Plain data only.
*/
export function reuse<T>(previous: unknown, next: T): T {
	if (
		Object.is(previous, next) ||
		!isData(previous) ||
		!isData(next) ||
		Array.isArray(previous) !== Array.isArray(next)
	) {
		return next;
	}

	const before = previous as Readonly<Record<string, unknown>>;
	const keys = Object.keys(next);
	let isSame = Object.keys(previous).length === keys.length;
	const copy: Record<string, unknown> = Array.isArray(next) ? ([] as never) : {};
	for (const key of keys) {
		const value = reuse(before[key], (next as Readonly<Record<string, unknown>>)[key]);
		copy[key] = value;
		isSame &&= Object.hasOwn(before, key) && Object.is(value, before[key]);
	}

	return (isSame ? previous : copy) as T;
}

export function isData(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
