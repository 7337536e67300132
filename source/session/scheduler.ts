import type {Clock} from '../clock.ts';

/** Work in small slices, at a calm rate. */
export type Scheduler = {
	/** There is something to do. */
	ask(): void;
	stop(): void;
};

/** At most ten recomputations a second: a thousand events make one. Milliseconds. */
const pause = 100;
/** A slice leaves the thread to streams and timers after so long. Milliseconds. */
const slice = 8;

/**
Calls `work` until it says that nothing is left, in slices; `flush` after the last one, and now and then in between, so
that a long list fills up while it is worked on. Asked again, it starts at once, or when the pause since last time is over.
*/
export function createScheduler(options: {
	readonly clock: Clock;
	/** Does one unit of work; false when there is none. */
	readonly work: () => boolean;
	readonly flush: () => void;
}): Scheduler {
	const {clock, work, flush} = options;
	let cancel: (() => void) | undefined;
	let startedAt = Number.NEGATIVE_INFINITY;
	let flushedAt = Number.NEGATIVE_INFINITY;
	let stopped = false;

	function start(): void {
		startedAt = clock.elapsed();
		run();
	}

	function run(): void {
		cancel = undefined;
		const until = clock.elapsed() + slice;
		let more = true;
		while (more && clock.elapsed() < until) {
			more = work();
		}

		if (stopped) {
			return;
		}

		if (more) {
			cancel = clock.after(0, run);
		}

		if (!more || clock.elapsed() - flushedAt >= pause) {
			flushedAt = clock.elapsed();
			flush();
		}
	}

	return {
		ask() {
			if (!cancel && !stopped) {
				cancel = clock.after(Math.max(0, startedAt + pause - clock.elapsed()), start);
			}
		},
		stop() {
			stopped = true;
			cancel?.();
		},
	};
}
