import type {Clock} from '../clock.ts';
import {demandOf, isSameDemand, unionOf} from './demand.ts';
import {UserError} from '../errors.ts';
import type {Feed} from '../feeds/feed.ts';
import {hasAnswer, type KindState, type Snapshot} from '../model/snapshot.ts';
import {recordReads, statesOf, type Reads} from '../model/recording-snapshot.ts';
import type {Reader} from '../store/store-types.ts';

export type OnceOptions = {
	readonly reader: Reader;
	readonly feed: Feed;
	readonly clock: Clock;
	/** Milliseconds to wait for lists, `Infinity` for no limit; what is not there by then is unknown. */
	readonly timeout: number;
	/** What the evaluation reads in any case. */
	readonly opening?: Reads;
	/** A small part of a large evaluation. What it reads is opened before the whole is evaluated for the first time. */
	readonly sample?: (snapshot: Snapshot) => void;
};

/**
Evaluates once, over everything the evaluation turns out to read: each round opens the lists that the last one asked
for, until it asks for nothing new. Rejects with `UserError` when no list at all was answered.
*/
export async function evaluateOnce<T>(options: OnceOptions, evaluate: (snapshot: Snapshot) => T): Promise<T> {
	const {opening = new Map(), sample, feed, clock} = options;
	const began = clock.elapsed();
	const deadline = began + options.timeout;
	if (opening.size > 0) {
		feed.want(demandOf([opening]));
		if (!(await waitForLists(options, opening, deadline))) {
			verifyAnswered(options, opening);
		}
	}

	const sampled = sample && (await inRounds({...options, began, deadline, reads: opening}, sample));
	const {result} = await inRounds({...options, began, deadline, reads: sampled?.reads ?? opening}, evaluate);
	return result;
}

/** `reads`: what is read already. `began`, `deadline`: on the clock's elapsed time. */
type Rounds = OnceOptions & {readonly reads: Reads; readonly began: number; readonly deadline: number};

async function inRounds<T>(options: Rounds, evaluate: (snapshot: Snapshot) => T) {
	let {reads} = options;
	for (;;) {
		const snapshot = options.reader.snapshot(options.clock.now());
		const recording = recordReads(snapshot);
		const result = evaluate(recording.snapshot);
		const before = demandOf([reads]);
		reads = unionOf([reads, recording.reads]);
		const demand = demandOf([reads]);
		// A file holds everything from the start, so nothing is evaluated twice.
		const knewAll = statesOf(snapshot, recording.reads).every(hasAnswer);
		if ((knewAll || isSameDemand(before, demand)) && isSettled(options, reads)) {
			return {result, reads};
		}

		options.feed.want(demand);
		if (!(await waitForLists(options, reads, options.deadline))) {
			verifyAnswered(options, reads);
			return {result: evaluate(givenUp(options)), reads};
		}
	}
}

/** What is not there by now does not come any more. The version is new: what was made for the old one says "wait". */
function givenUp({reader, clock, began}: Rounds): Snapshot {
	const snapshot = reader.snapshot(clock.now());
	const waited = Math.round((clock.elapsed() - began) / 100) / 10;
	return {
		...snapshot,
		version: {},
		state(kind, place) {
			const state = snapshot.state(kind, place);
			return hasAnswer(state) ? state : {...state, state: 'connecting', waited};
		},
	};
}

/** Resolves true when everything read has an answer, false when the deadline comes first. */
function waitForLists(options: OnceOptions, reads: Reads, deadline: number): Promise<boolean> {
	if (isSettled(options, reads)) {
		return Promise.resolve(true);
	}

	return new Promise((resolve) => {
		const finish = (value: boolean): void => {
			cancelTimer();
			cancelSoon();
			unsubscribe();
			resolve(value);
		};

		const {clock} = options;
		const left = deadline - clock.elapsed();
		const cancelTimer = clock.after(left, () => finish(false));
		const cancelSoon = clock.after(Math.min(retryTime, left), () => {
			if (statesNow(options, reads).every(hasFailed)) {
				finish(false);
			}
		});
		const unsubscribe = options.reader.subscribe(() => {
			if (isSettled(options, reads)) {
				finish(true);
			}
		});
	});
}

function isSettled(options: OnceOptions, reads: Reads): boolean {
	return statesNow(options, reads).every(hasAnswer);
}

function statesNow({reader, clock}: OnceOptions, reads: Reads): readonly KindState[] {
	return statesOf(reader.snapshot(clock.now()), reads);
}

/** Failed connections are tried again for this long before a command gives up on all of them. Milliseconds. */
const retryTime = 2000;

function hasFailed(state: KindState): boolean {
	return state.state === 'connecting' && state.reason !== undefined;
}

/** Throws when no list was answered: there is nothing to judge. */
function verifyAnswered(options: OnceOptions, reads: Reads): void {
	const states = statesNow(options, reads);
	if (states.some(hasAnswer)) {
		return;
	}

	const reason = states.flatMap((state) => (state.state === 'connecting' ? (state.reason ?? []) : []))[0];
	throw new UserError(
		reason ?? `the API server did not answer within ${Math.round(options.timeout / 100) / 10} s`,
		'kubectl cluster-info tries the same connection.',
	);
}
