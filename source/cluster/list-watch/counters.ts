/** What list-watches transferred, for status lines and the bench. */
export type Counters = {
	/** Decoded bytes. */
	bytes: number;
	lists: number;
	watches: number;
	/** Objects of lists. */
	items: number;
	/** Events of watches, bookmarks too. */
	events: number;
};

export function createCounters(): Counters {
	return {bytes: 0, lists: 0, watches: 0, items: 0, events: 0};
}
