import type {Connection} from '../cluster/connection.ts';
import {createApiSurface} from '../cluster/list-watch/api-surface.ts';
import {discoverPolicies} from '../cluster/list-watch/policy-resources.ts';
import {createCounters, type Counters} from '../cluster/list-watch/counters.ts';
import {systemClock, type Clock} from '../clock.ts';
import type {Kind} from '../model/kinds.ts';
import type {Retry} from '../model/retry.ts';
import type {Writer} from '../store/store-types.ts';
import type {Demand, Feed} from './feed.ts';
import {createLiveKind, type LiveKind} from './live-kind.ts';
import type {LiveContext} from './live-scope.ts';

export type LiveFeedOptions = {
	readonly connection: Connection;
	readonly writer: Pick<Writer, 'apply'>;
	readonly clock?: Clock;
	/** In [0, 1). */
	readonly random?: () => number;
	/** Namespaces to list, beside the connection's own, when the cluster-wide list is forbidden. */
	readonly namespaces?: readonly string[];
	/** Ask for the initial state as a WatchList (KEP-3157), where the server has it. Default true. */
	readonly watchList?: boolean;
};

/** A cluster that is silent for so long is called so. Milliseconds. */
const quietAfter = 5000;

/**
Fills a store from a cluster: one list-watch for each kind and scope. Never throws: a failure is the state of a kind, which
recovers when the cluster does. Where a cluster-wide list is forbidden, the known namespaces are listed one by one.
*/
export function createLiveFeed(options: LiveFeedOptions): Feed & {readonly counters: Readonly<Counters>} {
	const {connection, writer, clock = systemClock} = options;
	const fallback = new Set([...(options.namespaces ?? []), connection.namespace]);
	const kinds = new Map<Kind, LiveKind>();
	const counters = createCounters();
	const stopping = new AbortController();
	const surface = createApiSurface(connection, clock, stopping.signal);
	const retries = new Map<object, Retry>();
	// Kept: computed afresh, it would change with every call.
	let heardAt: number | undefined;
	let policies: ReturnType<typeof discoverPolicies> | undefined;
	const context: LiveContext = {
		connection,
		clock,
		counters,
		surface,
		policies: () => (policies ??= discoverPolicies(connection, surface, stopping.signal)),
		random: options.random ?? Math.random,
		offer: {watchList: options.watchList ?? true},
		noteRetry(of, retry) {
			if (retry) {
				retries.set(of, retry);
			} else {
				retries.delete(of);
			}
		},
		onReached: () => kinds.forEach((kind) => kind.retryNow()),
	};

	const kindOf = (kind: Kind): LiveKind => {
		const found = kinds.get(kind) ?? createLiveKind(kind, {context, fallback, apply: writer.apply});
		kinds.set(kind, found);
		return found;
	};

	return {
		counters,
		get retry() {
			// Of the one that failed first: one of many list-watches is always about to be tried, so the earliest time tells nothing.
			return retries.values().next().value;
		},
		get heardAt() {
			const silence = connection.silence();
			heardAt = silence < quietAfter ? undefined : (heardAt ?? clock.now() - silence);
			return heardAt;
		},
		want(demand: Demand) {
			if (stopping.signal.aborted) {
				return;
			}

			for (const kind of new Set([...kinds.keys(), ...demand.keys()])) {
				kindOf(kind).want(demand.get(kind));
			}
		},
		async stop() {
			stopping.abort();
			await Promise.all([...kinds.values()].map((kind) => kind.stop()));
		},
	};
}
