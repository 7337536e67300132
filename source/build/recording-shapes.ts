import {fileURLToPath} from 'node:url';
import {isDeepStrictEqual} from 'node:util';
import {API, SymbolFlags, TypeFlags, type Checker, type Type} from 'typescript/unstable/sync';
import type {Shape, Shapes} from '../feeds/recording/shape.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsconfig = `${root}tsconfig.json`;
const document = `${root}source/feeds/recording/recording.ts`;

/** The shapes of a recording's header and lines, from their types. What the types do not name has no place in a recording. */
export function recordingShapes(): Shapes {
	const api = new API({cwd: root});
	try {
		const {checker} = api.updateSnapshot({openProjects: [tsconfig]}).getProject(tsconfig)!;
		return shapesOf(checker, ['RecordingHeader', 'RecordingLine']);
	} finally {
		api.close();
	}
}

/** TypeScript's own: what they make has no name of its own. */
const utilities = new Set([
	'Readonly',
	'Record',
	'NonNullable',
	'Extract',
	'Exclude',
	'Pick',
	'Omit',
	'Partial',
]);

function shapesOf(checker: Checker, names: readonly string[]): Shapes {
	const shapes: Record<string, Shape> = {};
	const known = new Map<number, string>();

	function shapeOf(type: Type): Shape {
		const alias = type.getAliasSymbol()?.name;
		const isNamed = isCompound(type) && alias !== undefined && !utilities.has(alias);
		return isNamed ? {ref: known.get(type.id) ?? define(type, alias)} : plainShape(type);
	}

	function define(type: Type, alias: string): string {
		const taken = new Set(known.values());
		const name = taken.has(alias) ? `${alias}${type.id}` : alias;
		known.set(type.id, name);
		shapes[name] = plainShape(type);
		return name;
	}

	function plainShape(type: Type): Shape {
		if (type.isUnionType()) {
			return unionShape(type.getTypes());
		}

		if (checker.isArrayType(type)) {
			return {
				list: shapeOf(checker.getTypeArguments(type as Parameters<Checker['getTypeArguments']>[0])[0]!),
			};
		}

		const [index] = isCompound(type) ? checker.getIndexInfosOfType(type) : [];
		return index ? {map: shapeOf(index.valueType)} : isCompound(type) ? objectShape(type) : primitive(type);
	}

	function unionShape(types: readonly Type[]): Shape {
		const kept = types.filter(({flags}) => !(flags & TypeFlags.Undefined));
		const shapes = [
			...kept.filter((type) => !isLiteral(type)).map(shapeOf),
			...literals(kept.filter(isLiteral)),
		];
		const [only, ...more] = shapes.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
		return more.length === 0 ? only! : {any: [only!, ...more]};
	}

	function objectShape(type: Type): Shape {
		const parts = type.isIntersectionType() ? type.getTypes() : [];
		const named = parts.flatMap((part) => {
			const shape = shapeOf(part);
			return typeof shape === 'object' && 'ref' in shape ? [shape.ref] : [];
		});
		const own = Object.entries(fieldsOf(type)).filter(
			([name, shape]) => !named.some((part) => isDeepStrictEqual(fieldOf(shapes[part], name), shape)),
		);
		const object = Object.fromEntries(own);
		return named.length === 0 ? {object} : {with: named, object};
	}

	function fieldsOf(type: Type): Readonly<Record<string, Shape>> {
		const fields = checker.getPropertiesOfType(type).map((property) => {
			const mark = property.flags & SymbolFlags.Optional ? '?' : '';
			return [`${property.name}${mark}`, shapeOf(checker.getTypeOfSymbol(property)!)] as const;
		});
		return Object.fromEntries(fields);
	}

	for (const name of names) {
		shapeOf(
			checker.getDeclaredTypeOfSymbol(checker.resolveName(name, SymbolFlags.Type, {document, position: 0})!),
		);
	}

	return Object.fromEntries(Object.entries(shapes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A field of its own, not of what it has from other shapes. */
function fieldOf(shape: Shape | undefined, name: string): Shape | undefined {
	return typeof shape === 'object' && 'object' in shape ? shape.object[name] : undefined;
}

function isCompound({flags}: Type): boolean {
	return (
		Boolean(flags & (TypeFlags.Object | TypeFlags.Intersection | TypeFlags.Union)) &&
		!(flags & TypeFlags.Boolean)
	);
}

function isLiteral({flags}: Type): boolean {
	return Boolean(flags & (TypeFlags.StringLiteral | TypeFlags.BooleanLiteral));
}

function byText(a: unknown, b: unknown): number {
	return String(a) < String(b) ? -1 : 1;
}

/** `true | false` is `boolean`. */
function literals(types: readonly Type[]): readonly Shape[] {
	const values = types.map((type) => (type as {readonly value?: string | boolean}).value ?? false);
	const booleans = values.filter((value) => typeof value === 'boolean');
	const rest = values.filter((value) => booleans.length < 2 || typeof value !== 'boolean').toSorted(byText);
	return [
		...(booleans.length === 2 ? (['boolean'] as const) : []),
		...(rest.length > 0 ? [{one: rest}] : []),
	];
}

function primitive(type: Type): Shape {
	const {flags} = type;
	if (isLiteral(type)) {
		return literals([type])[0]!;
	}

	if (flags & (TypeFlags.String | TypeFlags.TemplateLiteral)) {
		return 'text';
	}

	if (flags & TypeFlags.Boolean) {
		return 'boolean';
	}

	if (flags & TypeFlags.Number) {
		return 'number';
	}

	throw new Error(`A recording cannot hold a type with the flags ${flags}.`);
}
