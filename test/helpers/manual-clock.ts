import type {Clock} from '../../source/clock.ts';

/** A clock that stands until a test moves it. */
export type ManualClock = Clock & {
	/** Moves on, and calls back what is due, in order. */
	advance(milliseconds: number): void;
	/** Calls back what is due now, and what that asks for, until nothing is. */
	settle(): void;
};

type Timer = {readonly due: number; readonly callback: () => void};

export function manualClock(start: number): ManualClock {
	let now = start;
	let timers: readonly Timer[] = [];

	function runDue(): void {
		for (;;) {
			const next = timers.filter(({due}) => due <= now).toSorted((a, b) => a.due - b.due)[0];
			if (!next) {
				return;
			}

			timers = timers.filter((timer) => timer !== next);
			next.callback();
		}
	}

	return {
		now: () => now,
		elapsed: () => now - start,
		after(milliseconds, callback) {
			const timer = {due: now + milliseconds, callback};
			timers = [...timers, timer];
			return () => {
				timers = timers.filter((each) => each !== timer);
			};
		},
		advance(milliseconds) {
			const until = now + milliseconds;
			for (;;) {
				const next = timers.filter(({due}) => due <= until).toSorted((a, b) => a.due - b.due)[0];
				if (!next) {
					break;
				}

				now = Math.max(now, next.due);
				runDue();
			}

			now = until;
		},
		settle: runDue,
	};
}
