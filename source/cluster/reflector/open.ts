import {freshBackoff} from './backoff.ts';
import {tellSynced} from './tell.ts';
import type {Change, Moment, ReflectorState, Step} from './types.ts';

/** Items of a page, as kubectl and client-go ask for them. */
const pageSize = 500;

/** A watch is ended by the server after 5–10 minutes, at random so that clients spread (client-go). */
function timeoutSeconds(random: number): number {
	return Math.floor(300 * (1 + random));
}

/**
Starts over. The first list leaves resourceVersion unset, since `limit` is ignored with `0`. A later one names the last
seen version and no limit: the watch cache answers it, and never with an older state (client-go).
*/
export function openList(state: ReflectorState, moment: Moment): Step {
	const from = state.isUnavailable ? '' : state.resourceVersion;
	if (state.watchList === 'yes') {
		return {
			state: {...state, phase: {name: 'streaming'}, startedAt: moment.elapsed, seen: 0, omitted: []},
			effect: {
				type: 'watch',
				resourceVersion: from,
				timeoutSeconds: timeoutSeconds(moment.random),
				withInitialEvents: true,
			},
			changes: [{type: 'init'}],
		};
	}

	return {
		state: {...state, phase: {name: 'listing', from, continue: ''}, omitted: []},
		effect: {type: 'list', resourceVersion: from, limit: limitOf(state, from), continue: ''},
		changes: [{type: 'init'}],
	};
}

export function openPage(state: ReflectorState, next: string): Step {
	const from = state.phase.name === 'listing' ? state.phase.from : '';
	return {
		state: {...state, phase: {name: 'listing', from, continue: next}},
		// A continue token holds its version; the server refuses both.
		effect: {type: 'list', resourceVersion: '', limit: limitOf(state, from), continue: next},
		changes: [],
	};
}

function limitOf(state: ReflectorState, from: string): number {
	return from === '' && !state.isUnpaged ? pageSize : 0;
}

export function openWatch(state: ReflectorState, moment: Moment): Step {
	return {
		state: {...state, phase: {name: 'watching'}, startedAt: moment.elapsed, seen: 0},
		effect: {
			type: 'watch',
			resourceVersion: state.resourceVersion,
			timeoutSeconds: timeoutSeconds(moment.random),
			withInitialEvents: false,
		},
		changes: [],
	};
}

/** A whole list was seen, as of `resourceVersion`. */
export function filled(state: ReflectorState, resourceVersion: string): ReflectorState {
	return {
		...reached(state),
		resourceVersion,
		isFilled: true,
		isUnavailable: false,
		watchList: state.watchList === 'later' ? 'yes' : state.watchList,
		watchFailures: 0,
		refusals: 0,
	};
}

/** The server answered. */
export function reached(state: ReflectorState): ReflectorState {
	return {...state, silentSince: undefined, shortBackoff: freshBackoff, retryAfterCount: 0};
}

/** The changes that end a list. */
export function synced(step: Step): Step {
	const done: Change = {type: 'init-done'};
	return tellSynced({...step, changes: [...step.changes, done]});
}
