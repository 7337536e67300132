import type {Clock} from '../clock.ts';
import type {Kind} from '../model/kinds.ts';
import {staleAfter} from '../path/walk/evaluate-hop.ts';

/** Verdicts stand for a while after a watch has ended. Looks again when that is over for the watches that ended meanwhile. */
export type StaleLook = {
	/** To be called with the kinds of each notice. */
	readonly hear: (kinds: Iterable<Kind>) => void;
	readonly stop: () => void;
};

type StaleLookOptions = {
	/** Whether the watch of a kind has ended. */
	readonly isStale: (kind: Kind) => boolean;
	readonly look: () => void;
};

export function createStaleLook(clock: Clock, {isStale, look}: StaleLookOptions): StaleLook {
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
		hear(kinds) {
			if (![...kinds].some(isStale)) {
				return;
			}

			notedAt = clock.elapsed();
			if (!cancel) {
				arm(staleAfter + 1);
			}
		},
		stop: () => cancel?.(),
	};
}
