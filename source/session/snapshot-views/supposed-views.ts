import type {Snapshot} from '../../model/snapshot.ts';
import type {Edit} from '../../what-if/edit.ts';
import {whatIf} from '../../what-if/what-if.ts';
import {entryDifferences} from '../past/differences.ts';
import type {EntryRow, Supposition} from '../state.ts';
import type {Views} from './views.ts';

/** Edits that nobody has made, and what the person calls them. */
export type Supposed = {readonly title: string; readonly edits: readonly Edit[]};

/** How things would be after edits of the cluster as it was when they were asked about. */
export type SupposedViews = {
	readonly views: Views;
	work(): boolean;
	/** `live`: the rows of now. */
	told(live: readonly EntryRow[]): Supposition;
};

/** A sentence where an edit cannot be made. */
export function createSupposedViews(
	{title, edits}: Supposed,
	snapshot: Snapshot,
	createViews: () => Views,
): SupposedViews | string {
	const {snapshot: after, assumed, problems} = whatIf(snapshot, edits);
	const [problem] = problems;
	if (problem !== undefined) {
		return problem.sentence;
	}

	const views = createViews();
	return {
		views,
		work: () => views.work(after),
		told: (live) => ({title, assumed, entries: entryDifferences(live, views.rows)}),
	};
}
