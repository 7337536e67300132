import type {Verdict} from '../../path/hop.ts';
import type {Away, EntryRow} from '../state.ts';

/** What happens while the person looks elsewhere. */
export type Watcher = {
	/** Undefined: nothing to tell. */
	here(entries: readonly EntryRow[], now: number): Away | undefined;
	gone(entries: readonly EntryRow[], now: number): void;
};

export function createAwayWatcher(): Watcher {
	let left: {readonly at: number; readonly verdicts: ReadonlyMap<string, Verdict>} | undefined;
	return {
		gone(entries, now) {
			left ??= {
				at: now,
				verdicts: new Map(entries.flatMap(({id, verdict}) => (verdict ? [[id, verdict] as const] : []))),
			};
		},
		here(entries, now) {
			const before = left;
			left = undefined;
			return before && difference(before, entries, now);
		},
	};
}

function difference(
	{at, verdicts}: {readonly at: number; readonly verdicts: ReadonlyMap<string, Verdict>},
	entries: readonly EntryRow[],
	now: number,
): Away | undefined {
	const known = entries.filter(({id, verdict}) => isTold(verdict) && isTold(verdicts.get(id)));
	const changed = (isWorse: boolean): readonly string[] =>
		known
			.filter(({id, verdict}) => {
				const [was, is] = [isBad(verdicts.get(id)), isBad(verdict)];
				return was !== is && is === isWorse;
			})
			.map(({id}) => id);
	const [broke, healed] = [changed(true), changed(false)];
	return broke.length + healed.length > 0 ? {since: at, until: now, broke, healed} : undefined;
}

/** `unknown` is no word about traffic. */
function isTold(verdict: Verdict | undefined): boolean {
	return verdict !== undefined && verdict !== 'unknown';
}

function isBad(verdict: Verdict | undefined): boolean {
	return verdict === 'broken' || verdict === 'degraded';
}
