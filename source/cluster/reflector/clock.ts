/** Time and timers, so that tests need not wait. */
export type Clock = {
	/** Monotonic milliseconds: for durations. A laptop's sleep or a changed clock does not move it backwards. */
	now(): number;
	/** Milliseconds since the epoch: for people. */
	wall(): number;
	/** Calls back once after `ms`. Returns what takes the call back. */
	after(ms: number, callback: () => void): () => void;
};

export const systemClock: Clock = {
	now: () => performance.now(),
	wall: () => Date.now(),
	after(ms, callback) {
		const timer = setTimeout(callback, ms);
		return () => clearTimeout(timer);
	},
};
