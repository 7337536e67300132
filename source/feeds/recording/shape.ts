import {safe} from '../../model/safe-text/safe.ts';

/** What a value must be. `shapes.json` holds those of a recording, made from its types by `npm run shapes`. */
export type Shape =
	| 'text'
	| 'number'
	| 'boolean'
	| {readonly one: readonly (string | boolean)[]}
	| {readonly list: Shape}
	| {readonly map: Shape}
	| ObjectShape
	| {readonly any: readonly Shape[]}
	| {readonly ref: string};

/** Fields by name; a `?` at the end of the name: it may be absent. `with`: shapes whose fields it has too. */
type ObjectShape = {readonly object: Readonly<Record<string, Shape>>; readonly with?: readonly string[]};

export type Shapes = Readonly<Record<string, Shape>>;

/** Gives a value made safe and without what does not belong there. Throws `Misshapen` for any other value. */
export type Read = (value: unknown) => unknown;

/** Reads a field in another way: by `Type.field`, or `*.field` for that of every type. */
export type Exceptions = Readonly<Record<string, (read: Read) => Read>>;

export class Misshapen extends Error {
	override readonly name = 'Misshapen';
}

/** The readers of named shapes. */
export function readersOf(shapes: Shapes, exceptions: Exceptions): (name: string) => Read {
	const known = new Map<string, Read>();
	const named = (name: string): Read => {
		const read = known.get(name) ?? readerOf(shapes[name]!, {name, named, shapes, exceptions});
		known.set(name, read);
		return read;
	};

	return named;
}

type Context = {
	/** The type that the shape is part of. */
	readonly name: string;
	readonly named: (name: string) => Read;
	readonly shapes: Shapes;
	readonly exceptions: Exceptions;
};

const primitives: Readonly<Record<'text' | 'number' | 'boolean', Read>> = {
	text: (value) => (typeof value === 'string' ? safe(value) : fail('text', value)),
	number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : fail('a number', value)),
	boolean: (value) => (typeof value === 'boolean' ? value : fail('true or false', value)),
};

function readerOf(shape: Shape, context: Context): Read {
	if (typeof shape === 'string') {
		return primitives[shape];
	}

	if ('ref' in shape) {
		// Built when the first value arrives, since a type may hold itself.
		return (value) => context.named(shape.ref)(value);
	}

	if ('one' in shape) {
		return (value) => shape.one.find((each) => each === value) ?? fail(shape.one.join(' or '), value);
	}

	if ('list' in shape) {
		const read = readerOf(shape.list, context);
		return (value) =>
			Array.isArray(value)
				? value.map((item, at) => within(`[${at}]`, () => read(item)))
				: fail('a list', value);
	}

	if ('map' in shape) {
		const read = readerOf(shape.map, context);
		return (value) => mapped(record(value), read);
	}

	return 'any' in shape ? anyOf(shape.any, context) : objectOf(fieldsOf(shape, context), context);
}

function fieldsOf({object, with: others = []}: ObjectShape, context: Context): ObjectShape['object'] {
	const shared = others.map((name) => fieldsOf(context.shapes[name] as ObjectShape, context));
	return Object.assign({}, ...shared, object) as ObjectShape['object'];
}

function mapped(given: Readonly<Record<string, unknown>>, read: Read): unknown {
	return Object.fromEntries(
		Object.entries(given).map(([key, item]) => [safe(key), within(`.${safe(key)}`, () => read(item))]),
	);
}

function objectOf(shapes: Readonly<Record<string, Shape>>, context: Context): Read {
	const {name, exceptions} = context;
	const fields = Object.entries(shapes).map(([text, shape]) => {
		const key = text.replace(/\?$/u, '');
		const plain = readerOf(shape, context);
		const read = (exceptions[`${name}.${key}`] ?? exceptions[`*.${key}`])?.(plain) ?? plain;
		return {key, read, isOptional: text.endsWith('?')};
	});
	return (value) => {
		const given = record(value);
		return Object.fromEntries(
			fields.flatMap(({key, read, isOptional}) => {
				const item = Object.hasOwn(given, key) ? given[key] : undefined;
				return isOptional && (item === undefined || item === null)
					? []
					: [[key, within(`.${key}`, () => read(item))] as const];
			}),
		);
	};
}

type Member = {readonly fields: Readonly<Record<string, Shape>>; readonly read: Read};

/** One of several shapes: primitives by their type, objects told apart by fields with fixed values or by the fields they need. */
function anyOf(shapes: readonly Shape[], context: Context): Read {
	const members = shapes.flatMap((shape) => membersOf(shape, context));
	const byType = new Map<string, Read>(
		shapes.flatMap((shape) => typesOf(shape).map((type) => [type, readerOf(shape, context)] as const)),
	);
	return (value) => {
		const read = byType.get(Array.isArray(value) ? 'list' : typeof value);
		return read || members.length === 0
			? (read ?? [...byType.values()][0]!)(value)
			: memberFor(members, record(value)).read(value);
	};
}

/** The JavaScript types that a value of the shape has, where it is no object. */
function typesOf(shape: Shape): readonly string[] {
	if (typeof shape === 'string') {
		return [shape === 'text' ? 'string' : shape];
	}

	return 'list' in shape ? ['list'] : 'one' in shape ? shape.one.map((word) => typeof word) : [];
}

function membersOf(shape: Shape, context: Context): readonly Member[] {
	if (typeof shape === 'string') {
		return [];
	}

	if ('ref' in shape) {
		return membersOf(context.shapes[shape.ref]!, {...context, name: shape.ref});
	}

	if ('any' in shape) {
		return shape.any.flatMap((each) => membersOf(each, context));
	}

	const fields = 'object' in shape ? fieldsOf(shape, context) : undefined;
	return fields ? [{fields, read: objectOf(fields, context)}] : [];
}

function memberFor(members: readonly Member[], given: Readonly<Record<string, unknown>>): Member {
	let left = members;
	for (const key of Object.keys(members[0]!.fields)) {
		const fixed = left.map(({fields}) => fixedValues(fields[key]));
		if (fixed.every((values) => values !== undefined)) {
			const fits = left.filter((_, at) => fixed[at]!.includes(given[key] as string));
			if (fits.length === 0) {
				return within(`.${key}`, () => fail([...new Set(fixed.flat())].join(' or '), given[key]));
			}

			left = fits;
		}
	}

	return left.toSorted((a, b) => fitOf(a, given) - fitOf(b, given)).at(-1)!;
}

function fixedValues(shape: Shape | undefined): readonly (string | boolean)[] | undefined {
	return typeof shape === 'object' && 'one' in shape ? shape.one : undefined;
}

/** How many of the needed fields are there. A member with all of them comes before any that lacks one. */
function fitOf({fields}: Member, given: Readonly<Record<string, unknown>>): number {
	const needed = Object.entries(fields).filter(([key]) => !key.endsWith('?'));
	const found = needed.filter(
		([key, shape]) =>
			Object.hasOwn(given, key) && (fixedValues(shape)?.includes(given[key] as string) ?? true),
	);
	return found.length === needed.length ? 1000 + found.length : found.length;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
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
