import type {ContextRow, SessionState, SourceInfo} from './state.ts';

/** The state of a session of which nothing was read yet. */
export function blankState(
	source: SourceInfo,
	contexts: readonly ContextRow[],
	at: number,
): Omit<SessionState, 'traceOptions'> {
	return {
		source,
		kinds: [],
		entries: [],
		entriesKnown: false,
		cluster: [],
		contexts,
		namespaces: [],
		notices: [],
		probe: {phase: 'idle'},
		probeTurns: undefined,
		history: undefined,
		past: undefined,
		supposition: undefined,
		matrix: undefined,
		crossing: undefined,
		away: undefined,
		at,
	};
}
