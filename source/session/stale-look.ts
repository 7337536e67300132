import type {Clock} from '../clock.ts';
import {staleAfter} from '../path/walk/evaluate-hop.ts';

/** Verdicts stand for a while after a watch has ended. Looks again when that is over for the watches that ended meanwhile. */
export type StaleLook = {
	/** To be called when a watch has ended. */
	readonly note: () => void;
	readonly stop: () => void;
};

export function createStaleLook(clock: Clock, look: () => void): StaleLook {
	let cancel: (() => void) | undefined;
	let notedAt = 0;

	function arm(milliseconds: number): void {
		const armedAt = clock.elapsed();
		cancel = clock.after(milliseconds, () => {
			cancel = undefined;
			if (notedAt > armedAt) {
				arm(notedAt + staleAfter + 1 - clock.elapsed());
			}

			look();
		});
	}

	return {
		note() {
			notedAt = clock.elapsed();
			if (!cancel) {
				arm(staleAfter + 1);
			}
		},
		stop: () => cancel?.(),
	};
}
