import type {Session, SessionAction} from '../../source/session/session.ts';
import type {SessionState} from '../../source/session/state.ts';

/** A session that a test drives: it holds what it is told, and remembers what it was asked. */
export type FakeSession = Session & {
	readonly actions: readonly SessionAction[];
	update(change: Partial<SessionState>): void;
};

/** `answer` may change the state when an action comes, as the real session does. */
export function fakeSession(
	initial: SessionState,
	answer: (action: SessionAction, state: SessionState) => Partial<SessionState> = () => ({}),
): FakeSession {
	const listeners = new Set<() => void>();
	const actions: SessionAction[] = [];
	let state = initial;
	function update(change: Partial<SessionState>): void {
		state = {...state, ...change};
		for (const listener of listeners) {
			listener();
		}
	}

	return {
		actions,
		update,
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		dispatch(action) {
			actions.push(action);
			update(answer(action, state));
		},
		async stop() {},
	};
}
