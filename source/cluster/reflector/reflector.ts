import type {Kind} from '../../model/kinds.ts';
import type {KindState} from '../../model/snapshot.ts';
import type {Retry} from '../../model/retry.ts';
import type {WatchEvent} from '../../model/watch-event.ts';
import type {Source} from '../list-watch/source.ts';
import type {Clock} from '../../clock.ts';
import {createReach} from './reach.ts';
import {initialState, step} from './step.ts';
import {createRetries} from './retries.ts';
import type {Change, Effect, Input} from './types.ts';

/** One kind, cluster-wide or in one namespace, kept in a store. Never throws: what goes wrong is told as a state. */
export type Reflector = {
	start(): void;
	/** Another list-watch reached the server: this one need not wait longer for the network. */
	retryNow(): void;
	/** Resolves when nothing is under way any more; not one event comes after the call. */
	stop(): Promise<void>;
	/** Stops, and drops what the store holds of it. */
	close(): void;
	readonly state: KindState | undefined;
	/** The version of what the store holds; '' before the first list. */
	readonly resourceVersion: string;
};

type ReflectorOptions = {
	readonly kind: Kind;
	/** The namespace of a list-watch per namespace. */
	readonly scope?: string;
	/** The field selector, where several list-watches are one scope. */
	readonly selector?: string;
	/** As RBAC names it. */
	readonly of: {readonly resource: string; readonly group: string};
	readonly source: Source;
	readonly apply: (event: WatchEvent) => void;
	readonly clock: Clock;
	/** In [0, 1). */
	readonly random: () => number;
	readonly watchList: boolean;
	/** The server does not have WatchList after all. */
	readonly onNoWatchList: () => void;
	/** The server answered after it could not be reached. */
	readonly onReached: () => void;
	/** It failed and will be tried again; undefined: it works again. */
	readonly onRetry?: (retry: Retry | undefined) => void;
	/** The version moved on, and the store has all changes up to it. */
	readonly onProgress?: () => void;
};

/** Grace for a server to end a watch at its time; then it is taken for dead. Milliseconds. */
const grace = 30_000;

export function createReflector(options: ReflectorOptions): Reflector {
	const {clock, source} = options;
	const {kind, scope, selector} = options;
	const publish = (change: Change): void => options.apply(eventOf({kind, scope, selector}, change));
	let state = initialState(options.of, options.watchList);
	const running = new Set<Promise<void>>();
	let current: AbortController | undefined;
	let isStopped = false;
	const retries = createRetries(clock, options.onRetry);
	const noteReach = createReach(clock, () => options.onReached());

	const feed = (input: Input): void => {
		const next = step(state, input, {elapsed: clock.elapsed(), now: clock.now(), random: options.random()});
		if (state.watchList !== 'no' && next.state.watchList === 'no') {
			options.onNoWatchList();
		}

		const isProgress = next.state.resourceVersion !== state.resourceVersion;
		state = next.state;
		next.changes.forEach(publish);
		if (isProgress) {
			options.onProgress?.();
		}

		noteReach(input, current?.signal);
		retries.note(state.published, next.effect);
		if (next.effect) {
			begin(next.effect);
		}
	};

	/** Ignores what earlier requests still bring. */
	const begin = (effect: Effect): void => {
		const abort = new AbortController();
		current?.abort();
		current = abort;
		const listen = (input: Input): void => {
			if (!isStopped && !abort.signal.aborted) {
				feed(input);
			}
		};
		const done: Promise<void> = perform(effect, {source, clock, listen, signal: abort.signal}).finally(() =>
			running.delete(done),
		);
		running.add(done);
	};

	const stop = async (): Promise<void> => {
		isStopped = true;
		current?.abort();
		await Promise.all(running);
	};

	return {
		start: () => feed({type: 'start'}),
		retryNow() {
			if (!isStopped) {
				feed({type: 'nudge'});
			}
		},
		stop,
		close() {
			void stop();
			retries.end();
			publish({type: 'state', state: {state: 'not-watched'}});
		},
		get state() {
			return state.published;
		},
		get resourceVersion() {
			return state.resourceVersion;
		},
	};
}

type Tag = {readonly kind: Kind; readonly scope?: string; readonly selector?: string};

/** The kind and the projection of its objects belong together by construction, which the compiler cannot see here. */
function eventOf(tag: Tag, change: Change): WatchEvent {
	if (change.type !== 'delete' && change.type !== 'init-delete') {
		return {...tag, ...change} as WatchEvent;
	}

	const {namespace, name, uid, resourceVersion} = change.object;
	return {...tag, type: change.type, namespace, name, uid, resourceVersion};
}

type Performance = {
	readonly source: Source;
	readonly clock: Clock;
	readonly listen: (input: Input) => void;
	readonly signal: AbortSignal;
};

async function perform(effect: Effect, {source, clock, listen, signal}: Performance): Promise<void> {
	switch (effect.type) {
		case 'wait': {
			const cancel = clock.after(effect.ms, () => listen({type: 'timer'}));
			signal.addEventListener('abort', cancel);
			return;
		}

		case 'list':
			return source.list(effect, listen, signal);
		case 'watch': {
			const cancel = clock.after(effect.timeoutSeconds * 1000 + grace, () => {
				listen({type: 'failed', failure: {type: 'silent', message: 'The watch did not end in time.'}});
			});
			await source.watch(effect, listen, signal);
			return cancel();
		}
	}
}
