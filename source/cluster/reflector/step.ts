import type {Meta} from '../../model/meta.ts';
import {noAnswer, type KindState} from '../../model/snapshot.ts';
import {isOlder} from '../../model/matching/resource-version.ts';
import {freshBackoff} from './backoff.ts';
import {isOfTheWay} from './failure.ts';
import {onFailure} from './on-failure.ts';
import {filled, openList, openPage, openWatch, reached, synced} from './open.ts';
import {publish, tellSynced} from './tell.ts';
import type {Input, Moment, ReflectorState, Step} from './types.ts';
import {waitDown} from './wait.ts';

/** Before the first input. `watchList`: whether to try a WatchList for the initial state (KEP-3157). */
export function initialState(of: ReflectorState['of'], watchList: boolean): ReflectorState {
	return {
		of,
		phase: {name: 'idle'},
		resourceVersion: '',
		isUnavailable: false,
		skipsBackoff: 0,
		isUnpaged: false,
		watchList: watchList ? 'yes' : 'no',
		backoff: freshBackoff,
		shortBackoff: freshBackoff,
		retryAfterCount: 0,
		watchFailures: 0,
		refusals: 0,
		startedAt: 0,
		silentSince: undefined,
		seen: 0,
		isFilled: false,
		omitted: [],
		published: undefined,
	};
}

/**
One step of a list-watch: client-go's reflector (tools/cache/reflector.go) as a pure function. What does not belong to
the phase is ignored. `changes` are for the store, in order; `effect` is what to do next, in place of what was under way.
*/
export function step(state: ReflectorState, input: Input, moment: Moment): Step {
	switch (input.type) {
		case 'start':
			return state.phase.name === 'idle' ? start(state, moment) : stay(state);
		case 'item':
			return state.phase.name === 'listing' ? listed(state, input.object) : stay(state);
		case 'page':
			return state.phase.name === 'listing' ? page(state, input, moment) : stay(state);
		case 'opened':
			return opened(state);
		case 'applied':
		case 'deleted':
			return changed(state, input.type, input.object);
		case 'bookmark':
			return bookmark(state, input, moment);
		case 'ended':
			return ended(noteSilence(state, input.silence, moment), moment);
		case 'slow':
			return slow(state, input.milliseconds);
		case 'failed':
			return onFailure(state, input.failure, moment);
		case 'timer':
			return state.phase.name === 'waiting' ? resume(state, state.phase.next, moment) : stay(state);
		case 'nudge':
			return state.phase.name === 'waiting' && isOfTheWay(state.phase.because)
				? resume(state, state.phase.next, moment)
				: stay(state);
	}
}

function stay(state: ReflectorState): Step {
	return {state, changes: []};
}

/** An object of a list: the list has begun, so a report that it did not is withdrawn. */
function listed(state: ReflectorState, object: Meta): Step {
	const {published} = state;
	const isSaidSlow = published?.state === 'connecting' && published.reason !== undefined;
	const step = isSaidSlow ? sayAndBegin(state, {state: 'connecting'}) : stay(state);
	return {...step, changes: [...step.changes, {type: 'init-apply', object}]};
}

/**
Reports on a list that has brought nothing yet. The store takes a kind that is not known as empty, so the list starts again.
*/
function sayAndBegin(state: ReflectorState, news: KindState): Step {
	const step = publish(stay(state), news);
	return {...step, changes: [...step.changes, {type: 'init'}]};
}

function start(state: ReflectorState, moment: Moment): Step {
	const published = publish(stay(state), {state: 'connecting'});
	const open = openList(published.state, moment);
	return {...open, changes: [...published.changes, ...open.changes]};
}

/** After a wait a watch may begin its lists at once again. */
function resume(state: ReflectorState, next: 'list' | 'watch', moment: Moment): Step {
	return next === 'list' ? openList(state, moment) : openWatch({...state, skipsBackoff: 0}, moment);
}

function page(
	state: ReflectorState,
	{resourceVersion, continue: next, omitted = []}: Extract<Input, {type: 'page'}>,
	moment: Moment,
): Step {
	const listed = {...state, omitted: [...state.omitted, ...omitted]};
	if (next !== '') {
		return openPage(reached(listed), next);
	}

	if (resourceVersion === '') {
		return onFailure(
			state,
			{type: 'broken', message: 'The server gave a list without a resourceVersion.'},
			moment,
		);
	}

	return synced(openWatch(filled(listed, resourceVersion), moment));
}

function opened(state: ReflectorState): Step {
	const {phase} = state;
	return phase.name === 'watching' ? tellSynced(stay(reached(state))) : stay(reached(state));
}

/**
Objects of a WatchList before its bookmark come in no order of versions, so they do not move the version (client-go). Afterwards
they do come in order: an older one is a replay, and its object may be long gone. The store decides what a deletion removes: it
knows what is held, and not every server gives it the version of the deletion.
*/
function changed(state: ReflectorState, type: 'applied' | 'deleted', object: Meta): Step {
	switch (state.phase.name) {
		case 'streaming':
			return {
				state: {...state, seen: state.seen + 1},
				changes: [{type: type === 'applied' ? 'init-apply' : 'init-delete', object}],
			};
		case 'watching':
			return type === 'applied' && isOlder(object.resourceVersion, state.resourceVersion)
				? stay(state)
				: noLongerOmitted(object, {
						state: proceeded(state, object.resourceVersion),
						changes: [{type: type === 'applied' ? 'apply' : 'delete', object}],
					});
		case 'idle':
		case 'listing':
		case 'waiting':
			return stay(state);
	}
}

/** An object that was left out of the list and now came in an event is small enough, or gone. */
function noLongerOmitted({namespace, name}: Meta, step: Step): Step {
	const omitted = step.state.omitted.filter((each) => each.namespace !== namespace || each.name !== name);
	return omitted.length === step.state.omitted.length
		? step
		: tellSynced({...step, state: {...step.state, omitted}});
}

/** The watch works. */
function proceeded(state: ReflectorState, resourceVersion: string): ReflectorState {
	const isProgress = resourceVersion !== '' && !isOlder(resourceVersion, state.resourceVersion);
	return {
		...state,
		resourceVersion: isProgress ? resourceVersion : state.resourceVersion,
		seen: state.seen + 1,
		watchFailures: 0,
		skipsBackoff: 0,
		isUnpaged: false,
	};
}

/** A bookmark only moves the version. The one that ends the initial events of a WatchList makes them the whole truth. */
function bookmark(
	state: ReflectorState,
	{resourceVersion, isEndOfInitial}: Extract<Input, {type: 'bookmark'}>,
	moment: Moment,
): Step {
	if (state.phase.name === 'watching') {
		return stay(proceeded(state, resourceVersion));
	}

	if (state.phase.name !== 'streaming' || !isEndOfInitial) {
		return stay(state);
	}

	return resourceVersion === ''
		? onFailure(
				state,
				{type: 'broken', message: 'The server gave a bookmark without a resourceVersion.'},
				moment,
			)
		: synced(stay({...filled(state, resourceVersion), phase: {name: 'watching'}, seen: state.seen + 1}));
}

/** Over HTTP/1.1 a quiet cluster and a dead one look the same: the next watch tells them apart. */
function noteSilence(state: ReflectorState, silence: number | undefined, {now}: Moment): ReflectorState {
	return silence === undefined ? state : {...state, silentSince: state.silentSince ?? now - silence};
}

/**
People wait in front of an empty screen: the reason is reported while the request is still tried. A later page that is slow says
nothing, because the list would start over in the store and lose the pages before it.
*/
function slow(state: ReflectorState, milliseconds: number): Step {
	const reason = `${noAnswer} for ${milliseconds / 1000} s`;
	return state.phase.name === 'listing' && state.phase.continue === '' && !state.isFilled
		? sayAndBegin(state, {state: 'connecting', reason})
		: stay(state);
}

/** A watch ends after its time and goes on from the last version; one that ends within a second must wait. */
function ended(state: ReflectorState, moment: Moment): Step {
	const failure = {type: 'server', message: 'The server ended the watch too early.'} as const;
	if (state.phase.name === 'streaming') {
		return onFailure(state, failure, moment);
	}

	if (state.phase.name !== 'watching') {
		return stay(state);
	}

	return moment.elapsed - state.startedAt < 1000
		? waitDown(state, 'watch', {failure, moment})
		: openWatch({...state, skipsBackoff: 0, isUnpaged: false}, moment);
}
