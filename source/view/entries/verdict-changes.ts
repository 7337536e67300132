import type {Verdict} from '../../path/hop.ts';
import type {EntryRow} from '../../session/state.ts';

/** A verdict that became another one, at a time in milliseconds. */
export type VerdictTurn = {readonly at: number; readonly was: Verdict; readonly is: Verdict};

/**
How the verdict of an entry changed, newest first. That a verdict came to be known is no change. One that was unknown between
is told from what it was before, or where it is the same again, from unknown. That the cluster went silent is none either.
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
