import type {Reads} from '../../model/recording-snapshot.ts';
import type {TraceOptions} from '../../model/request.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {HopContext} from '../../path/hop-evaluator.ts';
import type {Marking} from '../../path/ignore.ts';
import type {Entry} from '../../path/report.ts';
import {entryDetail} from '../../path/walk/entry-detail.ts';
import {walkEntry} from '../../path/walk/walk-entry.ts';
import {entryRow, withSince} from './entry-row.ts';
import type {EntryRow} from '../state.ts';
import type {Touched} from './touched.ts';
import {createStaleItems} from './stale-items.ts';
import {tracked, type Tracked} from './tracked.ts';
import {listEntries, missingSource, type Listing} from './walks.ts';

type Item = {entry: Entry; readonly row: Tracked<EntryRow>};

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

type Options = {
	readonly traceOptions: TraceOptions;
	readonly mark: Marking;
	/** The snapshot stays as it is: what was not read is never read. */
	readonly isFrozen?: boolean;
};

export function createOverview(
	namespace: string | undefined,
	{traceOptions, mark, isFrozen}: Options,
): Overview {
	const nothing: Listing = {entries: [], namespaces: [], known: false};
	const listing = tracked(nothing, (snapshot) => listEntries(snapshot, namespace));
	// How far entries are walked follows the size of the namespace.
	const detail = tracked<HopContext['detail']>('overview', (snapshot, before) =>
		entryDetail(snapshot, namespace, before),
	);
	const items = new Map<string, Item>();
	const stale = createStaleItems(serviceOf);
	const rows = kept(() => rowsOf(listing.value.entries, items));

	function list({now}: Snapshot): void {
		for (const item of leftOf(items, listing.value.entries)) {
			items.delete(item.entry.id);
			stale.delete(item);
		}

		for (const entry of listing.value.entries) {
			const known = items.get(entry.id);
			const item =
				known ?? itemOf(entry, now, () => ({...traceOptions, detail: detail.value, mark, isFrozen}));
			if (item.entry.target !== entry.target || !known) {
				item.row.touch('all');
				stale.add(item);
			}

			item.entry = entry;
			items.set(entry.id, item);
		}
	}

	function touchItems(touched: Touched | 'all'): void {
		for (const item of items.values()) {
			if (item.row.touch(touched)) {
				stale.add(item);
			}
		}
	}

	function work(snapshot: Snapshot): boolean {
		const before = detail.value;
		if (detail.refresh(snapshot) && detail.value !== before) {
			touchItems('all');
		}

		if (listing.refresh(snapshot)) {
			list(snapshot);
			rows.forget();
			return true;
		}

		const next = stale.take();
		if (next) {
			rows.forget();
		}

		return next !== undefined && next.row.refresh(snapshot);
	}

	return {
		work,
		touch(touched) {
			listing.touch(touched);
			detail.touch(touched);
			touchItems(touched);
		},
		touchAll: () => touchItems('all'),
		get rows() {
			return rows.value;
		},
		get listing() {
			return listing.value;
		},
		reads: () => [listing.reads, detail.reads, ...[...items.values()].map(({row}) => row.reads)],
	};
}

/**
The Service of an entry, as its last walk had it. Rows of one Service are walked one right after another: they are shown together, and
would else tell different causes for as long as a large list is walked.
*/
function serviceOf({row: {value}}: Item): string {
	const {subject, leadsTo} = value;
	return leadsTo?.[0] ?? `${subject.namespace}/${subject.name}`;
}

/** Items whose entry is no longer listed. */
function leftOf(items: ReadonlyMap<string, Item>, entries: readonly Entry[]): readonly Item[] {
	const ids = new Set(entries.map(({id}) => id));
	return [...items.values()].filter(({entry}) => !ids.has(entry.id));
}

function rowsOf(entries: readonly Entry[], items: ReadonlyMap<string, Item>): readonly EntryRow[] {
	return entries.map(({id}) => items.get(id)?.row.value).filter((row) => row !== undefined);
}

/** Made when it is asked for, and kept until it is forgotten: a flush asks several times for thousands of rows. */
function kept<T>(make: () => T) {
	let value: T | undefined;
	return {
		get value(): T {
			value ??= make();
			return value;
		},
		forget(): void {
			value = undefined;
		},
	};
}

type EntryOptions = TraceOptions & Pick<HopContext, 'detail'> & Pick<Options, 'mark' | 'isFrozen'>;

function itemOf(first: Entry, now: number, options: () => EntryOptions): Item {
	const item: Item = {
		entry: first,
		row: tracked(entryRow(first, undefined, undefined, {now}), (snapshot, before, plain) => {
			const {entry} = item;
			const {mark, isFrozen, ...how} = options();
			const time = {now: snapshot.now, isFrozen};
			const missing = missingSource(snapshot, how);
			if (missing) {
				return {...entryRow(entry, undefined, undefined, time), verdict: 'unknown', cause: missing};
			}

			const walked = walkEntry(snapshot, entry, how);
			const trace = walked && {...walked, paths: mark(walked.paths, plain)};
			return withSince(entryRow(entry, trace, before, time), trace, plain);
		}),
	};
	return item;
}
