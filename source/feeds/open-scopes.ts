import type {Clock} from '../clock.ts';
import {hasAnswer, isHeld, type KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import type {LiveScope} from './live-scope.ts';
import {wide} from './needed-scopes.ts';

/** The scopes in which a kind is being list-watched, by name. */
type OpenScopes = {
	names(): readonly string[];
	state(name: string): KindState | undefined;
	/** Opens the scope unless it is open, and cancels its closing. */
	keep(name: string): void;
	/** Takes back that the scope is to be closed. */
	hold(name: string): void;
	/** Calls back when the scope has not been needed for a while. */
	keepOpen(name: string, onExpire: () => void): void;
	/**
	Closes a scope, and with the cluster-wide one those of namespaces that are not needed and may be older: the store would
	show them in its place.
	*/
	close(name: string, needed: ReadonlySet<string>): void;
	/**
	Notes what a scope is about to tell the store. Where the scope is refused, those that the store would show in its place,
	and that may be older, are closed.
	*/
	note(name: string, event: WatchEvent): void;
	/** Whether the scope holds something, or may still come to. */
	isComing(name: string): boolean;
	/** Whether one scope can replace another: it has an answer, and holds nothing older of their namespace. */
	isFollowed(name: string, by: string): boolean;
	/** Whether this scope of a namespace hides the cluster-wide one, which is older or may be. */
	isHiding(name: string): boolean;
	retryNow(): void;
	stop(): Promise<void>;
};

/** How long a scope that nobody needs is kept: people go back and forth. Milliseconds. */
const lingering = 60_000;

export function createOpenScopes(clock: Clock, open: (name: string) => LiveScope): OpenScopes {
	const scopes = new Map<string, {readonly scope: LiveScope; cancel?: () => void}>();
	const hold = (name: string): void => {
		const entry = scopes.get(name);
		entry?.cancel?.();
		delete entry?.cancel;
	};

	/** Whether one scope holds all that another one told the store of their namespace. */
	const hasCaughtUp = (by: string, name: string): boolean => {
		const [scope, follower] = [scopes.get(name)?.scope, scopes.get(by)?.scope];
		return scope === undefined || follower?.hasReached(scope.lastChange(name === wide ? by : name)) === true;
	};

	const isFollowed: OpenScopes['isFollowed'] = (name, by) => {
		const [scope, follower] = [scopes.get(name)?.scope, scopes.get(by)?.scope];
		if (!scope || !follower || !hasAnswer(follower.state)) {
			return false;
		}

		const bothHold = isHeld(scope.state) && isHeld(follower.state);
		return !bothHold || hasCaughtUp(by, name);
	};

	const end = (name: string): void => {
		const entry = scopes.get(name);
		hold(name);
		scopes.delete(name);
		entry?.scope.close();
	};

	return {
		names: () => [...scopes.keys()],
		state: (name) => scopes.get(name)?.scope.state,
		keep(name) {
			hold(name);
			scopes.set(name, scopes.get(name) ?? {scope: open(name)});
		},
		hold,
		keepOpen(name, onExpire) {
			const entry = scopes.get(name);
			if (entry) {
				entry.cancel ??= clock.after(lingering, () => {
					delete entry.cancel;
					onExpire();
				});
			}
		},
		close(name, needed) {
			const others = name === wide ? [...scopes.keys()].filter((other) => !needed.has(other)) : [];
			const older = others.filter((other) => other !== wide && !isFollowed(wide, other));
			[name, ...older].forEach(end);
		},
		note(name, event) {
			if (event.type !== 'state' || !isRefused(event.state)) {
				return;
			}

			const others = name === wide ? [...scopes.keys()].filter((other) => other !== wide) : [wide];
			others
				.filter((other) => isHeld(scopes.get(other)?.scope.state) && !hasCaughtUp(other, name))
				.forEach(end);
		},
		isComing(name) {
			const state = scopes.get(name)?.scope.state;
			return state !== undefined && (isHeld(state) || !hasAnswer(state));
		},
		isFollowed,
		isHiding: (name) => name !== wide && scopes.has(wide) && !isFollowed(name, wide),
		retryNow: () => scopes.forEach(({scope}) => scope.retryNow()),
		async stop() {
			scopes.forEach(({cancel}) => cancel?.());
			await Promise.all([...scopes.values()].map(({scope}) => scope.stop()));
		},
	};
}

/** The store drops what it held. A scope that is closed says `not-watched`. */
function isRefused(state: KindState): boolean {
	return hasAnswer(state) && !isHeld(state);
}
