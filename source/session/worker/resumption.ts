import {playbackTime, type Playback, type PlayRequest} from '../../model/playback.ts';
import type {TraceOptions} from '../../model/request.ts';
import type {SessionAction} from '../session.ts';
import type {SessionState} from '../state.ts';

/** What a session needs to be told when it replaces another. */
type Resumption = {
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

/** What the person wants of a session: of its state, and of what was asked for since. */
type Wanted = {
	readonly context: string | undefined;
	/** Absent: the one that the context names. */
	readonly scope: Pick<SessionState, 'namespace'> | undefined;
	/** Absent: as the flags say. */
	readonly traceOptions: TraceOptions | undefined;
	readonly playback: Playback | undefined;
	readonly mayProbe: boolean;
	readonly isEverywhere: boolean;
	readonly crossed: Extract<SessionAction, {type: 'cross'}> | undefined;
	readonly selection: Extract<SessionAction, {type: 'select'}> | undefined;
};

export function createResumption(now: () => number): Resumption {
	let first: Pick<Wanted, 'context'> | undefined;
	let wanted: Wanted = {
		context: undefined,
		scope: undefined,
		traceOptions: undefined,
		playback: undefined,
		mayProbe: false,
		isEverywhere: false,
		crossed: undefined,
		selection: undefined,
	};
	return {
		get context() {
			return wanted.context === first?.context ? undefined : wanted.context;
		},
		note(state) {
			first ??= {context: state.source.context};
			wanted = {...wanted, ...noted(state)};
		},
		want(action) {
			wanted = {...wanted, ...changed(action)};
		},
		actions: (state) => [...listing(wanted, state), ...playing(wanted.playback, now()), ...looking(wanted)],
		without(state) {
			const {scope, context} = wanted;
			const empty = {...state, entries: [], entriesKnown: false, selected: undefined};
			return scope ? {...empty, namespace: scope.namespace} : elsewhere(empty, context);
		},
	};
}

function noted({
	source,
	namespace,
	traceOptions,
	playback,
}: SessionState): Pick<Wanted, 'context' | 'scope' | 'traceOptions' | 'playback'> {
	return {context: source.context, scope: {namespace}, traceOptions, playback};
}

/** What an action changes of it. An earlier time is gone with the memory of the thread. */
function changed(action: SessionAction): Partial<Wanted> {
	switch (action.type) {
		case 'select':
			return {selection: action};
		case 'namespace':
			return {scope: {namespace: action.namespace}};
		case 'context':
			return {context: action.context, scope: undefined};
		case 'ask':
			return {traceOptions: action.traceOptions};
		case 'probe-answer':
			return isForAlways(action) ? {mayProbe: true} : {};
		case 'everywhere':
			return {isEverywhere: action.isWanted};
		case 'cross':
			return {crossed: action.ref && action};
		case 'look':
		case 'past':
		case 'what-if':
		case 'play':
		case 'save':
		case 'focus':
		case 'away-seen':
		case 'probe':
		case 'probe-allow':
		case 'probe-cancel':
			return {};
	}
}

function listing({context, scope, traceOptions}: Wanted, state: SessionState): readonly SessionAction[] {
	const isOther = traceOptions && JSON.stringify(traceOptions) !== JSON.stringify(state.traceOptions);
	return [
		...(context !== undefined && context !== state.source.context
			? [{type: 'context', context} as const]
			: []),
		...(scope && scope.namespace !== state.namespace
			? [{type: 'namespace', namespace: scope.namespace} as const]
			: []),
		...(isOther ? [{type: 'ask', traceOptions} as const] : []),
	];
}

/** Nothing is known of another context yet. */
function elsewhere(empty: SessionState, context: string | undefined): SessionState {
	return {
		...empty,
		source: {kind: 'live', context},
		namespaces: [],
		kinds: [],
		contexts: empty.contexts.map((row) => ({...row, current: row.name === context})),
	};
}

function looking({mayProbe, selection, isEverywhere, crossed}: Wanted): readonly SessionAction[] {
	return [
		...(mayProbe ? [{type: 'probe-allow'} as const] : []),
		...(selection ? [selection] : []),
		...(crossed ? [crossed] : []),
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
