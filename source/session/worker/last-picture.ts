import type {SessionState} from '../state.ts';

/** The last state that the worker threads of a session sent, and whether it is old. */
type LastPicture = {
	readonly state: SessionState;
	subscribe(listener: () => void): () => void;
	show(state: SessionState): void;
	/** It has not been renewed since then (milliseconds since the epoch). `reason`: what the thread did. */
	sayOutage(since: number, reason: string): void;
	/** The thread has ended: its state stays until another thread sends a complete one. */
	keep(): void;
	/** Takes a state from a thread. True when it is shown. */
	take(state: SessionState): boolean;
};

export function createLastPicture(first: SessionState): LastPicture {
	const listeners = new Set<() => void>();
	let state = first;
	let isKept = false;

	function show(next: SessionState): void {
		if (next !== state) {
			state = next;
			listeners.forEach((listener) => listener());
		}
	}

	function sayOutage(since: number, reason: string): void {
		const outage = {since: state.outage?.since ?? since, reason: `knet's worker thread ${reason}`};
		if (outage.reason !== state.outage?.reason) {
			show({...state, outage});
		}
	}

	return {
		get state() {
			return state;
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		show,
		sayOutage,
		keep() {
			isKept = true;
			// Work that was under way in the thread is lost.
			show({...state, notices: [], probe: {phase: 'idle'}});
		},
		take(next) {
			if (isKept && !isComplete(next)) {
				sayOutage(state.at, whyIncomplete(next));
				return false;
			}

			isKept = false;
			show(next);
			return true;
		},
	};
}

/** Lists are known and every entry was walked. */
function isComplete({entriesKnown, entries}: SessionState): boolean {
	return entriesKnown && entries.every(({verdict}) => verdict !== undefined);
}

function whyIncomplete({kinds}: SessionState): string {
	const reasons = kinds.flatMap(({state}) => (state.state === 'connecting' ? (state.reason ?? []) : []));
	return reasons[0] === undefined
		? 'was restarted and catches up'
		: `was restarted and cannot connect yet: ${reasons[0]}`;
}
