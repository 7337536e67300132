import type {Verdict} from '../../path/hop.ts';
import type {EntryRow} from '../../session/state.ts';

/** A verdict that became another one, at a time in milliseconds. */
export type VerdictTurn = {readonly at: number; readonly was: Verdict; readonly is: Verdict};

/**
How the verdict of an entry changed, newest first. Not told: that it became known at first, and that the cluster went silent.
A change from unknown is told as one from the verdict that was known before, or as from unknown where that verdict is back.
*/
export function verdictChanges(row: EntryRow): readonly VerdictTurn[] {
	const {verdict, changed} = row.beforeSilence ?? row;
	if (!verdict || !changed) {
		return [];
	}

	const changes = [changed, ...(changed.before ?? [])];
	return changes.flatMap(({at, was}, position): readonly VerdictTurn[] => {
		const is = changes[position - 1]?.was ?? verdict;
		const known =
			was === 'unknown' ? changes.slice(position + 1).find((each) => each.was !== 'unknown') : {was};
		return known ? [{at, was: known.was === is ? was : known.was, is}] : [];
	});
}
