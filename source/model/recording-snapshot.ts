import {clusterScoped, partsOfPlace, placeOf, type Kind} from './kinds.ts';
import type {KindState, Snapshot} from './snapshot.ts';

/** Kinds that were read, and where: `*` is every namespace, '' a cluster-scoped kind, `namespace/name` one object (`placeOf`). */
export type Reads = ReadonlyMap<Kind, ReadonlySet<string>>;

/** A snapshot that remembers what was asked of it: what to watch, and what to walk again when something changes. */
export function recordReads(snapshot: Snapshot): {readonly snapshot: Snapshot; readonly reads: Reads} {
	const reads = new Map<Kind, Set<string>>();
	const note = (kind: Kind, namespace: string | undefined): void => {
		const places = reads.get(kind) ?? new Set();
		reads.set(kind, places.add(clusterScoped.has(kind) ? '' : (namespace ?? '*')));
	};

	const recording: Snapshot = {
		now: snapshot.now,
		version: snapshot.version,
		evidence: snapshot.evidence,
		state(kind, namespace) {
			note(kind, namespace);
			return snapshot.state(kind, namespace);
		},
		get(kind, namespace, name) {
			note(kind, placeOf(kind, namespace, name));
			return snapshot.get(kind, namespace, name);
		},
		list(kind, namespace) {
			note(kind, namespace);
			return snapshot.list(kind, namespace);
		},
		slicesOf(namespace, service) {
			note('EndpointSlice', namespace);
			return snapshot.slicesOf(namespace, service);
		},
		podsLabelled(namespace, key, value) {
			note('Pod', namespace);
			return snapshot.podsLabelled(namespace, key, value);
		},
		podsWithIp(ip) {
			note('Pod', undefined);
			return snapshot.podsWithIp(ip);
		},
		eventsOf(kind, namespace, name) {
			note('Event', namespace);
			return snapshot.eventsOf(kind, namespace, name);
		},
	};
	return {snapshot: recording, reads};
}

/** Counts as read what was read for a value that is known already. */
export function readAgain(snapshot: Snapshot, reads: Reads): void {
	statesOf(snapshot, reads);
}

/** Place by place: what may not be listed everywhere is asked for by namespace, and only that answer counts there. */
export function statesOf(snapshot: Snapshot, reads: Reads): readonly KindState[] {
	return [...reads].flatMap(([kind, places]) =>
		[...places].map((place) => snapshot.state(kind, place === '*' || place === '' ? undefined : place)),
	);
}

/** A snapshot that remembers which objects were looked up one by one, as `Kind/namespace/name`; lists are not among them. */
export function recordObjects(snapshot: Snapshot): {
	readonly snapshot: Snapshot;
	readonly objects: ReadonlySet<string>;
} {
	const objects = new Set<string>();
	const note = <T extends Named>(kind: Kind, found: readonly T[]): readonly T[] => {
		found.forEach(({namespace, name}) => objects.add(`${kind}/${namespace}/${name}`));
		return found;
	};

	const recording: Snapshot = {
		...snapshot,
		state(kind, place) {
			// What was read for a value that is known already is told by its place alone (`readAgain`).
			if (place !== undefined && partsOfPlace(place).name !== undefined) {
				objects.add(`${kind}/${place}`);
			}

			return snapshot.state(kind, place);
		},
		get(kind, namespace, name) {
			objects.add(`${kind}/${namespace}/${name}`);
			return snapshot.get(kind, namespace, name);
		},
		slicesOf: (namespace, service) => note('EndpointSlice', snapshot.slicesOf(namespace, service)),
		podsLabelled: (namespace, key, value) => note('Pod', snapshot.podsLabelled(namespace, key, value)),
		podsWithIp: (ip) => note('Pod', snapshot.podsWithIp(ip)),
	};
	return {snapshot: recording, objects};
}

type Named = {readonly namespace: string; readonly name: string};
