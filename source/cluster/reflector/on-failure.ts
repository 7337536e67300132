import type {Failure} from './failure.ts';
import {openList, openWatch} from './open.ts';
import {publishGone} from './tell.ts';
import type {Moment, ReflectorState, Step} from './types.ts';
import {waitDown, waitThen} from './wait.ts';

type Context = {readonly failure: Failure; readonly moment: Moment};

/** A list, a WatchList or a watch did not go on. */
export function onFailure(state: ReflectorState, failure: Failure, moment: Moment): Step {
	const context = {failure, moment};
	switch (state.phase.name) {
		case 'listing':
			return listFailed(state, state.phase, context);
		case 'streaming':
			return streamFailed(state, context);
		case 'watching':
			return watchFailed(state, context);
		case 'idle':
		case 'waiting':
			return {state, changes: []};
	}
}

function listFailed(
	state: ReflectorState,
	phase: {readonly from: string; readonly continue: string},
	context: Context,
): Step {
	const {type} = context.failure;
	if (type === 'expired') {
		return fromLatest({...state, isUnpaged: state.isUnpaged || phase.continue !== ''}, context);
	}

	if (type === 'too-large' && phase.from !== '') {
		return fromLatest(state, context);
	}

	return type === 'forbidden' || type === 'absent'
		? refused(state, context)
		: waitDown(state, 'list', context);
}

/** The server does not have the version: reads the latest (client-go). */
function fromLatest(state: ReflectorState, context: Context): Step {
	return listSoon({...state, isUnavailable: true}, context);
}

/**
The first two lists after a watch has ended begin at once: the second follows where the version of the first is gone. Each further list
waits, so that repeated 410s make no storm.
*/
function listSoon(state: ReflectorState, context: Context): Step {
	return state.skipsBackoff < 2
		? openList({...state, skipsBackoff: state.skipsBackoff + 1}, context.moment)
		: waitDown(state, 'list', context);
}

/**
A starting API server may refuse a list, or not know a CRD, for a moment: the objects that are held are dropped at the third
refusal. A kind of which nothing is held is reported at once.
*/
function refused(state: ReflectorState, context: Context): Step {
	const next = {...state, refusals: state.refusals + 1};
	if (next.isFilled && next.refusals < 3) {
		return waitDown(next, 'list', context);
	}

	const gone = publishGone(next, context.failure);
	return {...waitThen(gone.state, 'list', context), changes: gone.changes};
}

function streamFailed(state: ReflectorState, context: Context): Step {
	const {failure, moment} = context;
	switch (failure.type) {
		case 'expired':
		case 'too-large':
			return fromLatest(state, context);
		// Not offered (feature gate off, 1.33), or offered by a server that never sends the closing bookmark.
		case 'rejected':
		case 'silent':
			return openList({...state, watchList: 'no'}, moment);
		// Perhaps only watching is refused: a list is tried.
		case 'forbidden':
		case 'absent':
			return openList({...state, watchList: 'later'}, moment);
		case 'unreachable':
		case 'unauthorized':
		case 'throttled':
			return waitDown(state, 'list', context);
		case 'not-acceptable':
		case 'server':
		case 'broken':
			return waitDown({...state, watchList: 'later'}, 'list', context);
	}
}

function watchFailed(state: ReflectorState, context: Context): Step {
	switch (context.failure.type) {
		case 'expired':
			return listSoon(state, context);
		case 'forbidden':
		case 'absent':
			return waitDown(state, 'list', context);
		case 'unreachable':
		case 'unauthorized':
		case 'throttled':
			return waitDown(state, 'watch', context);
		case 'too-large':
		case 'rejected':
		case 'not-acceptable':
		case 'server':
		case 'broken':
		case 'silent':
			return strike(state, context);
	}
}

/**
Resumes from the last version: nothing is lost. After three times without progress it lists again. A watch that
had lived and was cut (a load balancer's idle time) is resumed without a wait.
*/
function strike(state: ReflectorState, context: Context): Step {
	const {failure, moment} = context;
	const next = {...state, watchFailures: state.watchFailures + 1};
	if (next.watchFailures > 3) {
		return waitDown({...next, watchFailures: 0}, 'list', context);
	}

	const hasLived = moment.elapsed - state.startedAt >= 1000;
	return failure.type === 'broken' && hasLived && state.watchFailures === 0
		? openWatch(next, moment)
		: waitDown(next, 'watch', context);
}
