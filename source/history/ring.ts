import {isDeepStrictEqual} from 'node:util';
import {placeOf, type Kind, type AnyObject} from '../model/kinds.ts';
import {isHeld, type Snapshot} from '../model/snapshot.ts';
import type {ObjectChange} from './change.ts';
import {fieldChanges} from './field-changes.ts';

/** A change with what takes it back. */
export type KeptChange = ObjectChange & {
	/** `Kind/namespace/name`. */
	readonly key: string;
	/** Bytes, about. */
	readonly size: number;
	/** All of a removed object; the fields of a changed one that differ, as they were. Absent for an added one. */
	readonly before?: Partial<AnyObject>;
};

type RingSize = {
	readonly changes: number;
	readonly bytes: number;
	readonly mostBytes: number;
	/** From when on every change is kept: milliseconds. */
	readonly since: number;
};

/** The changes of the last hour, in memory. */
type Ring = {
	/** These objects (`Kind/namespace/name`) changed at this time; `take` looks at them. */
	note(keys: ReadonlySet<string>, at: number): void;
	/** Keeps what was noted, by what it is now. True: there was something. */
	take(snapshot: Snapshot): boolean;
	/** Oldest first. */
	readonly changes: readonly KeptChange[];
	readonly size: RingSize;
};

export type RingLimits = {readonly milliseconds: number; readonly bytes: number};

/** An hour, and what a large incident fits in. */
const usualLimits: RingLimits = {milliseconds: 3_600_000, bytes: 32 * 1024 * 1024};

/** What a change costs beside the texts in it: measured as heap. */
const overhead = 400;

export function createRing(start: number, limits: RingLimits = usualLimits): Ring {
	const changes: KeptChange[] = [];
	let noted = new Map<string, number>();
	let before: Snapshot | undefined;
	let since = start;
	let bytes = 0;
	let count = 0;

	function keep(key: string, at: number, now: Snapshot): void {
		const change = before && changeOf(key, before, now);
		if (change) {
			const size = overhead + JSON.stringify([change.before, change.fields]).length * 2;
			bytes += size;
			changes.push({...change, id: count++, at, size});
		}
	}

	function trim(now: number): void {
		let drop = 0;
		while (drop < changes.length && (bytes > limits.bytes || changes[drop]!.at < now - limits.milliseconds)) {
			bytes -= changes[drop]!.size;
			since = changes[drop]!.at;
			drop++;
		}

		since = Math.max(since, now - limits.milliseconds);
		// In place: in a full ring each change drops another, and a copy of tens of thousands would be made for each.
		changes.splice(0, drop);
	}

	return {
		note(keys, at) {
			for (const key of keys) {
				noted.set(key, noted.get(key) ?? at);
			}
		},
		take(snapshot) {
			const had = noted.size > 0;
			noted.forEach((at, key) => keep(key, at, snapshot));
			noted = new Map();
			before = snapshot;
			trim(snapshot.now);
			return had;
		},
		get changes() {
			return changes;
		},
		get size() {
			return {changes: changes.length, bytes, mostBytes: limits.bytes, since};
		},
	};
}

type Told = Omit<KeptChange, 'id' | 'at' | 'size'>;

/** Undefined where a list came or went: that is no change of the cluster. */
function changeOf(key: string, before: Snapshot, now: Snapshot): Told | undefined {
	const [kind, namespace = '', name = ''] = key.split('/') as [Kind, string?, string?];
	const place = namespace === '' ? undefined : placeOf(kind, namespace, name);
	if (!isHeld(before.state(kind, place)) || !isHeld(now.state(kind, place))) {
		return undefined;
	}

	const was = before.get(kind, namespace, name);
	const is = now.get(kind, namespace, name);
	const object = {key, kind, namespace, name};
	if (was === is) {
		return undefined;
	}

	if (was === undefined || is === undefined) {
		return {...object, type: was ? 'removed' : 'added', fields: [], before: was};
	}

	const keys = differing(was, is);
	const taken = picked(was, keys);
	return {...object, type: 'changed', fields: fieldChanges(taken, picked(is, keys)), before: taken};
}

/** The fields that differ. */
function differing(was: AnyObject, is: AnyObject): readonly (keyof AnyObject)[] {
	const keys = new Set([...Object.keys(was), ...Object.keys(is)]) as ReadonlySet<keyof AnyObject>;
	return [...keys].filter((key) => !isDeepStrictEqual(was[key], is[key]));
}

function picked(object: AnyObject, keys: readonly (keyof AnyObject)[]): Partial<AnyObject> {
	return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

/** The object before a change, by what it was after it. */
export function takenBack(change: KeptChange, after: AnyObject | undefined): AnyObject | undefined {
	switch (change.type) {
		case 'added':
			return undefined;
		case 'removed':
			return change.before as AnyObject;
		case 'changed':
			return after && {...after, ...change.before};
	}
}
