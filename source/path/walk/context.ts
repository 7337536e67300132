import type {Snapshot} from '../../model/snapshot.ts';
import type {Visit} from '../resolver.ts';
import type {HttpRequest, Source} from '../../model/request.ts';

/** What a walk is made over. */
export type WalkContext = {
	readonly snapshot: Snapshot;
	readonly from: Source;
	/** Where objects without a namespace are looked for; for URLs, the only namespace whose rules are looked at. */
	readonly namespace?: string;
	readonly depth: 'overview' | 'full';
};

export function visitOf({snapshot, from, depth}: WalkContext, request?: HttpRequest): Visit {
	return {snapshot, source: from, client: from, request, depth};
}
