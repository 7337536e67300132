import type {EntryRow} from '../../session/state.ts';
import {shortSymptom} from '../text/words.ts';

/** From so many changes without a rest a row flaps. */
const flapping = 4;

/** How long a row counts as flapping after its last change, in milliseconds. */
const flapsFor = 30_000;

/** How often a row changed without a rest, where that is too often to follow. */
export function flapsOf({changed}: EntryRow, now: number): number | undefined {
	return changed && hasFlapped({changed}) && now - changed.at < flapsFor ? changed.times : undefined;
}

/** Whether a row has ever flapped: `503 flaps ×14` has to fit then. */
export function hasFlapped({changed}: Pick<EntryRow, 'changed'>): boolean {
	return (changed?.times ?? 1) >= flapping;
}

/** What the client gets, in at most ten columns: the symptom, the ready endpoints, or the status in a word. */
export function noteOf(row: EntryRow): string {
	if (row.verdict === undefined) {
		return '';
	}

	if (row.verdict === 'broken' && row.symptom) {
		return shortSymptom(row.symptom);
	}

	if (row.verdict === 'unknown') {
		const {readyBefore: was} = row;
		return was ? `was ${was.ready}/${was.total}` : row.forbidden ? 'forbidden' : 'unknown';
	}

	return row.ready && row.verdict !== 'broken' ? `${row.ready.ready}/${row.ready.total}` : row.verdict;
}

/** Since when an entry is what it is, in milliseconds; undefined where nothing says so. */
export function sinceOf({since, changed}: EntryRow): number | undefined {
	return since?.at ?? changed?.at;
}
