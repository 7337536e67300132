/** How a recording plays. Times in milliseconds. */
export type Playback = {
	/** The time of the recording, as of `asOf` on this machine. */
	readonly at: number;
	readonly asOf: number;
	/** How much faster than it was recorded. */
	readonly speed: number;
	readonly isPaused: boolean;
	readonly start: number;
	readonly end: number;
};

/** The time of the recording now. */
export function playbackTime({at, asOf, speed, isPaused, end}: Playback, now: number): number {
	return isPaused ? at : Math.min(end, at + Math.max(0, now - asOf) * speed);
}

/** What a person asks of a recording. `seek`: a time of the recording. */
export type PlayRequest =
	| 'pause'
	| 'step-back'
	| 'step-forward'
	| {readonly seek: number}
	| {readonly speed: number};
