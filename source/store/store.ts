import type {Evidence, EvidenceReader, EvidenceType} from '../model/evidence.ts';
import type {Kind} from '../model/kinds.ts';
import type {KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {createHoldings, type Holdings} from './holdings.ts';
import {createNotifier, type Schedule} from './notifier.ts';
import {createSnapshot} from './snapshot.ts';
import type {Reader, Writer} from './store-types.ts';

export type StoreOptions = {
	/** State of a kind about which nothing was ever said. Default `not-watched`. */
	readonly untold?: KindState;
	/** Runs a callback soon: once a tick. */
	readonly schedule?: Schedule;
};

/** Objects in memory: one writer, many readers. A re-list replaces a scope's objects at once, when it is whole. */
export function createStore(options: StoreOptions = {}): {readonly writer: Writer; readonly reader: Reader} {
	const holdings = new Map<Kind, Holdings>();
	const notifier = createNotifier(options.schedule);
	const untold = options.untold ?? {state: 'not-watched'};
	let evidence: readonly Evidence[] = [];
	let version = 0;
	let view:
		| {readonly version: number; readonly of: (now: number) => ReturnType<Reader['snapshot']>}
		| undefined;

	const holdingsOf = (kind: Kind): Holdings => {
		const held = holdings.get(kind) ?? createHoldings();
		holdings.set(kind, held);
		return held;
	};

	const apply = (event: WatchEvent): void => {
		const touched = holdingsOf(event.kind).apply(event);
		if (touched) {
			version++;
			notifier.touch(event.kind, touched);
		}
	};

	const observe = (observation: Evidence): void => {
		evidence = [observation, ...evidence.filter((other) => !isSameCheck(other, observation))].slice(
			0,
			maximumEvidence,
		);
		version++;
		notifier.touchEvidence();
	};

	const snapshot = (now: number) => {
		if (view?.version !== version) {
			const tables = new Map([...holdings].map(([kind, held]) => [kind, held.freeze()]));
			view = {version, of: createSnapshot(tables, {untold, evidence: evidenceReader(evidence)})};
		}

		return view.of(now);
	};

	const count = (kind: Kind): number => holdings.get(kind)?.count() ?? 0;
	return {
		writer: {apply, observe},
		reader: {snapshot, subscribe: (listener) => notifier.subscribe(listener), count},
	};
}

// Eight probes at once on a few hundred targets: more is a session of days.
const maximumEvidence = 5000;

function isSameCheck(a: Evidence, b: Evidence): boolean {
	return (
		a.type === b.type &&
		JSON.stringify(a.vantage) === JSON.stringify(b.vantage) &&
		JSON.stringify(a.subject) === JSON.stringify(b.subject)
	);
}

/** Newest first. */
function evidenceReader(evidence: readonly Evidence[]): EvidenceReader {
	return {
		list: <T extends EvidenceType>(type: T) =>
			evidence.filter((item): item is Extract<Evidence, {type: T}> => item.type === type),
	};
}
