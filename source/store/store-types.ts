import type {Evidence} from '../model/evidence.ts';
import type {Kind} from '../model/kinds.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';

/** Changes a store. A feed or a prober holds it. */
export type Writer = {
	apply(event: WatchEvent): void;
	observe(evidence: Evidence): void;
};

/** What changed since the last notice: kinds, and the keys (`Kind/namespace/name`) of objects touched. */
export type Notice = {
	readonly kinds: ReadonlySet<Kind>;
	readonly objects: ReadonlySet<string>;
	readonly evidence: boolean;
};

export type Reader = {
	/** An immutable view as of now; `now` in milliseconds. Cheap: nothing is copied until the next change. */
	snapshot(now: number): Snapshot;
	/** One notice a tick, however many events. Returns the unsubscriber. */
	subscribe(listener: (notice: Notice) => void): () => void;
	count(kind: Kind): number;
	/** Objects of lists that are not complete yet, of all kinds. */
	pending(): number;
};
