import {safe} from '../model/safe-text/safe.ts';

/** JSON that is not trusted: every accessor gives a usable value, whatever the field holds. */
export type Wire = Readonly<Record<string, unknown>>;

declare const type: unique symbol;

/**
What should be a `T` of the API, and may be anything: nothing can be done with it but to ask an accessor. So the fields of
built-in kinds are checked by the compiler, and their values at run time.
*/
export type Claimed<T> = {readonly [type]?: T};

/** An object that should be a `T`, by the names that JSON has: client-node writes `from` and `continue` with an underscore before. */
export type WireOf<T> = {
	readonly [K in keyof T as K extends `_${infer Name}` ? Name : K]-?: Claimed<NonNullable<T[K]>>;
};

type ItemOf<T> = T extends readonly (infer Item)[] ? Item : never;

export function record<T>(value: Claimed<T> | undefined): WireOf<T>;
export function record(value: unknown): Wire;
export function record(value: unknown): Wire {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Wire) : {};
}

export function optionalRecord<T>(value: Claimed<T> | undefined): WireOf<T> | undefined;
export function optionalRecord(value: unknown): Wire | undefined;
export function optionalRecord(value: unknown): Wire | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Wire) : undefined;
}

export function list<T>(value: Claimed<T> | undefined): readonly Claimed<ItemOf<T>>[];
export function list(value: unknown): readonly unknown[];
export function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : nothing;
}

/** A list of objects. */
export function records<T>(value: Claimed<T> | undefined): readonly WireOf<ItemOf<T>>[];
export function records(value: unknown): readonly Wire[];
export function records(value: unknown): readonly Wire[] {
	return list(value).map((item) => record(item));
}

/** A list to keep: most lists of most objects are empty, and all of those are one. */
export function kept<T>(items: readonly T[]): readonly T[] {
	return items.length === 0 ? nothing : items;
}

const nothing: readonly never[] = Object.freeze([]);

/** Whether this very value stands there. */
export function is<T extends string | number | boolean>(
	value: Claimed<T> | undefined,
	expected: NoInfer<T>,
): boolean {
	return (value as unknown) === expected;
}

/**
Text that requests are compared with, as it is written: `safe` replaces invisible characters by visible ones, and the comparison
would fail. Such text passes `safe` where it is shown.
*/
export function verbatim(value: unknown): string {
	return typeof value === 'string' ? value : text(value);
}

export function optionalVerbatim(value: unknown): string | undefined {
	return typeof value === 'string' ? value : optionalText(value);
}

/** Made safe for a terminal. */
export function text(value: unknown): string {
	return optionalText(value) ?? '';
}

export function optionalText(value: unknown): string | undefined {
	if (typeof value === 'string') {
		return safe(value);
	}

	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function texts(value: unknown): readonly string[] {
	return kept(list(value).map(text));
}

export function optionalNumber(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function number(value: unknown, fallback = 0): number {
	return optionalNumber(value) ?? fallback;
}

/** An IntOrString: digits in a string stay a string, as in the API. */
export function intOrString(value: unknown): number | string | undefined {
	return typeof value === 'number'
		? value
		: typeof value === 'string' && value !== ''
			? safe(value)
			: undefined;
}

/** RFC 3339 → milliseconds. YAML may have made a Date of it. */
export function time(value: unknown): number | undefined {
	const at =
		typeof value === 'string' ? Date.parse(value) : value instanceof Date ? value.getTime() : Number.NaN;
	return Number.isNaN(at) ? undefined : at;
}

export function textMap(value: unknown): Readonly<Record<string, string>> {
	const map = record(value);
	const keys = Object.keys(map);
	if (keys.length === 0) {
		return none;
	}

	// A pod may have thousands of labels: a map that is already safe is not copied.
	return keys.every((key) => safe(key) === key && text(map[key]) === map[key])
		? (map as Readonly<Record<string, string>>)
		: Object.fromEntries(keys.map((key) => [safe(key), text(map[key])]));
}

const none: Readonly<Record<string, string>> = Object.freeze({});

/** The value, if it is one of those the API has; else the fallback. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
	return allowed.find((item) => item === value) ?? fallback;
}
