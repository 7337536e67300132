import type {SessionNotice, SessionState} from './state.ts';
import type {Clock} from '../clock.ts';
import {reuse} from './reuse.ts';

/** The state of a session and its subscribers. */
export type StateHolder = {
	readonly state: SessionState;
	/** Unchanged parts keep their identity; subscribers are not called when nothing changed. */
	change(part: Partial<SessionState>): void;
	/** A sentence for the person; an info for a few seconds, the last of the others until there is a newer one. */
	notify(severity: SessionNotice['severity'], text: string): void;
	subscribe(listener: () => void): () => void;
};

/** How long an info stays, in milliseconds. */
const noticeShown = 8000;

export function createStateHolder(initial: SessionState, clock: Clock): StateHolder {
	const listeners = new Set<() => void>();
	let state = initial;
	let noticeCount = 0;

	function change(part: Partial<SessionState>): void {
		const next = reuse(state, {...state, ...part});
		if (next === state) {
			return;
		}

		state = next;
		for (const listener of listeners) {
			listener();
		}
	}

	return {
		get state() {
			return state;
		},
		change,
		notify(severity, text) {
			const id = noticeCount++;
			const kept = severity === 'info' ? state.notices : state.notices.filter(isInfo);
			change({notices: [...kept, {id, at: clock.now(), severity, text}]});
			if (severity === 'info') {
				clock.after(noticeShown, () => change({notices: state.notices.filter((notice) => notice.id !== id)}));
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

function isInfo({severity}: SessionNotice): boolean {
	return severity === 'info';
}
