import {isHeld, type KindState} from '../model/snapshot.ts';

/** The whole cluster, as the name of a scope; any other is a namespace, or one object as `namespace/name`. */
export const wide = '';

type Situation = {
	/** Absent when nobody needs the kind: a set of namespaces is never empty. */
	readonly wanted: 'all' | ReadonlySet<string> | undefined;
	/** The kind has no scopes per namespace. */
	readonly isOne: boolean;
	/** State of the cluster-wide list-watch, if it is open. */
	readonly whole: KindState | undefined;
	/** The cluster-wide list-watch outlived its time. */
	readonly isLeaving: boolean;
	readonly fallback: ReadonlySet<string>;
};

const none: ReadonlySet<string> = new Set();

/** Scopes in which a kind is to be list-watched now. */
export function neededScopes({wanted, isOne, whole, isLeaving, fallback}: Situation): ReadonlySet<string> {
	if (wanted === undefined) {
		return none;
	}

	if (isOne) {
		return new Set([wide]);
	}

	if (wanted === 'all') {
		return new Set(whole?.state === 'forbidden' ? [wide, ...fallback] : [wide]);
	}

	// While it lingers, the cluster-wide list has what a namespace needs.
	return isHeld(whole) && !isLeaving ? none : wanted;
}
