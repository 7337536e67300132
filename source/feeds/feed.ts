import type {Kind} from '../model/kinds.ts';
import type {Retry} from '../model/retry.ts';

/** Kinds to hold, and in which namespaces. `all` is one cluster-wide list-watch. */
export type Demand = ReadonlyMap<Kind, 'all' | ReadonlySet<string>>;

/** Fills a store with watch events. */
export type Feed = {
	/** All that is needed now. New kinds are opened at once; kinds that are no longer needed may be closed after a while. */
	want(demand: Demand): void;
	/** While the cluster does not answer: when it is asked again. */
	readonly retry?: Retry;
	/** While the cluster is silent, and no list-watch has failed yet: when it was heard last, in milliseconds. */
	readonly heardAt?: number;
	stop(): Promise<void>;
};
