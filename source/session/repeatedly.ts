import type {Clock} from '../clock.ts';

/** Calls back every so many milliseconds; returns what ends that. */
export function repeatedly(clock: Clock, milliseconds: number, callback: () => void): () => void {
	let cancel = clock.after(milliseconds, again);
	function again(): void {
		callback();
		cancel = clock.after(milliseconds, again);
	}

	return () => cancel();
}
