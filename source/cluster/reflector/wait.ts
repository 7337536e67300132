import {nextWait} from './backoff.ts';
import type {Failure} from './failure.ts';
import {publishDown} from './tell.ts';
import type {Moment, Phase, ReflectorState, Step} from './types.ts';

type Waiting = Extract<Phase, {readonly name: 'waiting'}>;

/** How often in a row the server's Retry-After is obeyed; then knet's own backoff takes over (client-go). */
const maximumRetryAfters = 10;

/** The longest wait that a server may ask for, in milliseconds. A proxy may say years while a person waits. */
const longestRetryAfter = 5 * 60_000;

/** An API that is not installed is looked for once a minute. */
const absentWait = 60_000;

/** Waits, then lists or watches again. It is not shown to people: see `waitDown`. */
export function waitThen(
	state: ReflectorState,
	next: Waiting['next'],
	context: {readonly failure: Failure; readonly moment: Moment},
): Step {
	const {failure, moment} = context;
	const phase: Waiting = {name: 'waiting', next, because: failure.type};
	if (failure.type === 'absent' && !state.isFilled) {
		return wait({...state, phase}, absentWait * (1 + moment.random / 10));
	}

	if (failure.retryAfter !== undefined && state.retryAfterCount < maximumRetryAfters) {
		return wait(
			{...state, phase, retryAfterCount: state.retryAfterCount + 1},
			Math.min(failure.retryAfter * 1000, longestRetryAfter),
		);
	}

	if (failure.type === 'unreachable') {
		const {ms, backoff} = nextWait(state.shortBackoff, moment, 'short');
		return wait({...state, phase, shortBackoff: backoff}, ms);
	}

	const {ms, backoff} = nextWait(state.backoff, moment, 'general');
	return wait({...state, phase, backoff}, ms);
}

/** Waits, and says that the watch is down and why. */
export function waitDown(
	state: ReflectorState,
	next: Waiting['next'],
	context: {readonly failure: Failure; readonly moment: Moment},
): Step {
	return publishDown(waitThen(state, next, context), context.failure, context.moment.now);
}

function wait(state: ReflectorState, ms: number): Step {
	return {state, effect: {type: 'wait', ms}, changes: []};
}
