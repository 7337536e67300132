import {factsOf, type Kind} from '../model/kinds.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {openScope, type LiveContext} from './live-scope.ts';
import {neededScopes, wide} from './needed-scopes.ts';
import {createOpenScopes} from './open-scopes.ts';

type Wanted = 'all' | ReadonlySet<string> | undefined;

/** One kind of a live feed, in all the scopes in which it is list-watched. */
export type LiveKind = {
	/** `undefined`: it is not needed. */
	want(wanted: Wanted): void;
	retryNow(): void;
	stop(): Promise<void>;
};

type Options = {
	readonly context: LiveContext;
	/** Namespaces to try when the cluster-wide list is forbidden. */
	readonly fallback: ReadonlySet<string>;
	readonly apply: (event: WatchEvent) => void;
};

/**
When a cluster-wide list-watch replaces one of a namespace, or the other way round, the store shows the older one. It is
closed as soon as its successor holds all that it holds of the namespace: what is shown never goes back to an older
version, and no list-watch stays open that is not needed.
*/
export function createLiveKind(kind: Kind, {context, fallback, apply}: Options): LiveKind {
	const {namespaced, named} = factsOf(kind);
	let wanted: Wanted;
	/** The cluster-wide scope is no longer needed; it is closed when the scopes that replace it have synced. */
	let isLeaving = false;
	/** One scope stays open until another holds the same objects. */
	let isWaiting = false;
	let isSettling = false;

	const settle = (): void => {
		if (isSettling) {
			return;
		}

		isSettling = true;
		const needed = neededScopes({wanted, isOne: !namespaced, whole: scopes.state(wide), isLeaving, fallback});
		isLeaving &&= scopes.names().includes(wide) && !needed.has(wide);
		isWaiting = isLeaving;
		needed.forEach((name) => scopes.keep(name));
		const released = scopes.names().filter((name) => !needed.has(name));
		released.forEach((name) => release(name, needed));
		isSettling = false;
	};

	const note = (name: string, event: WatchEvent): void => {
		scopes.note(name, event);
		apply(event);
		if (event.type === 'state') {
			settle();
		}
	};

	const onProgress = (): void => {
		if (isWaiting) {
			settle();
		}
	};

	const scopes = createOpenScopes(context.clock, (name) => {
		const namespace = name === wide ? undefined : name;
		return openScope(context, {kind, namespace, apply: (event) => note(name, event), onProgress});
	});

	/** The scope is no longer needed: it is closed once those that replace it have synced, or after a while. */
	const release = (name: string, needed: ReadonlySet<string>): void => {
		const leaving = isLeaving ? [...needed] : [];
		const followers =
			name === wide ? leaving : [...needed].filter((each) => each === wide && scopes.isComing(wide));
		if (followers.length === 0) {
			scopes.keepOpen(name, () => expire(name));
			return;
		}

		isWaiting = true;
		scopes.hold(name);
		if (followers.every((follower) => scopes.isFollowed(name, follower))) {
			scopes.close(name, needed);
		}
	};

	const expire = (name: string): void => {
		if (name === wide && wanted !== undefined) {
			isLeaving = true;
			settle();
		} else if (scopes.isHiding(name)) {
			scopes.keepOpen(name, () => expire(name));
		} else {
			scopes.close(name, new Set());
		}
	};

	return {
		want(next) {
			wanted = narrowed(next, named);
			settle();
		},
		retryNow: () => scopes.retryNow(),
		stop: () => scopes.stop(),
	};
}

/** A kind of which only some objects matter is never read whole; an empty set of namespaces is nothing. */
function narrowed(next: Wanted, named: readonly string[] | undefined): Wanted {
	const all = next === 'all' && named ? new Set(named) : next;
	return all === 'all' || (all && all.size > 0) ? all : undefined;
}
