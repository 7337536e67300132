import type {Meta} from '../../model/meta.ts';
import type {KindState, Omitted} from '../../model/snapshot.ts';
import type {Backoff} from './backoff.ts';
import type {Failure, FailureType} from './failure.ts';

/** One list-watch, between two inputs. Changed only by `step`. */
export type ReflectorState = {
	/** As RBAC names it. */
	readonly of: {readonly resource: string; readonly group: string};
	readonly phase: Phase;
	/** Last seen; '' before the first list. Opaque. */
	readonly resourceVersion: string;
	/** The server refused `resourceVersion`: the next list reads the latest instead. */
	readonly isUnavailable: boolean;
	/** Lists begun without a wait since the last good watch. */
	readonly skipsBackoff: number;
	/** A continue token expired, so pages may be too slow: lists are read whole until a watch succeeds. */
	readonly isUnpaged: boolean;
	/** Whether to try a WatchList: never again after a refusal; `later` after a failure, until a list succeeds. */
	readonly watchList: 'yes' | 'later' | 'no';
	readonly backoff: Backoff;
	/** Of connections that could not be made. */
	readonly shortBackoff: Backoff;
	/** Waits in a row that the server asked for. */
	readonly retryAfterCount: number;
	/** Watches in a row that ended badly before their first event. */
	readonly watchFailures: number;
	/** Lists in a row that were forbidden or absent although the kind was there. */
	readonly refusals: number;
	/** Monotonic milliseconds at which the open watch was asked for, and what it brought. */
	readonly startedAt: number;
	readonly seen: number;
	/** Milliseconds since the epoch: the last byte, where the last watch ended in silence and nothing came since. */
	readonly silentSince: number | undefined;
	/** The store holds a whole list. */
	readonly isFilled: boolean;
	/** What the last list left out, as far as no event came of it since. */
	readonly omitted: readonly Omitted[];
	/** What was last told of the kind. */
	readonly published: KindState | undefined;
};

export type Phase =
	| {readonly name: 'idle'}
	| {readonly name: 'listing'; readonly from: string; readonly continue: string}
	/** A WatchList before its bookmark. */
	| {readonly name: 'streaming'}
	| {readonly name: 'watching'}
	| {readonly name: 'waiting'; readonly next: 'list' | 'watch'; readonly because: FailureType};

export type Input =
	| {readonly type: 'start'}
	| {readonly type: 'item'; readonly object: Meta}
	| {
			readonly type: 'page';
			readonly resourceVersion: string;
			readonly continue: string;
			readonly omitted?: readonly Omitted[];
	  }
	/** The server took the watch. */
	| {readonly type: 'opened'}
	| {readonly type: 'applied'; readonly object: Meta}
	| {readonly type: 'deleted'; readonly object: Meta}
	| {readonly type: 'bookmark'; readonly resourceVersion: string; readonly isEndOfInitial: boolean}
	/** The watch ended in good order, or after so many milliseconds of `silence`, which may be that of a quiet cluster. */
	| {readonly type: 'ended'; readonly silence?: number}
	/** The server has let so many milliseconds pass without an answer. It may still come. */
	| {readonly type: 'slow'; readonly milliseconds: number}
	| {readonly type: 'failed'; readonly failure: Failure}
	/** The wait is over. */
	| {readonly type: 'timer'}
	/** Another list-watch of the same server got through. */
	| {readonly type: 'nudge'};

/** What to do next. Each takes the place of what was under way. */
export type Effect =
	| {
			readonly type: 'list';
			/** '' is unset: the latest. */
			readonly resourceVersion: string;
			/** 0 is unset. */
			readonly limit: number;
			readonly continue: string;
	  }
	| {
			readonly type: 'watch';
			readonly resourceVersion: string;
			readonly timeoutSeconds: number;
			readonly withInitialEvents: boolean;
	  }
	| {readonly type: 'wait'; readonly ms: number};

/** What to tell the store. */
export type Change =
	| {readonly type: 'init'}
	| {readonly type: 'init-apply' | 'init-delete' | 'apply' | 'delete'; readonly object: Meta}
	| {readonly type: 'init-done'}
	| {readonly type: 'state'; readonly state: KindState};

/** The outside, as values. `elapsed`: monotonic milliseconds; `now`: milliseconds since the epoch; `random`: in [0, 1). */
export type Moment = {readonly elapsed: number; readonly now: number; readonly random: number};

export type Step = {
	readonly state: ReflectorState;
	readonly effect?: Effect;
	readonly changes: readonly Change[];
};
