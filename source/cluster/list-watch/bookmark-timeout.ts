import type {Clock} from '../../clock.ts';
import type {Input} from '../reflector/types.ts';

/** Watches over the initial events of a WatchList: silence for too long means that their closing bookmark will not come. */
type BookmarkTimeout = {
	/** What came by: anything renews it, the closing bookmark ends it. */
	note(input: Input | undefined): void;
	end(): void;
};

// client-go warns after 10 s and waits on. Some servers and proxies never send the bookmark, a person waits in front of the
// screen, and the list that follows loses nothing.
const milliseconds = 4000;

export function createBookmarkTimeout(clock: Clock, onSilence: () => void): BookmarkTimeout {
	let cancel: (() => void) | undefined = clock.after(milliseconds, onSilence);
	const end = (): void => {
		cancel?.();
		cancel = undefined;
	};

	return {
		note(input) {
			if (input?.type === 'bookmark' && input.isEndOfInitial) {
				end();
			} else if (cancel) {
				cancel();
				cancel = clock.after(milliseconds, onSilence);
			}
		},
		end,
	};
}
