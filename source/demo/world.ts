import type {Wire} from '../projection/wire.ts';
import {record, text} from '../projection/wire.ts';

/** A wire object of the simulated cluster, with metadata that can be counted on. */
export type WorldObject = Wire & {
	readonly apiVersion: string;
	readonly kind: string;
	readonly metadata: Wire & {
		readonly name: string;
		readonly namespace?: string;
		readonly uid: string;
		readonly resourceVersion: string;
	};
};

/** One change, as a watch tells it. */
export type Change = {
	readonly version: number;
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly object: WorldObject;
	/** As it was before; for watches with selectors. */
	readonly before?: WorldObject;
};

export type World = {
	/** Creates or replaces. A put that changes nothing but the version is no change. */
	put(object: Wire): void;
	/** Changes part of an object, if it is there. */
	edit(kind: string, name: Name, change: (object: WorldObject) => Wire): void;
	remove(kind: string, name: Name): void;
	get(kind: string, name: Name): WorldObject | undefined;
	list(kind: string): readonly WorldObject[];
	/** The newest resource version. */
	version(): number;
	/** Changes after a version; undefined where the log has been compacted. */
	since(version: number): readonly Change[] | undefined;
	subscribe(listener: (change: Change) => void): () => void;
};

/** `namespace/name`, or `name` for cluster-scoped objects. */
export type Name = string;

/** How many changes are kept: older ones answer 410, as etcd's compaction makes an API server do. */
const kept = 2000;

/** The objects of a simulated cluster and the log of their changes: an etcd of one process. */
export function createWorld(clock: () => number): World {
	const objects = new Map<string, WorldObject>();
	const listeners = new Set<(change: Change) => void>();
	let log: readonly Change[] = [];
	let version = 100;

	const tell = (change: Change): void => {
		log = [...log.slice(-kept), change];
		listeners.forEach((listener) => listener(change));
	};

	const put = (wire: Wire): void => {
		const key = keyOf(text(wire['kind']), nameOf(wire));
		const before = objects.get(key);
		const object = complete(wire, before, {version: version + 1, now: clock()});
		if (before && isSame(before, object)) {
			return;
		}

		version++;
		objects.set(key, object);
		tell({version, type: before ? 'MODIFIED' : 'ADDED', object, before});
	};

	const remove = (kind: string, name: Name): void => {
		const before = objects.get(keyOf(kind, name));
		if (before) {
			version++;
			objects.delete(keyOf(kind, name));
			const object = {...before, metadata: {...before.metadata, resourceVersion: String(version)}};
			tell({version, type: 'DELETED', object, before});
		}
	};

	const get = (kind: string, name: Name): WorldObject | undefined => objects.get(keyOf(kind, name));
	return {
		put,
		remove,
		get,
		edit(kind, name, change) {
			const object = get(kind, name);
			if (object) {
				put(change(object));
			}
		},
		list: (kind) => [...objects.values()].filter((object) => object.kind === kind),
		version: () => version,
		since(from) {
			const oldest = log[0]?.version ?? version + 1;
			return from < oldest - 1 && from < version ? undefined : log.filter((change) => change.version > from);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}

function keyOf(kind: string, name: Name): string {
	return `${kind}/${name}`;
}

export function nameOf(wire: Wire): Name {
	const metadata = record(wire['metadata']);
	const namespace = text(metadata['namespace']);
	return namespace === '' ? text(metadata['name']) : `${namespace}/${text(metadata['name'])}`;
}

function complete(
	wire: Wire,
	before: WorldObject | undefined,
	{version, now}: {readonly version: number; readonly now: number},
): WorldObject {
	const metadata = record(wire['metadata']);
	return {
		...wire,
		apiVersion: text(wire['apiVersion']),
		kind: text(wire['kind']),
		metadata: {
			...metadata,
			name: text(metadata['name']),
			uid: text(metadata['uid']) || before?.metadata.uid || uidOf(version),
			creationTimestamp:
				metadata['creationTimestamp'] ?? before?.metadata['creationTimestamp'] ?? new Date(now).toISOString(),
			resourceVersion: String(version),
		},
	};
}

function uidOf(version: number): string {
	return `00000000-0000-4000-8000-${String(version).padStart(12, '0')}`;
}

function isSame(a: WorldObject, b: WorldObject): boolean {
	return JSON.stringify(withoutVersion(a)) === JSON.stringify(withoutVersion(b));
}

function withoutVersion(object: WorldObject): Wire {
	return {...object, metadata: {...object.metadata, resourceVersion: ''}};
}
