import type {Demand} from '../feeds/feed.ts';
import type {Marking} from '../path/ignore.ts';
import type {Trace} from '../path/report.ts';
import type {ClusterPart} from '../path/cluster-part.ts';
import type {Matrix} from '../path/walk/matrix.ts';
import type {Kind} from '../model/kinds.ts';
import type {ObjectRef} from '../model/ref.ts';
import type {Retry} from '../model/retry.ts';
import type {Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Notice} from '../store/store-types.ts';
import type {Crossing} from '../path/walk/service/crossing.ts';
import type {EntryRow, HistoryInfo, KindRow, Past, Selected, Supposition} from './state.ts';
import type {Supposed} from './snapshot-views/supposed-views.ts';
import type {Clock} from '../clock.ts';
import {demandOf, isSameDemand} from './demand.ts';
import type {DataSource} from './data-source.ts';
import {kindRows, stateIn} from './snapshot-views/kind-rows.ts';
import {createClusterHistory, type ClusterHistory} from './past/cluster-history.ts';
import {createShownViews, type TimeWanted} from './snapshot-views/shown-views.ts';
import {recordingOf} from '../history/recording-of.ts';
import {createViews, type Selection, type Views} from './snapshot-views/views.ts';
import {createWhoChanged, type WhoChanged} from './past/who-changed.ts';
import {createRestless} from './restless.ts';
import {createScheduler} from './scheduler.ts';
import {touchedBy} from './snapshot-views/touched.ts';
import {createTrend, type Trend} from './trend.ts';
import type {TraceOptions} from '../model/request.ts';
import {newsOf, onNewsOfFeed} from './feed-news.ts';
import {createStaleLook} from './stale-look.ts';
import {repeatedly} from './repeatedly.ts';

/** What the engine finds out; part of the state of the session. */
type Findings = {
	readonly entries: readonly EntryRow[];
	readonly entriesKnown: boolean;
	readonly namespaces: readonly string[];
	readonly kinds: readonly KindRow[];
	readonly selected: Selected | undefined;
	readonly cluster: readonly ClusterPart[];
	readonly at: number;
	readonly history: HistoryInfo;
	readonly broken: Trend['broken'];
	readonly retry: Retry | undefined;
	readonly heardAt: number | undefined;
	readonly past: Past | undefined;
	readonly supposition: Supposition | undefined;
	readonly matrix: Matrix | undefined;
	readonly crossing: Crossing | undefined;
};

/** Keeps the entries of one namespace (or of all) and one selected path up to date, over one data source. */
export type Engine = {
	list(namespace: string | undefined): void;
	select(selection: Selection): void;
	/** Walks the selected target from everywhere, or no more. */
	compare(isWanted: boolean): void;
	/** Says which entries cross a pod or a node, or no more. */
	cross(ref: ObjectRef | undefined): void;
	/** Walks everything again for requests that are made in another way. */
	ask(traceOptions: TraceOptions): void;
	/** Shows an earlier time. False where nothing older is remembered. */
	goTo(to: TimeWanted): boolean;
	/** Shows what would be; a sentence where that cannot be said. */
	suppose(supposed: Supposed | undefined): string | undefined;
	/** The lines of a recording of all that is remembered. */
	recording(metadata: {
		readonly context?: string;
		readonly namespace?: string;
		readonly knetVersion: string;
	}): readonly string[];
	stop(): void;
};

type EngineOptions = {
	readonly dataSource: DataSource;
	readonly clock: Clock;
	readonly namespace: string | undefined;
	readonly traceOptions: TraceOptions;
	readonly mark?: Marking;
	/** Returns whether they showed something new. */
	readonly onFindings: (findings: Findings) => boolean;
};

/** Some verdicts depend on time alone (a load balancer that is pending for too long). Milliseconds. */
const lookAgain = 10_000;

/**
Demand follows from the walks: they record what they read, the feed is asked for that, and when a notice touches it they
are made again, the selected path first.
*/
export function createEngine({dataSource, clock, onFindings, ...first}: EngineOptions): Engine {
	const {reader, feed} = dataSource;
	const history = createClusterHistory(reader.snapshot(clock.now()));
	const views = createShownViews(history, viewsOver(dataSource, first));
	const who = createWhoChanged(dataSource.readManagers, () => scheduler.ask());
	const trend = createTrend();
	const wanted = createWanted(feed);
	const states = createStateWatch(() => reader.snapshot(clock.now()), wanted);

	// The snapshot of now; its changes go to the history.
	const taken = (): Snapshot => history.take(reader.snapshot(clock.now()));

	const scheduler = createScheduler({
		clock,
		work: () => views.work(taken()),
		isOpening: () => !views.shown.listing.known,
		flush(isLast) {
			const demand = wanted.follow(views.live.reads());
			const snapshot = reader.snapshot(clock.now());
			history.look(demand, snapshot, views.live.namespace);
			trend.note(views.live.rows, snapshot.now);
			const isNews = onFindings({
				...shownFindings(views.shown),
				kinds: kindRows(demand, {snapshot, reader, here: views.live.namespace}),
				selected: withChanges(views.shown, {history, who, until: views.at ?? Infinity}),
				at: clock.now(),
				history: {...history.info, whoProblem: who.problem},
				broken: trend.broken,
				...newsOf(feed),
				supposition: views.supposition,
				past: views.told({rows: views.live.rows, snapshot}),
			});
			restless.shown(views.shown === views.live ? isNews : undefined, isLast);
		},
	});

	function doAnd<T>(next: 'ask' | 'hurry', change: () => T): T {
		const answer = change();
		scheduler[next]();
		return answer;
	}

	const restless = createRestless({
		clock,
		hasNewState: states.differs,
		tell: (notice) => doAnd('ask', () => hear(notice, views.live, states.hasChanged)),
	});
	const lookAtAll = (): void => doAnd('ask', () => views.live.touchAll());
	const staleLook = createStaleLook(clock, {isStale: states.isStale, look: lookAtAll});
	const stops = [
		reader.subscribe((notice) => {
			history.note(notice.objects, clock.now());
			staleLook.hear(notice.kinds);
			restless.hear(notice);
		}),
		restless.stop,
		onNewsOfFeed(feed, clock, () => scheduler.ask()),
		repeatedly(clock, lookAgain, lookAtAll),
		staleLook.stop,
		() => scheduler.stop(),
	];
	scheduler.ask();

	return {
		list: (namespace) => doAnd('hurry', () => views.list(namespace)),
		select: (selection) => doAnd('hurry', () => views.select(selection)),
		compare: (isWanted) => doAnd('hurry', () => views.compare(isWanted)),
		cross: (ref) => doAnd('hurry', () => views.cross(ref)),
		ask: (traceOptions) => doAnd('hurry', () => views.ask(traceOptions)),
		goTo: (to) => doAnd('hurry', () => views.goTo(to, taken())),
		suppose: (supposed) => doAnd('hurry', () => views.suppose(supposed, taken())),
		recording(metadata) {
			const {changes, since} = history;
			return recordingOf({changes, since, demand: wanted.demand, snapshot: taken()}, metadata);
		},
		stop: () => stops.forEach((stop) => stop()),
	};
}

function hear(notice: Notice, live: Views, hasChanged: (kind: Kind) => boolean): void {
	live.touch(touchedBy(notice, hasChanged));
	if (notice.evidence) {
		live.touchAll();
	}
}

/** Makes views that know of the data source what they need. */
function viewsOver(
	{namespace: fallback, prober}: DataSource,
	first: Pick<EngineOptions, 'namespace' | 'traceOptions' | 'mark'>,
): (isFrozen: boolean) => Views {
	const testable = prober && ((trace: Trace) => prober.testable(trace));
	return (isFrozen) => createViews({...first, fallback, testable, isFrozen});
}

/** The demand, told to the feed where it differs from the last. */
function createWanted(feed: Pick<EngineOptions['dataSource']['feed'], 'want'>) {
	let demand: Demand = new Map();
	return {
		get demand() {
			return demand;
		},
		follow(reads: readonly Reads[]): Demand {
			const wanted = demandOf(reads);
			if (!isSameDemand(demand, wanted)) {
				demand = wanted;
				feed.want(demand);
			}

			return demand;
		},
	};
}

type Told = {readonly history: ClusterHistory; readonly who: WhoChanged; readonly until: number};

/** The selected path with what happened to the objects that it was decided from. */
function withChanges({selected, decided}: Views, {history, who, until}: Told): Selected | undefined {
	const changes = decided && history.ofPath(decided, until);
	who.look(changes ?? []);
	return selected && {...selected, objectChanges: changes && who.with(changes)};
}

type StateWatch = {
	readonly isStale: (kind: Kind) => boolean;
	/** Whether the state of a kind differs from that when `hasChanged` was last asked. */
	readonly differs: (kind: Kind) => boolean;
	/** The same, and the state is the known one from now on. */
	readonly hasChanged: (kind: Kind) => boolean;
};

function createStateWatch(snapshot: () => Snapshot, wanted: {readonly demand: Demand}): StateWatch {
	const states = new Map<Kind, string>();
	const current = (kind: Kind) => stateIn(snapshot(), kind, wanted.demand.get(kind) ?? 'all');
	const stateOf = (kind: Kind): string => JSON.stringify(current(kind));
	return {
		isStale: (kind) => current(kind).state === 'stale',
		differs: (kind) => states.get(kind) !== stateOf(kind),
		hasChanged(kind) {
			const now = stateOf(kind);
			const before = states.get(kind);
			states.set(kind, now);
			return before !== now;
		},
	};
}

type Shown = Pick<Findings, 'entries' | 'entriesKnown' | 'namespaces' | 'cluster' | 'matrix' | 'crossing'>;

function shownFindings({rows, listing, cluster, matrix, crossings}: Views): Shown {
	const {known: entriesKnown, namespaces} = listing;
	return {entries: rows, entriesKnown, namespaces, cluster, matrix, crossing: crossings.answer};
}
