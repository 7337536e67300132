import type {Feed} from '../feeds/feed.ts';
import type {Clock} from '../clock.ts';
import {repeatedly} from './repeatedly.ts';

/** What a feed tells beside the states of kinds: tries in vain, and silence. */
export function newsOf({retry, heardAt}: Feed): {
	readonly retry: Feed['retry'];
	readonly heardAt: Feed['heardAt'];
} {
	return {retry, heardAt};
}

/** Calls back when the cluster was tried once more in vain, falls silent, or is heard again. */
export function onNewsOfFeed(feed: Feed, clock: Clock, callback: () => void): () => void {
	let before = newsOf(feed);
	return repeatedly(clock, 1000, () => {
		const news = newsOf(feed);
		if (news.retry !== before.retry || news.heardAt !== before.heardAt) {
			before = news;
			callback();
		}
	});
}
