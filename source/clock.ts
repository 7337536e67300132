/** Time as knet sees it; tests bring their own. */
export type Clock = {
	/**
	Milliseconds since the epoch. Somebody may set it back: only for what people read, and for times that others wrote (the
	expiry of a token).
	*/
	now(): number;
	/** Monotonic milliseconds: for waits, deadlines and durations. */
	elapsed(): number;
	/** Calls back once after so many milliseconds; `Infinity` is never. Returns what takes the call back. */
	after(milliseconds: number, callback: () => void): () => void;
};

export const systemClock: Clock = {
	now: () => Date.now(),
	elapsed: () => performance.now(),
	after,
};

/** The longest wait of a Node timer, in milliseconds: 24.8 days. A longer one fires at once, with a warning. */
const longestTimer = 2 ** 31 - 1;

function after(milliseconds: number, callback: () => void): () => void {
	if (milliseconds <= 0) {
		const immediate = setImmediate(callback);
		return () => clearImmediate(immediate);
	}

	if (milliseconds === Infinity) {
		return () => undefined;
	}

	let left = milliseconds;
	let timer: NodeJS.Timeout;
	const arm = (): void => {
		const part = Math.min(left, longestTimer);
		left -= part;
		timer = setTimeout(left > 0 ? arm : callback, part);
	};
	arm();
	return () => clearTimeout(timer);
}

/** Aborts after so many milliseconds, and does not hold the process. Undefined where there is no limit: 0 or `Infinity`. */
export function timeoutSignal(milliseconds: number): AbortSignal | undefined {
	return milliseconds > 0 && milliseconds < Infinity
		? AbortSignal.timeout(Math.min(Math.ceil(milliseconds), longestTimer))
		: undefined;
}
