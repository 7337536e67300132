import type {Kind} from '../../../source/model/kinds.ts';
import {record, text, type Wire} from '../../../source/projection/wire.ts';
import type {World, WorldObject} from '../../../source/demo/world.ts';
import type {Bulk, EventType} from './bulk.ts';

/** A change: of one of many (`index`), or of an object of the simulated world. */
export type Entry = {
	readonly version: number;
	readonly type: EventType;
	readonly kind: Kind;
	readonly revision: number;
	readonly index?: number;
	readonly object?: Wire;
};

/** What a change left of one of many. */
type Left = {readonly version: number; readonly revision: number; readonly isGone: boolean};

/** Nine digits, so that no version changes the length of an object. */
const firstVersion = 100_000_000;

export type State = ReturnType<typeof createState>;

/** What the cluster holds beside what follows from a number: the objects of the simulated world, and the changes. */
export function createState(world: World, bulks: ReadonlyMap<string, Bulk>) {
	const left = new Map<string, Left>();
	const versions = new Map<string, number>();
	const log: Entry[] = [];
	const waiting = new Set<() => void>();
	let version = firstVersion;

	const note = (entry: Omit<Entry, 'version'>): void => {
		version++;
		log.push({...entry, version});
		waiting.forEach((wake) => wake());
		waiting.clear();
	};

	world.subscribe(({type, object}) => {
		if (bulks.has(object.kind)) {
			versions.set(nameOf(object), version + 1);
			note({type, kind: object.kind as Kind, object: versioned(object, version + 1), revision: 0});
		}
	});

	return {
		log,
		get version() {
			return version;
		},
		leftOf: (kind: string, index: number): Left =>
			left.get(`${kind}/${index}`) ?? {version: firstVersion, revision: 0, isGone: false},
		/** Changes, deletes or makes again one of many. */
		change(kind: Kind, index: number, type: EventType) {
			const revision = (left.get(`${kind}/${index}`)?.revision ?? 0) + 1;
			left.set(`${kind}/${index}`, {version: version + 1, revision, isGone: type === 'DELETED'});
			note({type, kind, index, revision});
		},
		/** The objects of the simulated world. */
		fixed: (kind: string, namespace: string | undefined): readonly Wire[] =>
			world
				.list(kind)
				.filter(({metadata}) => namespace === undefined || metadata.namespace === namespace)
				.map((object) => versioned(object, versions.get(nameOf(object)) ?? firstVersion)),
		/** Where in the log the changes after a version begin. */
		after(from: number): number {
			const found = log.findIndex((entry) => entry.version > from);
			return found < 0 ? log.length : found;
		},
		changed: () =>
			new Promise<void>((resolve) => {
				waiting.add(resolve);
			}),
	};
}

function nameOf({kind, metadata: {namespace = '', name}}: WorldObject): string {
	return `${kind}/${namespace}/${name}`;
}

function versioned(object: WorldObject, version: number): Wire {
	return {...object, metadata: {...object.metadata, resourceVersion: text(String(version))}};
}

export function namespaceOf(entry: Entry, bulk: Bulk): string {
	return entry.object
		? text(record(entry.object['metadata'])['namespace'])
		: bulk.namespaceOf(entry.index ?? 0);
}
