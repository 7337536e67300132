import type {SessionAction} from '../session.ts';
import type {SessionState} from '../state.ts';
import type {Patch} from './patch.ts';

/** From the worker: the first state, what changed since the last acknowledged one, or why there is no session. `pong`: it runs. */
export type FromWorker =
	| {readonly type: 'pong'}
	/** An exec plugin needs the terminal, or no longer does. */
	| {readonly type: 'terminal'; readonly wanted: boolean}
	| {readonly type: 'state'; readonly state: SessionState}
	| {readonly type: 'patch'; readonly patch: Patch}
	| {
			readonly type: 'failed';
			readonly message: string;
			readonly next?: string;
			readonly isUserError: boolean;
	  };

/** To the worker. `drawn` acknowledges the last state or patch: until then none are sent, however long a terminal stalls. */
export type ToWorker =
	| {readonly type: 'action'; readonly action: SessionAction}
	| {readonly type: 'drawn'}
	| {readonly type: 'ping'}
	| {readonly type: 'terminal-lent'};

/** One end of a message channel between threads, as far as a session needs it. */
export type Port<In, Out> = {
	postMessage(message: Out): void;
	on(event: 'message', listener: (message: In) => void): unknown;
};
