import {resourceOf} from '../cluster/kinds.ts';
import type {Kind} from '../model/kinds.ts';
import type {Meta} from '../model/meta.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {openScope, type LiveContext, type LiveScope} from './live-scope.ts';
import {hasOneScope, isHolding, neededScopes, wide} from './needed-scopes.ts';

/** One kind of a live feed, in all the scopes in which it is list-watched. */
export type LiveKind = {
	/** `undefined`: nobody needs it. */
	want(wanted: 'all' | ReadonlySet<string> | undefined): void;
	nudge(): void;
	stop(): Promise<void>;
};

type Options = {
	readonly context: LiveContext;
	/** Namespaces to try when the cluster-wide list is forbidden. */
	readonly fallback: ReadonlySet<string>;
	readonly apply: (event: WatchEvent) => void;
};

type Entry = {readonly scope: LiveScope; cancel?: () => void};

/** A scope nobody needs is kept for so long: people step back and forth. Milliseconds. */
const lingering = 60_000;

export function createLiveKind(kind: Kind, {context, fallback, apply}: Options): LiveKind {
	const isOne = hasOneScope(resourceOf(kind));
	const scopes = new Map<string, Entry>();
	let wanted: 'all' | ReadonlySet<string> | undefined;
	/** The cluster-wide scope outlived its time, and goes when the scopes that follow it are there. */
	let isLeaving = false;
	let isSettling = false;

	const stateOf = (name: string) => scopes.get(name)?.scope.state;

	const settle = (): void => {
		if (isSettling) {
			return;
		}

		isSettling = true;
		const names = neededScopes({wanted, isOne, whole: stateOf(wide), isLeaving, fallback});
		isLeaving &&= scopes.has(wide) && !names.has(wide);
		names.forEach(keep);
		[...scopes.keys()].filter((name) => !names.has(name)).forEach(linger);
		if (isLeaving && [...names].every((name) => stateOf(name)?.state !== 'connecting')) {
			close(wide);
		}

		isSettling = false;
	};

	const keep = (name: string): void => {
		const entry = scopes.get(name);
		entry?.cancel?.();
		scopes.set(name, {scope: entry?.scope ?? open(name)});
	};

	const open = (name: string): LiveScope =>
		openScope(context, {kind, ...(name !== wide && {namespace: name}), apply: note});

	const note = (event: WatchEvent): void => {
		apply(event);
		if (event.type === 'state') {
			settle();
		}
	};

	const linger = (name: string): void => {
		const entry = scopes.get(name);
		if (entry) {
			entry.cancel ??= context.clock.after(lingering, () => expire(name));
		}
	};

	const expire = (name: string): void => {
		if (name === wide && wanted !== undefined) {
			isLeaving = true;
			settle();
		} else {
			close(name);
		}
	};

	/** What another scope holds as well stays in the store. */
	const close = (name: string): void => {
		const entry = scopes.get(name);
		scopes.delete(name);
		entry?.cancel?.();
		entry?.scope.close(({namespace}: Meta) => isHolding(stateOf(name === wide ? namespace : wide)));
	};

	return {
		want(next) {
			wanted = next;
			settle();
		},
		nudge: () => scopes.forEach(({scope}) => scope.nudge()),
		async stop() {
			wanted = undefined;
			scopes.forEach(({cancel}) => cancel?.());
			await Promise.all([...scopes.values()].map(({scope}) => scope.stop()));
		},
	};
}
