import type {AnyObject} from '../model/kinds.ts';

/** Objects by `namespace/name`. */
export type Objects = {
	readonly size: number;
	get(key: string): AnyObject | undefined;
	has(key: string): boolean;
	keys(): readonly string[];
	/** Without a namespace: of all. */
	entries(namespace?: string): readonly (readonly [key: string, object: AnyObject])[];
	namespaces(): readonly string[];
};

type ObjectMap = Objects & {
	set(key: string, object: AnyObject): void;
	delete(key: string): void;
	/** The objects as they are now. Each namespace is copied when something in it changes after that, and no other. */
	share(): Objects;
};

type Part = Map<string, AnyObject>;
type Parts = Map<string, Part>;

export function createObjectMap(): ObjectMap {
	let parts: Parts = new Map();
	/** Namespaces whose objects no view holds. */
	let own = new Set<string>();
	let size = 0;
	let view: Objects | undefined;

	const writable = (namespace: string): Part => {
		const part = parts.get(namespace);
		if (part && own.has(namespace)) {
			return part;
		}

		const copy = new Map(part);
		own.add(namespace);
		parts.set(namespace, copy);
		return copy;
	};

	const change = (key: string, alter: (part: Part) => void): void => {
		parts = view ? new Map(parts) : parts;
		view = undefined;
		const namespace = namespaceOf(key);
		const part = writable(namespace);
		size -= part.size;
		alter(part);
		size += part.size;
		if (part.size === 0) {
			parts.delete(namespace);
			own.delete(namespace);
		}
	};

	return {
		get size() {
			return size;
		},
		get: (key) => objectIn(parts, key),
		has: (key) => objectIn(parts, key) !== undefined,
		keys: () => keysOf(parts),
		entries: (namespace) => entriesOf(parts, namespace),
		namespaces: () => [...parts.keys()],
		set: (key, object) => change(key, (part) => void part.set(key, object)),
		delete: (key) => change(key, (part) => void part.delete(key)),
		share() {
			own = view ? own : new Set();
			return (view ??= viewOf(parts, size));
		},
	};
}

function viewOf(parts: Parts, size: number): Objects {
	return {
		size,
		get: (key) => objectIn(parts, key),
		has: (key) => objectIn(parts, key) !== undefined,
		keys: () => keysOf(parts),
		entries: (namespace) => entriesOf(parts, namespace),
		namespaces: () => [...parts.keys()],
	};
}

function objectIn(parts: Parts, key: string): AnyObject | undefined {
	return parts.get(namespaceOf(key))?.get(key);
}

function keysOf(parts: Parts): readonly string[] {
	return [...parts.values()].flatMap((part) => [...part.keys()]);
}

function entriesOf(parts: Parts, namespace: string | undefined): readonly (readonly [string, AnyObject])[] {
	return namespace === undefined
		? [...parts.values()].flatMap((part) => [...part])
		: [...(parts.get(namespace) ?? [])];
}

function namespaceOf(key: string): string {
	return key.slice(0, key.indexOf('/'));
}
