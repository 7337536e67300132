import type {EntryRow} from '../session/state.ts';
import {rankOf} from '../view/path-pane.ts';

/** Worst first; then by namespace and title. */
export function worstFirst(rows: readonly EntryRow[]): readonly EntryRow[] {
	return rows.toSorted(
		(a, b) =>
			rankOf(a.verdict) - rankOf(b.verdict) ||
			compare(a.namespace, b.namespace) ||
			compare(a.title, b.title) ||
			compare(a.id, b.id),
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/**
The order in which entries are listed, as ids. Without `resort` what is listed stays where it is, so that nothing jumps
under the eyes of a reader; new entries come where they would stand, among what is there.
*/
export function nextOrder(
	previous: readonly string[],
	rows: readonly EntryRow[],
	resort: boolean,
): readonly string[] {
	const sorted = worstFirst(rows);
	if (resort || previous.length === 0) {
		return same(previous, sorted);
	}

	const present = new Set(rows.map(({id}) => id));
	const listed = previous.filter((id) => present.has(id));
	const known = new Set(listed);
	const fresh = sorted.filter(({id}) => !known.has(id));
	if (fresh.length === 0) {
		return listed.length === previous.length ? previous : listed;
	}

	return insert(listed, fresh, sorted);
}

function same(previous: readonly string[], sorted: readonly EntryRow[]): readonly string[] {
	const ids = sorted.map(({id}) => id);
	return ids.length === previous.length && ids.every((id, position) => id === previous[position])
		? previous
		: ids;
}

/** Each new entry right behind the listed entry that precedes it in the sorted order. */
function insert(
	listed: readonly string[],
	fresh: readonly EntryRow[],
	sorted: readonly EntryRow[],
): readonly string[] {
	const freshIds = new Set(fresh.map(({id}) => id));
	const after = new Map<string | undefined, string[]>();
	let last: string | undefined;
	for (const {id} of sorted) {
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

/** Whether sorting anew would change the order. */
export function isOutOfOrder(order: readonly string[], rows: readonly EntryRow[]): boolean {
	const sorted = worstFirst(rows);
	return sorted.length !== order.length || sorted.some(({id}, position) => id !== order[position]);
}
