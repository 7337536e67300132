import {playbackTime, type Playback, type PlayRequest} from '../model/playback.ts';
import type {TraceOptions} from '../model/request.ts';
import type {SessionAction} from './session.ts';
import type {SessionState} from './state.ts';

/** What a session needs to be told when it replaces another. */
export type Resumption = {
	/** The context that was switched to; absent: the first one. */
	readonly context: string | undefined;
	/** Notes the state that the session is in. */
	note(state: SessionState): void;
	/** Notes what the person asks for, also while there is no session. */
	want(action: SessionAction): void;
	/** Actions that bring a new session to where the old one was. */
	actions(state: SessionState): readonly SessionAction[];
	/** A state of the old session without the parts that do not fit what is wanted now. */
	without(state: SessionState): SessionState;
};

export function createResumption(first: SessionState, now: () => number): Resumption {
	let {context} = first.source;
	/** Absent: the one that the context names. */
	let scope: Pick<SessionState, 'namespace'> | undefined = first;
	let traceOptions: TraceOptions = first.traceOptions;
	let playback = first.playback;
	let mayProbe = false;
	let isEverywhere = false;
	let selection: Extract<SessionAction, {type: 'select'}> | undefined;

	return {
		get context() {
			return context === first.source.context ? undefined : context;
		},
		note(state) {
			context = state.source.context;
			scope = {namespace: state.namespace};
			({traceOptions, playback} = state);
		},
		want(action) {
			switch (action.type) {
				case 'select':
					selection = action;
					break;

				case 'namespace':
					scope = {namespace: action.namespace};
					break;

				case 'context':
					({context} = action);
					scope = undefined;
					break;

				case 'ask':
					({traceOptions} = action);
					break;

				case 'probe-answer':
					mayProbe ||= isForAlways(action);
					break;

				case 'everywhere':
					isEverywhere = action.isWanted;
					break;

				// An earlier time is gone with the memory of the thread.
				case 'look':
				case 'past':
				case 'what-if':
				case 'play':
				case 'save':
				case 'focus':
				case 'away-seen':
				case 'probe':
				case 'probe-allow':
				case 'probe-cancel': {
					break;
				}
			}
		},
		actions(state) {
			const actions: SessionAction[] = [];
			if (scope && scope.namespace !== state.namespace) {
				actions.push({type: 'namespace', namespace: scope.namespace});
			}

			if (JSON.stringify(traceOptions) !== JSON.stringify(state.traceOptions)) {
				actions.push({type: 'ask', traceOptions});
			}

			return [...actions, ...playing(playback, now()), ...looking({mayProbe, selection, isEverywhere})];
		},
		without(state) {
			const empty = {...state, entries: [], entriesKnown: false, selected: undefined};
			return scope ? {...empty, namespace: scope.namespace} : elsewhere(empty, context);
		},
	};
}

/** Of another context nothing is known yet. */
function elsewhere(empty: SessionState, context: string | undefined): SessionState {
	return {
		...empty,
		source: {kind: 'live', context},
		namespaces: [],
		kinds: [],
		contexts: empty.contexts.map((row) => ({...row, current: row.name === context})),
	};
}

type Looking = {
	readonly mayProbe: boolean;
	readonly selection: SessionAction | undefined;
	readonly isEverywhere: boolean;
};

function looking({mayProbe, selection, isEverywhere}: Looking): readonly SessionAction[] {
	return [
		...(mayProbe ? [{type: 'probe-allow'} as const] : []),
		...(selection ? [selection] : []),
		...(isEverywhere ? [{type: 'everywhere', isWanted: true} as const] : []),
	];
}

/** A recording goes on where it was, as it was. */
function playing(playback: Playback | undefined, now: number): readonly SessionAction[] {
	if (!playback) {
		return [];
	}

	const requests: readonly PlayRequest[] = [
		{seek: playbackTime(playback, now)},
		{speed: playback.speed},
		...(playback.isPaused ? ['pause' as const] : []),
	];
	return requests.map((request) => ({type: 'play', request}));
}

function isForAlways({yes, always}: Extract<SessionAction, {type: 'probe-answer'}>): boolean {
	return yes && always === true;
}
