import {resourceOf} from '../cluster/kinds.ts';
import type {Kind} from '../model/kinds.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {openScope, type LiveContext} from './live-scope.ts';
import {hasOneScope, neededScopes, wide} from './needed-scopes.ts';
import {createOpenScopes} from './open-scopes.ts';

/** One kind of a live feed, in all the scopes in which it is list-watched. */
export type LiveKind = {
	/** `undefined`: nobody needs it. */
	want(wanted: 'all' | ReadonlySet<string> | undefined): void;
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
Where the cluster-wide list-watch and one of a namespace follow each other, the store shows the one that was there first.
It is closed as soon as the one that follows holds all that it holds of the namespace: so what is shown never goes back
to an older version, and no list-watch stays that nobody needs.
*/
export function createLiveKind(kind: Kind, {context, fallback, apply}: Options): LiveKind {
	const isOne = hasOneScope(resourceOf(kind));
	let wanted: 'all' | ReadonlySet<string> | undefined;
	/** The cluster-wide scope outlived its time, and goes when the scopes that follow it are there. */
	let isLeaving = false;
	/** One scope waits for another to hold what it holds. */
	let isWaiting = false;
	let isSettling = false;

	const settle = (): void => {
		if (isSettling) {
			return;
		}

		isSettling = true;
		const needed = neededScopes({wanted, isOne, whole: scopes.state(wide), isLeaving, fallback});
		isLeaving &&= scopes.names().includes(wide) && !needed.has(wide);
		isWaiting = isLeaving;
		needed.forEach((name) => scopes.keep(name));
		const released = scopes.names().filter((name) => !needed.has(name));
		released.forEach((name) => release(name, needed));
		isSettling = false;
	};

	const note = (event: WatchEvent): void => {
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

	const scopes = createOpenScopes(context.clock, (name) =>
		openScope(context, {kind, namespace: name === wide ? undefined : name, apply: note, onProgress}),
	);

	/** Nobody needs the scope: it goes once those that follow it are there, or after a while. */
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
			wanted = next === 'all' || (next && next.size > 0) ? next : undefined;
			settle();
		},
		retryNow: () => scopes.retryNow(),
		stop: () => scopes.stop(),
	};
}
