import type {Clock} from '../clock.ts';

/** Does work in small slices, at a limited rate. */
export type Scheduler = {
	/** There is something to do. */
	ask(): void;
	/** Somebody waits for the result: it is shown after the first slice. */
	hurry(): void;
	stop(): void;
};

/** At most ten recomputations a second: a thousand events make one. Milliseconds. */
const pause = 100;
/** The pause while nothing is on the screen yet: each list that comes may be the one that the first picture waits for. */
const openingPause = 20;
/** After this time a slice ends, so that streams and timers get the thread. Milliseconds. */
const slice = 8;
/**
Work that ends within this time is shown as a whole: each picture costs bytes, and what is drawn after the first few of a moment
waits for the next second. Milliseconds.
*/
const whole = 40;
/**
No flush follows two slow ones for this many times as long as the shorter of them took: else a large list would leave no time for
anything else. A single slow one, such as the first after a start, is followed without a rest.
*/
const rest = 3;

/**
Calls `work` in slices until nothing is left, and `flush` after the last slice. It also calls `flush` from time to time in
between, so that a long list fills up. When asked again it starts at once, or when the pause since the last start and the
rest after the last flush are over.
*/
export function createScheduler(options: {
	readonly clock: Clock;
	/** Does one unit of work; false when there is none. */
	readonly work: () => boolean;
	/** `isLast`: nothing is left to do. */
	readonly flush: (isLast: boolean) => void;
	/** Nothing can be shown yet. */
	readonly isOpening?: () => boolean;
}): Scheduler {
	const {clock, work, isOpening = () => false} = options;
	const flushing = createFlushing(options);
	let cancel: (() => void) | undefined;
	let startedAt = Number.NEGATIVE_INFINITY;
	let isWaiting = false;
	let isHurried = false;
	let stopped = false;

	const pauseEnds = (): number => startedAt + (isOpening() ? openingPause : pause);

	function startAt(due: number): void {
		isWaiting = true;
		cancel = clock.after(Math.max(0, due - clock.elapsed()), () => {
			isWaiting = false;
			startedAt = clock.elapsed();
			run();
		});
	}

	function run(): void {
		cancel = undefined;
		const more = workFor(slice, {clock, work});
		if (stopped) {
			return;
		}

		if (more) {
			cancel = clock.after(0, run);
		}

		if (!more || isHurried || clock.elapsed() >= Math.max(startedAt + whole, flushing.nextAt)) {
			isHurried = false;
			flushing.flush(!more);
		}
	}

	return {
		ask() {
			if (!cancel && !stopped) {
				startAt(Math.max(pauseEnds(), flushing.restsUntil));
			}
		},
		hurry() {
			isHurried = true;
			if (!stopped && (!cancel || isWaiting)) {
				cancel?.();
				startAt(pauseEnds());
			}
		},
		stop() {
			stopped = true;
			cancel?.();
		},
	};
}

/** False when there is no more work. */
function workFor(milliseconds: number, {clock, work}: {clock: Clock; work: () => boolean}): boolean {
	const until = clock.elapsed() + milliseconds;
	let more = true;
	while (more && clock.elapsed() < until) {
		more = work();
	}

	return more;
}

type Flushing = {readonly clock: Clock; readonly flush: (isLast: boolean) => void};

function createFlushing({clock, flush}: Flushing) {
	let beganAt = Number.NEGATIVE_INFINITY;
	let restsUntil = Number.NEGATIVE_INFINITY;
	let lastTook = 0;
	return {
		/** The end of the rest after slow flushes. */
		get restsUntil() {
			return restsUntil;
		},
		/** When the next flush of work that goes on is due. */
		get nextAt() {
			return Math.max(beganAt + pause, restsUntil);
		},
		flush(isLast: boolean): void {
			beganAt = clock.elapsed();
			flush(isLast);
			const ended = clock.elapsed();
			const took = ended - beganAt;
			restsUntil = ended + rest * Math.min(took, lastTook);
			lastTook = took;
		},
	};
}
