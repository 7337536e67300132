import type {Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {HopContext} from '../path/hop-evaluator.ts';
import type {Entry} from '../path/report.ts';
import {walkEntry} from '../path/walk/walk-entry.ts';
import type {EntryRow} from './state.ts';
import {createDetail} from './detail.ts';
import {entryRow, withSince} from './entry-row.ts';
import {isTouched, type Touched} from './touched.ts';
import {listEntries, recorded, type Listing, type Recorded} from './walks.ts';
import type {TraceOptions} from '../model/request.ts';

type Item = {readonly entry: Entry; readonly row: EntryRow; readonly reads: Reads};

/** The list of entries with their verdicts, and which of them must be walked again. */
export type Overview = {
	/** Lists or walks one; false when all is up to date. */
	work(snapshot: Snapshot): boolean;
	touch(touched: Touched): void;
	/** Time has passed: what depends on it is walked again. */
	touchAll(): void;
	readonly rows: readonly EntryRow[];
	readonly listing: Listing;
	reads(): readonly Reads[];
};

const noReads: Reads = new Map();

function unwalked(entry: Entry, now: number): Item {
	return {entry, row: entryRow(entry, undefined, undefined, now), reads: noReads};
}

function walkItem(
	snapshot: Snapshot,
	{entry, row}: Item,
	options: TraceOptions & Pick<HopContext, 'detail'>,
): Item {
	const {value, reads} = recorded(snapshot, (seen) => walkEntry(seen, entry, options));
	return {entry, row: withSince(entryRow(entry, value, row, snapshot.now), value, snapshot), reads};
}

export function createOverview(namespace: string | undefined, traceOptions: TraceOptions): Overview {
	let listing: Recorded<Listing> = {value: {entries: [], namespaces: [], known: false}, reads: noReads};
	let isListed = false;
	const detail = createDetail(namespace);
	const items = new Map<string, Item>();
	const dirty = new Set<string>();

	function list(snapshot: Snapshot): void {
		isListed = true;
		listing = recorded(snapshot, (seen) => listEntries(seen, namespace));
		const ids = new Set(listing.value.entries.map(({id}) => id));
		for (const id of [...items.keys()].filter((id) => !ids.has(id))) {
			items.delete(id);
		}

		for (const entry of listing.value.entries) {
			const known = items.get(entry.id);
			if (!known || known.entry.target !== entry.target) {
				dirty.add(entry.id);
			}

			items.set(entry.id, {...(known ?? unwalked(entry, snapshot.now)), entry});
		}
	}

	function touchAll(): void {
		for (const id of items.keys()) {
			dirty.add(id);
		}
	}

	function walkOne(snapshot: Snapshot, id: string): void {
		dirty.delete(id);
		const item = items.get(id);
		if (item) {
			items.set(id, walkItem(snapshot, item, {...traceOptions, detail: detail.value}));
		}
	}

	return {
		work(snapshot) {
			if (detail.weigh(snapshot)) {
				touchAll();
			}

			if (!isListed) {
				list(snapshot);
				return true;
			}

			const [next] = dirty;
			if (next === undefined) {
				return false;
			}

			walkOne(snapshot, next);
			return true;
		},
		touch(touched) {
			isListed &&= !isTouched(listing.reads, touched);
			detail.touch(touched);
			for (const [id, {reads}] of items) {
				if (isTouched(reads, touched)) {
					dirty.add(id);
				}
			}
		},
		touchAll,
		get rows() {
			return listing.value.entries.map(({id}) => items.get(id)?.row).filter((row) => row !== undefined);
		},
		get listing() {
			return listing.value;
		},
		reads: () => [listing.reads, detail.reads, ...[...items.values()].map(({reads}) => reads)],
	};
}
