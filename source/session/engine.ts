import type {Demand} from '../feeds/feed.ts';
import type {Kind} from '../model/kinds.ts';
import type {Notice} from '../store/store-types.ts';
import type {EntryRow, KindRow, Selected} from './state.ts';
import type {Clock} from '../clock.ts';
import {demandOfAll, isSameDemand} from './demand-of.ts';
import type {DataSource} from './data-source.ts';
import {kindRows, stateIn} from './kind-rows.ts';
import {createViews} from './views.ts';
import {createScheduler} from './scheduler.ts';
import {touchedBy} from './touched.ts';
import type {TraceOptions} from '../model/request.ts';

/** What the engine finds out; part of the state of the session. */
export type Findings = {
	readonly entries: readonly EntryRow[];
	readonly entriesKnown: boolean;
	readonly namespaces: readonly string[];
	readonly kinds: readonly KindRow[];
	readonly selected?: Selected;
	readonly at: number;
};

/** Keeps the entries of one namespace (or of all) and one selected path up to date, over one ground. */
export type Engine = {
	list(namespace: string | undefined): void;
	select(target: string | undefined, namespace: string | undefined): void;
	/** Walks everything anew for requests that are made in another way. */
	ask(traceOptions: TraceOptions): void;
	stop(): void;
};

export type EngineOptions = {
	readonly dataSource: DataSource;
	readonly clock: Clock;
	readonly namespace: string | undefined;
	readonly traceOptions: TraceOptions;
	readonly onFindings: (findings: Findings) => void;
};

/** Some verdicts depend on time alone (a load balancer that is pending for too long). Milliseconds. */
const lookAgain = 10_000;

/**
Demand follows from the walks: they record what they read, the feed is asked for that, and when a notice touches it they
are made again, the selected path first.
*/
export function createEngine({dataSource, clock, onFindings, ...first}: EngineOptions): Engine {
	const {reader, feed} = dataSource;
	const views = createViews({...first, fallback: dataSource.namespace});
	let demand: Demand = new Map();
	const states = new Map<Kind, string>();

	const scheduler = createScheduler({
		clock,
		work: () => views.work(reader.snapshot(clock.now())),
		flush() {
			const wanted = demandOfAll(views.reads());
			if (!isSameDemand(demand, wanted)) {
				demand = wanted;
				feed.want(demand);
			}

			const snapshot = reader.snapshot(clock.now());
			const {known, namespaces} = views.listing;
			onFindings({
				entries: views.rows,
				entriesKnown: known,
				namespaces,
				kinds: kindRows(demand, snapshot, reader),
				selected: views.selected,
				at: clock.now(),
			});
		},
	});

	function stateChanged(kind: Kind): boolean {
		const now = JSON.stringify(stateIn(reader.snapshot(clock.now()), kind, demand.get(kind) ?? 'all'));
		const before = states.get(kind);
		states.set(kind, now);
		return before !== now;
	}

	const unsubscribe = reader.subscribe((notice: Notice) => {
		views.touch(touchedBy(notice, stateChanged));
		if (notice.evidence) {
			views.touchAll();
		}

		scheduler.ask();
	});
	const stopLooking = repeatedly(clock, lookAgain, () => {
		views.touchAll();
		scheduler.ask();
	});
	scheduler.ask();

	return {
		list(namespace) {
			views.list(namespace);
			scheduler.ask();
		},
		select(target, scope) {
			views.select(target, scope);
			scheduler.ask();
		},
		ask(traceOptions) {
			views.ask(traceOptions);
			scheduler.ask();
		},
		stop() {
			unsubscribe();
			stopLooking();
			scheduler.stop();
		},
	};
}

function repeatedly(clock: Clock, milliseconds: number, callback: () => void): () => void {
	let cancel = clock.after(milliseconds, again);
	function again(): void {
		callback();
		cancel = clock.after(milliseconds, again);
	}

	return () => cancel();
}
