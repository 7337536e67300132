import type {Clock} from '../clock.ts';

/** Does work in small slices, at a limited rate. */
export type Scheduler = {
	/** There is something to do. */
	ask(): void;
	stop(): void;
};

/** At most ten recomputations a second: a thousand events make one. Milliseconds. */
const pause = 100;
/** After this time a slice ends, so that streams and timers get the thread. Milliseconds. */
const slice = 8;

/**
Calls `work` in slices until nothing is left, and `flush` after the last slice. It also calls `flush` from time to time in
between, so that a long list fills up. When asked again it starts at once, or when the pause since the last start is over.
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
