/** Time as a session needs it; tests bring their own. */
export type SessionClock = {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Monotonic milliseconds: for how long a slice of work has run. */
	elapsed(): number;
	/** Calls back once after so many milliseconds; returns what takes the call back. */
	after(milliseconds: number, callback: () => void): () => void;
};

export const systemClock: SessionClock = {
	now: Date.now,
	elapsed: () => performance.now(),
	after(milliseconds, callback) {
		if (milliseconds <= 0) {
			const immediate = setImmediate(callback);
			return () => clearImmediate(immediate);
		}

		const timer = setTimeout(callback, milliseconds);
		return () => clearTimeout(timer);
	},
};
