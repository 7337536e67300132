/** How waits grow. Milliseconds. */
type Course = {readonly initial: number; readonly maximum: number};

/** The course of client-go's reflector: × 2, jitter 1.0, so the last step is 30–60 s. */
const general: Course = {initial: 800, maximum: 30_000};

/** A refused connection costs the server nothing, and an API server restarts within seconds. */
const short: Course = {initial: 250, maximum: 4000};

/** Where a series of failures stands. `until`: the end of the last wait, on the monotonic clock. */
export type Backoff = {readonly steps: number; readonly until: number};

export const freshBackoff: Backoff = {steps: 0, until: Number.NEGATIVE_INFINITY};

/** Two minutes without a wait end a series (client-go). */
const quiet = 120_000;

/** The next wait. `elapsed`: monotonic milliseconds; `random`: in [0, 1). */
export function nextWait(
	backoff: Backoff,
	{elapsed, random}: {readonly elapsed: number; readonly random: number},
	way: 'general' | 'short',
): {readonly ms: number; readonly backoff: Backoff} {
	const course = way === 'short' ? short : general;
	const steps = elapsed - backoff.until > quiet ? 0 : backoff.steps;
	const ms = Math.min(course.initial * 2 ** steps, course.maximum) * (1 + random);
	return {ms, backoff: {steps: steps + 1, until: elapsed + ms}};
}
