import type {Demand} from '../feeds/feed.ts';
import type {Kind} from '../model/kinds.ts';
import type {Notice} from '../store/store-types.ts';
import type {EntryRow, KindRow, Selected} from './state.ts';
import type {Clock} from '../clock.ts';
import {demandOfAll, isSameDemand} from './demand-of.ts';
import type {Ground} from './data-source.ts';
import {kindRows, stateIn} from './kind-rows.ts';
import {createLooks} from './views.ts';
import {createPump} from './scheduler.ts';
import {touchedBy} from './touched.ts';
import type {Asking} from '../model/request.ts';

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
	ask(asking: Asking): void;
	stop(): void;
};

export type EngineOptions = {
	readonly ground: Ground;
	readonly clock: Clock;
	readonly namespace: string | undefined;
	readonly asking: Asking;
	readonly onFindings: (findings: Findings) => void;
};

/** Some verdicts depend on time alone (a load balancer that is pending for too long). Milliseconds. */
const lookAgain = 10_000;

/**
Demand follows from the walks: they record what they read, the feed is asked for that, and when a notice touches it they
are made again, the selected path first.
*/
export function createEngine({ground, clock, onFindings, ...first}: EngineOptions): Engine {
	const {reader, feed} = ground;
	const looks = createLooks({...first, fallback: ground.namespace});
	let demand: Demand = new Map();
	const states = new Map<Kind, string>();

	const pump = createPump({
		clock,
		work: () => looks.work(reader.snapshot(clock.now())),
		flush() {
			const wanted = demandOfAll(looks.reads());
			if (!isSameDemand(demand, wanted)) {
				demand = wanted;
				feed.want(demand);
			}

			const snapshot = reader.snapshot(clock.now());
			const {known, namespaces} = looks.listing;
			onFindings({
				entries: looks.rows,
				entriesKnown: known,
				namespaces,
				kinds: kindRows(demand, snapshot, reader),
				...(looks.selected ? {selected: looks.selected} : {}),
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
		looks.touch(touchedBy(notice, stateChanged));
		if (notice.evidence) {
			looks.touchAll();
		}

		pump.ask();
	});
	const stopLooking = repeatedly(clock, lookAgain, () => {
		looks.touchAll();
		pump.ask();
	});
	pump.ask();

	return {
		list(namespace) {
			looks.list(namespace);
			pump.ask();
		},
		select(target, place) {
			looks.select(target, place);
			pump.ask();
		},
		ask(asking) {
			looks.ask(asking);
			pump.ask();
		},
		stop() {
			unsubscribe();
			stopLooking();
			pump.stop();
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
