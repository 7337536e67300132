import {resourceOf} from '../cluster/kinds.ts';
import type {Kind} from '../model/kinds.ts';
import type {Meta} from '../model/meta.ts';
import type {KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {openScope, type LiveContext, type LiveScope} from './live-scope.ts';

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

/** A scope nobody needs is kept for so long: people step back and forth. Milliseconds. */
const lingering = 60_000;

/** The whole cluster, as a key. */
const wide = '';

const isHolding = (state: KindState): boolean => state.state === 'synced' || state.state === 'stale';

export function createLiveKind(kind: Kind, {context, fallback, apply}: Options): LiveKind {
	const resource = resourceOf(kind);
	const isOne = !resource.namespaced || resource.selections?.some(({namespace}) => namespace !== undefined);
	const scopes = new Map<string, {readonly scope: LiveScope; cancel?: () => void}>();
	let wanted: 'all' | ReadonlySet<string> | undefined;
	/** The cluster-wide scope outlived its time, and goes when the scopes that follow it are there. */
	let isLeaving = false;
	let isSettling = false;

	const needed = (): ReadonlySet<string> => {
		if (wanted === undefined || (wanted !== 'all' && wanted.size === 0)) {
			return new Set();
		}

		const whole = scopes.get(wide)?.scope.state;
		if (wanted === 'all' || isOne) {
			return new Set(whole?.state === 'forbidden' && !isOne ? [wide, ...fallback] : [wide]);
		}

		// While it lingers, the cluster-wide list has what a namespace needs.
		return whole && isHolding(whole) && !isLeaving ? new Set() : wanted;
	};

	const settle = (): void => {
		if (isSettling) {
			return;
		}

		isSettling = true;
		const names = needed();
		names.forEach(keep);
		[...scopes.keys()].filter((name) => !names.has(name)).forEach(linger);
		if (isLeaving && [...names].every((name) => scopes.get(name)?.scope.state.state !== 'connecting')) {
			close(wide);
		}

		isSettling = false;
	};

	const keep = (name: string): void => {
		const entry = scopes.get(name) ?? {scope: open(name)};
		entry.cancel?.();
		entry.cancel = undefined;
		scopes.set(name, entry);
		isLeaving &&= name !== wide;
	};

	const open = (name: string): LiveScope =>
		openScope(context, {
			kind,
			namespace: name === wide ? undefined : name,
			apply(event) {
				apply(event);
				if (event.type === 'state') {
					settle();
				}
			},
		});

	const linger = (name: string): void => {
		const entry = scopes.get(name);
		if (entry && !entry.cancel) {
			entry.cancel = context.clock.after(lingering, () => expire(name));
		}
	};

	const expire = (name: string): void => {
		if (name === wide && wanted !== undefined && wanted !== 'all') {
			isLeaving = true;
			settle();
		} else {
			close(name);
		}
	};

	const close = (name: string): void => {
		const entry = scopes.get(name);
		scopes.delete(name);
		isLeaving &&= name !== wide;
		entry?.cancel?.();
		entry?.scope.close(name === wide ? isHeldBelow : isHeldWide);
	};

	const isHeldWide = (): boolean => isHolding(scopes.get(wide)?.scope.state ?? {state: 'not-watched'});
	const isHeldBelow = ({namespace}: Meta): boolean => {
		const below = scopes.get(namespace)?.scope.state;
		return below !== undefined && isHolding(below);
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
