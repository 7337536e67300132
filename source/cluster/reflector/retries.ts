import type {Clock} from '../../clock.ts';
import type {Retry} from '../../model/retry.ts';
import type {KindState} from '../../model/snapshot.ts';
import type {Effect} from './types.ts';

/** Counts how often in a row one list-watch failed, for people who wait. */
export function createRetries(
	clock: Pick<Clock, 'now'>,
	tell: ((retry: Retry | undefined) => void) | undefined,
): {note(published: KindState | undefined, effect: Effect | undefined): void; end(): void} {
	let tries = 0;

	function end(): void {
		if (tries > 0) {
			tries = 0;
			tell?.(undefined);
		}
	}

	return {
		end,
		note(published, effect) {
			const isDown = published?.state === 'stale' || published?.state === 'connecting';
			if (!isDown) {
				end();
			} else if (effect?.type === 'wait') {
				tries++;
				tell?.({tries, at: clock.now() + effect.ms});
			}
		},
	};
}
