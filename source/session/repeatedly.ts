import type {Clock} from '../clock.ts';

/** Calls back again and again, so many milliseconds apart; returns what ends that. */
export function repeatedly(clock: Clock, milliseconds: number, callback: () => void): () => void {
	let cancel = clock.after(milliseconds, again);
	function again(): void {
		callback();
		cancel = clock.after(milliseconds, again);
	}

	return () => cancel();
}
