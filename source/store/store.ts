import type {Evidence, EvidenceReader, EvidenceType} from '../model/evidence.ts';
import type {Kind} from '../model/kinds.ts';
import type {KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {createKindStore, type KindStore} from './kind-store.ts';
import {createNotifier, type Schedule} from './notifier.ts';
import {createSnapshot} from './snapshot.ts';
import type {Reader, Writer} from './store-types.ts';

type StoreOptions = {
	/** State of a kind without any reported state. Default `not-watched`. */
	readonly unlisted?: KindState;
	/** Runs a callback soon: once a tick. */
	readonly schedule?: Schedule;
};

/** Objects in memory: one writer, many readers. A complete list replaces all that its list-watch held, in one step. */
export function createStore(options: StoreOptions = {}): {readonly writer: Writer; readonly reader: Reader} {
	const kinds = new Map<Kind, KindStore>();
	const notifier = createNotifier(options.schedule);
	const unlisted = options.unlisted ?? {state: 'not-watched'};
	let evidence: readonly Evidence[] = [];
	let version = 0;
	let view:
		| {readonly version: number; readonly of: (now: number) => ReturnType<Reader['snapshot']>}
		| undefined;

	const storeOf = (kind: Kind): KindStore => {
		const found = kinds.get(kind) ?? createKindStore();
		kinds.set(kind, found);
		return found;
	};

	const apply = (event: WatchEvent): void => {
		const touched = storeOf(event.kind).apply(event);
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
		// Who reads a change before it is told of it would take it for nothing new later: the history would miss it.
		notifier.flush();
		if (view?.version !== version) {
			const tables = new Map([...kinds].map(([kind, store]) => [kind, store.freeze()]));
			view = {version, of: createSnapshot(tables, {unlisted, evidence: evidenceReader(evidence)})};
		}

		return view.of(now);
	};

	const count = (kind: Kind): number => kinds.get(kind)?.count() ?? 0;
	const pending = (): number => [...kinds.values()].reduce((sum, store) => sum + store.pending(), 0);
	return {
		writer: {apply, observe},
		reader: {snapshot, subscribe: (listener) => notifier.subscribe(listener), count, pending},
	};
}

// Enough for eight probes on each of a few hundred targets.
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
