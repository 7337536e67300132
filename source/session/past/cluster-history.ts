import type {Demand} from '../../feeds/feed.ts';
import {isOfPath, isTold, type DecidedFrom} from '../../history/decided-from.ts';
import {createHeldSince} from '../../history/held-since.ts';
import {momentsOf} from '../../history/moments.ts';
import {snapshotAt} from '../../history/past.ts';
import {createRing, type KeptChange} from '../../history/ring.ts';
import {foldTurns, type Turns} from '../../history/turns.ts';
import {wantedFields} from '../../history/who.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {HistoryInfo, ToldChange} from '../state.ts';

/** What a session remembers of its cluster. */
export type ClusterHistory = {
	note(keys: ReadonlySet<string>, at: number): void;
	/** Keeps what was noted; gives the snapshot back. */
	take(snapshot: Snapshot): Snapshot;
	look(wanted: Demand, snapshot: Snapshot, here?: string): void;
	/** Oldest first. */
	readonly changes: readonly KeptChange[];
	readonly info: HistoryInfo;
	readonly since: number;
	/** What happened to the objects of a path up to a time, newest first. */
	ofPath(decided: DecidedFrom, until: number): readonly ToldChange[];
	/** When something happened, to the objects of a path or to any; oldest first. */
	moments(decided: DecidedFrom | undefined): readonly number[];
	past(snapshot: Snapshot, at: number): Snapshot;
};

/** More of them are not shown. */
const mostTold = 50;

/** So many are looked at for what was made and taken back again and again. */
const mostLookedAt = 500;

/** Who fights is read from so many of the last changes to and fro. */
const mostTurns = 20;

/** `since` moves on with each trim: a state that is sent again for its seconds alone would cost more than it says. */
const coarse = 60_000;

export function createClusterHistory(first: Snapshot): ClusterHistory {
	const ring = createRing(first.now);
	const held = createHeldSince();
	ring.take(first);
	// Before all first lists have come, it is not known how the cluster was.
	const isOf = (decided: DecidedFrom | undefined, change: KeptChange): boolean =>
		change.at > (held.opened ?? first.now) &&
		isTold(change) &&
		(decided === undefined || isOfPath(change, decided));
	return {
		note: (keys, at) => ring.note(keys, at),
		take(snapshot) {
			ring.take(snapshot);
			return snapshot;
		},
		look: (wanted, snapshot, here) => held.look(wanted, snapshot, here),
		get changes() {
			return ring.changes;
		},
		get info() {
			const {changes, bytes, mostBytes, since} = ring.size;
			return {
				changes,
				bytes,
				mostBytes,
				since: since === first.now ? since : Math.ceil(since / coarse) * coarse,
			};
		},
		get since() {
			return ring.size.since;
		},
		ofPath: (decided, until) =>
			foldTurns(newest(ring.changes, (change) => change.at <= until && isOf(decided, change)))
				.slice(0, mostTold)
				.map(toldOf),
		moments: (decided) => momentsOf(ring.changes.filter((change) => isOf(decided, change)).map(({at}) => at)),
		past: (snapshot, at) =>
			snapshotAt(snapshot, {
				changes: ring.changes,
				at,
				heldSince: (kind, namespace) => held.of(kind, namespace),
			}),
	};
}

/** Newest first. Of tens of thousands only as many are looked at as it takes to find those that are told. */
function newest(
	changes: readonly KeptChange[],
	fits: (change: KeptChange) => boolean,
): readonly KeptChange[] {
	const found: KeptChange[] = [];
	for (let index = changes.length - 1; index >= 0 && found.length < mostLookedAt; index--) {
		const change = changes[index] as KeptChange;
		if (fits(change)) {
			found.push(change);
		}
	}

	return found;
}

function toldOf({change, turns}: Turns): ToldChange {
	const {id, at, kind, namespace, name, type} = change;
	return {
		id,
		at,
		object: {kind, namespace: namespace || undefined, name},
		type,
		fields: turns ? wantedFields(change) : change.fields,
		turns: turns && {
			times: turns.length,
			last: turns.slice(0, mostTurns).map((each) => ({id: each.id, at: each.at})),
		},
	};
}
