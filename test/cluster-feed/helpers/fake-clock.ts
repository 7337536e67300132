import type {Clock} from '../../../source/clock.ts';

type Timer = {readonly at: number; readonly callback: () => void};

/** A clock that stands still until it is told to go on. */
export type FakeClock = Clock & {
	/** Goes on and calls back what is due, in order. */
	advance(ms: number): void;
	/** Goes on to the next timer and calls it back. Returns by how much, or undefined when there is none. */
	advanceToNext(): number | undefined;
	/** Milliseconds from now at which timers are due, soonest first. */
	readonly timers: readonly number[];
};

export function createFakeClock(start = 1_000_000): FakeClock {
	let now = start;
	const timers = new Set<Timer>();
	const inOrder = () => [...timers].toSorted((a, b) => a.at - b.at);

	const advance = (ms: number): void => {
		const end = now + ms;
		for (;;) {
			const next = inOrder().find(({at}) => at <= end);
			if (!next) {
				break;
			}

			now = Math.max(now, next.at);
			timers.delete(next);
			next.callback();
		}

		now = end;
	};

	return {
		elapsed: () => now,
		// Another origin, so that a mix-up of the two shows.
		now: () => now + 1_700_000_000_000,
		after(ms, callback) {
			const timer = {at: now + ms, callback};
			timers.add(timer);
			return () => void timers.delete(timer);
		},
		advance,
		advanceToNext() {
			const [next] = inOrder();
			const ms = next && next.at - now;
			if (ms !== undefined) {
				advance(ms);
			}

			return ms;
		},
		get timers() {
			return inOrder().map(({at}) => at - now);
		},
	};
}
