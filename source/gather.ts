import {demandOf, mergeReads} from './demand.ts';
import type {Demand, Feed} from './feeds/feed.ts';
import type {KindState, Snapshot} from './model/snapshot.ts';
import {recordReads, type Reads} from './model/recording-snapshot.ts';
import type {Reader} from './store/store-types.ts';

export type GatherOptions = {
	readonly reader: Reader;
	readonly feed: Feed;
	/** Milliseconds since the epoch. */
	readonly clock: () => number;
	/** Milliseconds to wait for lists; what is not there by then is unknown. */
	readonly patience: number;
	/** What will certainly be read. */
	readonly opening?: Reads;
};

/**
Evaluates once, over everything the evaluation turns out to read: each round opens the lists that the last one asked
for, until it asks for nothing new.
*/
export async function gather<T>(options: GatherOptions, evaluate: (snapshot: Snapshot) => T): Promise<T> {
	const deadline = options.clock() + options.patience;
	let reads: Reads = options.opening ?? new Map();
	if (options.opening) {
		options.feed.want(demandOf(reads));
		await settle(options, demandOf(reads), deadline);
	}

	for (;;) {
		const recording = recordReads(options.reader.snapshot(options.clock()));
		const result = evaluate(recording.snapshot);
		const before = demandOf(reads);
		reads = mergeReads([reads, recording.reads]);
		const demand = demandOf(reads);
		if (isSameDemand(before, demand) && isSettled(options, demand)) {
			return result;
		}

		options.feed.want(demand);
		if (!(await settle(options, demand, deadline))) {
			return evaluate(options.reader.snapshot(options.clock()));
		}
	}
}

function isSameDemand(a: Demand, b: Demand): boolean {
	return (
		a.size === b.size &&
		[...b].every(([kind, places]) => {
			const other = a.get(kind);
			return places === 'all' || other === 'all' || other === undefined
				? other === places
				: [...places].every((place) => other.has(place));
		})
	);
}

/** Resolves true when every kind wanted has an answer, false when the deadline comes first. */
function settle(options: GatherOptions, demand: Demand, deadline: number): Promise<boolean> {
	if (isSettled(options, demand)) {
		return Promise.resolve(true);
	}

	return new Promise((resolve) => {
		const finish = (value: boolean): void => {
			clearTimeout(timer);
			unsubscribe();
			resolve(value);
		};

		const timer = setTimeout(() => finish(false), Math.max(0, deadline - options.clock()));
		const unsubscribe = options.reader.subscribe(() => {
			if (isSettled(options, demand)) {
				finish(true);
			}
		});
	});
}

function isSettled({reader, clock}: GatherOptions, demand: Demand): boolean {
	const snapshot = reader.snapshot(clock());
	return [...demand].every(([kind, places]) =>
		places === 'all'
			? hasAnswer(snapshot.state(kind))
			: [...places].every((place) => hasAnswer(snapshot.state(kind, place))),
	);
}

function hasAnswer({state}: KindState): boolean {
	return state !== 'connecting' && state !== 'not-watched';
}
