import {safe} from '../../model/safe.ts';

/** Gives a value of its type, made safe and without what does not belong there. Throws `Misshapen` for any other value. */
export type Shape<T> = (value: unknown) => T;

export class Misshapen extends Error {
	override readonly name = 'Misshapen';
}

/** The shape of an object, field by field: the compiler holds it to the type. */
export type Fields<T> = {readonly [K in keyof T]-?: Shape<T[K]>};

export const text: Shape<string> = (value) => (typeof value === 'string' ? safe(value) : fail('text', value));

export const number: Shape<number> = (value) =>
	typeof value === 'number' && Number.isFinite(value) ? value : fail('a number', value);

export const boolean: Shape<boolean> = (value) =>
	typeof value === 'boolean' ? value : fail('true or false', value);

export const numberOrText: Shape<number | string> = (value) =>
	typeof value === 'number' ? number(value) : text(value);

export function oneOf<const T extends string | boolean>(...allowed: readonly T[]): Shape<T> {
	return (value) => allowed.find((each) => each === value) ?? fail(allowed.join(' or '), value);
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
	return (value) => (value === undefined || value === null ? undefined : shape(value));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
	return (value) =>
		Array.isArray(value)
			? value.map((item, at) => within(`[${at}]`, () => shape(item)))
			: fail('a list', value);
}

export function map<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
	return (value) =>
		Object.fromEntries(
			Object.entries(record(value)).map(([key, item]) => [
				safe(key),
				within(`.${safe(key)}`, () => shape(item)),
			]),
		);
}

export function object<T extends object>(fields: Fields<T>): Shape<T> {
	const shapes = Object.entries<Shape<unknown>>(fields);
	return (value) => {
		const given = record(value);
		const found = shapes.map(
			([key, shape]) =>
				[key, within(`.${key}`, () => shape(Object.hasOwn(given, key) ? given[key] : undefined))] as const,
		);
		return Object.fromEntries(found.filter(([, item]) => item !== undefined)) as T;
	};
}

/** One of several shapes, told apart by a field. */
export function variant<T>(key: string, shapes: Readonly<Record<string, Shape<T>>>): Shape<T> {
	return (value) => {
		const name = String(record(value)[key]);
		const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
		return shape ? shape(value) : within(`.${key}`, () => fail(Object.keys(shapes).join(' or '), name));
	};
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: fail('an object', value);
}

/** What was found is named by its type: its text may be anything. */
function fail(expected: string, value: unknown): never {
	const found = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
	throw new Misshapen(` is ${found}, not ${expected}`);
}

function within<T>(place: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof Misshapen ? new Misshapen(`${place}${error.message}`) : error;
	}
}
