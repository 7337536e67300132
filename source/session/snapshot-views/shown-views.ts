import type {Snapshot} from '../../model/snapshot.ts';
import type {ClusterHistory} from '../past/cluster-history.ts';
import {createPastViews, timeOf, type PastViews} from '../past/past-views.ts';
import type {EntryRow, Past, Supposition} from '../state.ts';
import {createSupposedViews, type Supposed, type SupposedViews} from './supposed-views.ts';
import type {Selection, Views} from './views.ts';

/** Where an earlier time is looked for. */
export type TimeWanted = 'back' | 'forward' | 'now' | number;

/** What is shown: how things are, or how they were. What is live is kept up to date meanwhile. */
type ShownViews = {
	readonly live: Views;
	readonly shown: Views;
	/** Absent: now. */
	readonly at: number | undefined;
	/** One walk; false when all is up to date. */
	work(snapshot: Snapshot): boolean;
	list(namespace: string | undefined): void;
	select(selection: Selection): void;
	compare(isWanted: boolean): void;
	cross: Views['crossings']['ask'];
	ask(traceOptions: Parameters<Views['ask']>[0]): void;
	/** False where the time stays: nothing older is remembered. */
	goTo(to: TimeWanted, snapshot: Snapshot): boolean;
	/** Shows how things would be after edits; a sentence where they cannot be made. Absent: how they are. */
	suppose(edits: Supposed | undefined, snapshot: Snapshot): string | undefined;
	readonly supposition: Supposition | undefined;
	told(now: {readonly rows: readonly EntryRow[]; readonly snapshot: Snapshot}): Past | undefined;
};

/** `isFrozen`: they are of a snapshot that stays as it is. */
type CreateViews = (isFrozen: boolean) => Views;

export function createShownViews(history: ClusterHistory, createViews: CreateViews): ShownViews {
	const live = createViews(false);
	let past: PastViews | undefined;
	/** Stays on the screen until the entries of the next are known: an empty list would be drawn between them. */
	let before: PastViews | undefined;
	let supposed: SupposedViews | undefined;
	/** Bring other views to where these are. */
	const steps: Partial<Record<'list' | 'select' | 'ask' | 'compare' | 'cross', (other: Views) => void>> = {};

	function does(step: keyof typeof steps, change: (other: Views) => void): void {
		steps[step] = change;
		change(live);
		if (past) {
			change(past.views);
		}

		if (supposed) {
			change(supposed.views);
		}
	}

	function shownPast(): PastViews | undefined {
		return past?.views.listing.known ? past : before;
	}

	function createSteppedViews(): Views {
		const views = createViews(true);
		Object.values(steps).forEach((step) => step(views));
		return views;
	}

	function pastAt(at: number, snapshot: Snapshot): PastViews {
		const views = createSteppedViews();
		return createPastViews({at, history, snapshot, views, decided: live.decided});
	}

	return {
		live,
		get shown() {
			return shownPast()?.views ?? supposed?.views ?? live;
		},
		get at() {
			return shownPast()?.at;
		},
		work: (snapshot) => Boolean(past?.work()) || Boolean(supposed?.work()) || live.work(snapshot),
		list: (namespace) => does('list', (views) => views.list(namespace)),
		select: (selection) => does('select', (views) => views.select(selection)),
		compare: (isWanted) => does('compare', (views) => views.compare(isWanted)),
		cross: (ref) => does('cross', (views) => views.crossings.ask(ref)),
		ask: (traceOptions) => does('ask', (views) => views.ask(traceOptions)),
		goTo(to, snapshot) {
			const moments = history.moments(live.decided);
			const at = timeOf(to, {at: past?.at, moments, since: history.since, now: snapshot.now});
			if (to === 'back' && at === past?.at) {
				return false;
			}

			before = at === undefined ? undefined : shownPast();
			past = at === undefined ? undefined : pastAt(at, snapshot);
			supposed = undefined;
			return true;
		},
		suppose(wanted, snapshot) {
			const next = wanted && createSupposedViews(wanted, snapshot, createSteppedViews);
			if (typeof next === 'string') {
				return next;
			}

			past = undefined;
			before = undefined;
			supposed = next;
			return undefined;
		},
		get supposition() {
			return supposed?.told(live.rows);
		},
		told: (now) => shownPast()?.told(now),
	};
}
