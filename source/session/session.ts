import type {HopKind} from '../path/hop-kind.ts';
import type {ObjectLook} from './object-look.ts';
import type {SessionState} from './state.ts';
import type {ObjectRef} from '../model/ref.ts';
import type {PlayRequest} from '../model/playback.ts';
import type {RequestedSource, TraceOptions} from '../model/request.ts';

/** Asked of a session. All are idempotent and return at once; the answer is a new state. */
export type SessionAction =
	/** Looks at a target, or at none; `from` where only this one is asked from elsewhere. */
	| {
			readonly type: 'select';
			readonly target?: string;
			readonly namespace?: string;
			readonly from?: RequestedSource;
	  }
	/** Walks the target that is looked at from everywhere, or no more. */
	| {readonly type: 'everywhere'; readonly isWanted: boolean}
	/** Says which entries cross a pod or a node, or (without one) no more. */
	| {readonly type: 'cross'; readonly ref?: ObjectRef}
	/** Lists the entries of a namespace; absent: of all. */
	| {readonly type: 'namespace'; readonly namespace?: string}
	| {readonly type: 'context'; readonly context: string}
	/** From where requests start, and with what method, headers and query. */
	| {readonly type: 'ask'; readonly traceOptions: TraceOptions}
	/** Shows an object, or none any more. */
	| {readonly type: 'look'; readonly look?: ObjectLook}
	/** Looks at an earlier time: a moment back or forward, a time (milliseconds), or now. */
	| {readonly type: 'past'; readonly to: 'back' | 'forward' | 'now' | number}
	/** Shows what would be: a file of manifests, `scale KIND/NAME=N`, `drain NODE`, `without KIND/NAME`; absent: what is. */
	| {readonly type: 'what-if'; readonly text?: string}
	/** Stops a recording, lets it go on, steps, seeks or sets its speed. */
	| {readonly type: 'play'; readonly request: PlayRequest}
	/** Writes what is remembered as a recording, into a new file; a notice says where it lies. */
	| {readonly type: 'save'; readonly file?: string}
	/** Whether the person looks at this terminal. */
	| {readonly type: 'focus'; readonly isHere: boolean}
	/** What happened meanwhile was seen. */
	| {readonly type: 'away-seen'}
	/** Plans the checks of one hop, or of the whole path; they run after `probe-answer`. */
	| {readonly type: 'probe'; readonly hop?: HopKind; readonly path?: number; readonly repeat?: boolean}
	/** `repeat`: now, and again every 30 s while the path is looked at. */
	| {
			readonly type: 'probe-answer';
			readonly yes: boolean;
			readonly always?: boolean;
			readonly repeat?: boolean;
	  }
	| {readonly type: 'probe-cancel'}
	/** Probes were agreed to before, for all of the session. */
	| {readonly type: 'probe-allow'};

/** A running session, in this thread or in another. */
export type Session = {
	getState(): SessionState;
	/** Calls back after each change; returns the unsubscriber. */
	subscribe(listener: () => void): () => void;
	dispatch(action: SessionAction): void;
	stop(): Promise<void>;
};
