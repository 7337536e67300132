import type {Demand} from '../feeds/feed.ts';
import type {Kind} from '../model/kinds.ts';
import type {Source} from '../path/target.ts';
import type {Notice} from '../store/store-types.ts';
import type {EntryRow, KindRow, Selected} from '../view/state.ts';
import type {SessionClock} from './clock.ts';
import {openingReads} from '../demand.ts';
import {demandOfAll, isSameDemand} from './demand-of.ts';
import type {Ground} from './ground.ts';
import {kindRows, stateIn} from './kind-rows.ts';
import {createOverview} from './overview.ts';
import {createPump} from './pump.ts';
import {createSpotlight, type Spotlight} from './spotlight.ts';
import {touchedBy} from './touched.ts';

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
	stop(): void;
};

export type EngineOptions = {
	readonly ground: Ground;
	readonly clock: SessionClock;
	readonly namespace: string | undefined;
	readonly from: Source | undefined;
	readonly onFindings: (findings: Findings) => void;
};

/** Some verdicts depend on time alone (a load balancer that is pending for too long). Milliseconds. */
const lookAgain = 10_000;

/**
Demand follows from the walks: they record what they read, the feed is asked for that, and when a notice touches it they
are made again, the selected path first.
*/
export function createEngine({ground, clock, namespace, from, onFindings}: EngineOptions): Engine {
	const {reader, feed} = ground;
	let overview = createOverview(namespace, from);
	let opening = openingReads(namespace ?? '*');
	let spotlight: Spotlight | undefined;
	let demand: Demand = new Map();
	const states = new Map<Kind, string>();

	const pump = createPump({
		clock,
		work() {
			const snapshot = reader.snapshot(clock.now());
			return Boolean(spotlight?.work(snapshot)) || overview.work(snapshot);
		},
		flush() {
			const wanted = demandOfAll([opening, ...overview.reads(), ...(spotlight ? [spotlight.reads] : [])]);
			if (!isSameDemand(demand, wanted)) {
				demand = wanted;
				feed.want(demand);
			}

			const snapshot = reader.snapshot(clock.now());
			const {known, namespaces} = overview.listing;
			onFindings({
				entries: overview.rows,
				entriesKnown: known,
				namespaces,
				kinds: kindRows(demand, snapshot, reader),
				...(spotlight ? {selected: spotlight.selected} : {}),
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
		const touched = touchedBy(notice, stateChanged);
		overview.touch(touched);
		spotlight?.touch(touched);
		if (notice.evidence) {
			overview.touchAll();
			spotlight?.touchAll();
		}

		pump.ask();
	});
	const stopLooking = repeatedly(clock, lookAgain, () => {
		overview.touchAll();
		spotlight?.touchAll();
		pump.ask();
	});
	pump.ask();

	return {
		list(wanted) {
			overview = createOverview(wanted, from);
			opening = openingReads(wanted ?? '*');
			pump.ask();
		},
		select(target, place) {
			const question = {namespace: place, from, fallback: ground.namespace};
			spotlight = target === undefined ? undefined : createSpotlight({target, ...question});
			pump.ask();
		},
		stop() {
			unsubscribe();
			stopLooking();
			pump.stop();
		},
	};
}

function repeatedly(clock: SessionClock, milliseconds: number, callback: () => void): () => void {
	let cancel = clock.after(milliseconds, again);
	function again(): void {
		callback();
		cancel = clock.after(milliseconds, again);
	}

	return () => cancel();
}
