import {objectsAt} from '../../history/past.ts';
import {stepBack, stepForward} from '../../history/moments.ts';
import type {DecidedFrom} from '../../history/decided-from.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {entryDifferences, objectDifferences, type ChangedObject} from './differences.ts';
import type {ClusterHistory} from './cluster-history.ts';
import type {EntryRow, Past} from '../state.ts';
import type {Views} from '../snapshot-views/views.ts';

/** An earlier time that is looked at, frozen. */
export type PastViews = {
	readonly at: number;
	readonly views: Views;
	work(): boolean;
	/** What differs between then and now. */
	told(now: {readonly rows: readonly EntryRow[]; readonly snapshot: Snapshot}): Past;
};

type Wanted = {
	readonly at: number;
	readonly history: ClusterHistory;
	/** As of now. */
	readonly snapshot: Snapshot;
	readonly views: Views;
	readonly decided: DecidedFrom | undefined;
};

export function createPastViews({at, history, snapshot, views, decided}: Wanted): PastViews {
	const then = history.past(snapshot, at);
	/** Of the namespace that is listed, of none, or one that the path was decided from. */
	const isHere = ({kind, namespace, name}: ChangedObject): boolean =>
		[undefined, namespace].includes(views.namespace) ||
		namespace === '' ||
		Boolean(decided?.objects.has(`${kind}/${namespace}/${name}`));

	return {
		at,
		views,
		work: () => views.work(then),
		told({rows, snapshot: now}) {
			const moments = history.moments(decided);
			const then = objectsAt(now, history.changes, at);
			return {
				at,
				...objectDifferences(then, now, isHere),
				back: moments.filter((moment) => moment > at).length,
				of: moments.length,
				entries: entryDifferences(views.rows, rows),
			};
		},
	};
}

/** Where a step leads; undefined is now. Where nothing older is kept the time stays. */
export function timeOf(
	to: 'back' | 'forward' | 'now' | number,
	{
		at,
		moments,
		since,
		now,
	}: {
		readonly at: number | undefined;
		readonly moments: readonly number[];
		readonly since: number;
		readonly now: number;
	},
): number | undefined {
	switch (to) {
		case 'now':
			return undefined;
		case 'back':
			return stepBack(moments, at ?? now) ?? at;
		case 'forward':
			return at === undefined ? undefined : stepForward(moments, at);
		default:
			return to >= now ? undefined : Math.max(to, since);
	}
}
