import type {KindState} from '../../model/snapshot.ts';
import type {Failure} from './failure.ts';
import type {ReflectorState, Step} from './types.ts';

/** Adds what people should know of the kind, if it is news. */
export function publish(step: Step, news: KindState): Step {
	return isSame(step.state.published, news)
		? step
		: {
				...step,
				state: {...step.state, published: news},
				changes: [...step.changes, {type: 'state', state: news}],
			};
}

/** A whole list is held, but for what was too large. */
export function tellSynced(step: Step): Step {
	const {omitted} = step.state;
	return publish(step, omitted.length > 0 ? {state: 'synced', omitted} : {state: 'synced'});
}

/**
The watch is down. What is held is as old as the last byte that came before; without a whole list nothing is known, and
nothing may count as missing. `now` in milliseconds since the epoch.
*/
export function publishDown(step: Step, {message: reason, silence = 0}: Failure, now: number): Step {
	const {isFilled, published, omitted, silentSince} = step.state;
	const since = published?.state === 'stale' ? published.since : (silentSince ?? now - silence);
	return publish(
		step,
		isFilled
			? {state: 'stale', since, reason, omitted: omitted.length > 0 ? omitted : undefined}
			: {state: 'connecting', reason},
	);
}

/** The kind may not be read, or is not there: the store drops what it holds. */
export function publishGone(state: ReflectorState, failure: Failure): Step {
	return publish(
		{state: {...state, isFilled: false, resourceVersion: '', isUnavailable: false}, changes: []},
		failure.type === 'absent'
			? {state: 'absent', why: 'not-installed'}
			: {state: 'forbidden', ...state.of, reason: failure.message},
	);
}

function isSame(a: KindState | undefined, b: KindState): boolean {
	return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
