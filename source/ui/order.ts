import {refText, type ObjectRef} from '../model/ref.ts';
import type {EntryRow} from '../session/state.ts';
import {causeId, hasCause} from '../view/causes.ts';
import {sinceOf} from '../view/entries/entry-note.ts';
import {rankOf} from '../view/first-shown.ts';
import type {UiState} from './state.ts';
import {compareText} from '../model/matching/compare-text.ts';

/** By what a list is sorted, and whether entries of one root cause stand together. */
export type Order = Pick<UiState, 'sort' | 'grouped'>;

/** Sorted; of equals by namespace and title, and the ports of a Service as it has them, which is how its path opens. */
export function sorted(rows: readonly EntryRow[], {sort, grouped}: Order): readonly EntryRow[] {
	const list = rows.toSorted(
		(a, b) =>
			comparisons[sort](a, b) ||
			compareText(a.namespace, b.namespace) ||
			(isSameService(a.subject, b.subject) ? 0 : compareText(a.title, b.title) || compareText(a.id, b.id)),
	);
	return grouped ? [...Map.groupBy(list, groupOf).values()].flat() : list;
}

function isSameService(a: ObjectRef, b: ObjectRef): boolean {
	return a.kind === 'Service' && refText(a) === refText(b);
}

/** A row without a cause stands alone. */
function groupOf(row: EntryRow): string {
	return hasCause(row) ? causeId(row) : row.id;
}

const comparisons: Readonly<Record<Order['sort'], (a: EntryRow, b: EntryRow) => number>> = {
	worst: (a, b) => rankOfRow(a) - rankOfRow(b),
	name: (a, b) => compareText(a.title, b.title),
	namespace: () => 0,
	since: (a, b) => (sinceOf(b) ?? 0) - (sinceOf(a) ?? 0),
};

/** 0 is worst. What the person lives with comes right before what is well. */
export function rankOfRow({verdict, ignored}: EntryRow): number {
	return ignored ? rankOf('ok') - 0.5 : rankOf(verdict);
}

/**
The order in which entries are listed, as ids. Without `resort` what is listed stays where it is, so that nothing jumps
under the eyes of a reader; new entries come where they would stand, among what is there.
*/
export function nextOrder(
	previous: readonly string[],
	rows: readonly EntryRow[],
	{resort, by}: {readonly resort: boolean; readonly by: Order},
): readonly string[] {
	const wanted = sorted(rows, by);
	if (resort || previous.length === 0) {
		return same(previous, wanted);
	}

	const present = new Set(rows.map(({id}) => id));
	const listed = previous.filter((id) => present.has(id));
	const known = new Set(listed);
	const fresh = wanted.filter(({id}) => !known.has(id));
	if (fresh.length === 0) {
		return listed.length === previous.length ? previous : listed;
	}

	return insert(listed, fresh, wanted);
}

function same(previous: readonly string[], wanted: readonly EntryRow[]): readonly string[] {
	const ids = wanted.map(({id}) => id);
	return ids.length === previous.length && ids.every((id, position) => id === previous[position])
		? previous
		: ids;
}

/** Each new entry right behind the listed entry that precedes it in the sorted order. */
function insert(
	listed: readonly string[],
	fresh: readonly EntryRow[],
	wanted: readonly EntryRow[],
): readonly string[] {
	const freshIds = new Set(fresh.map(({id}) => id));
	const after = new Map<string | undefined, string[]>();
	let last: string | undefined;
	for (const {id} of wanted) {
		if (!freshIds.has(id)) {
			last = id;
			continue;
		}

		const group = after.get(last) ?? [];
		group.push(id);
		after.set(last, group);
	}

	return [...(after.get(undefined) ?? []), ...listed.flatMap((id) => [id, ...(after.get(id) ?? [])])];
}

/** Whether sorting again would change the order. */
export function isOutOfOrder(ids: readonly string[], rows: readonly EntryRow[], by: Order): boolean {
	const wanted = sorted(rows, by);
	return wanted.length !== ids.length || wanted.some(({id}, position) => id !== ids[position]);
}
