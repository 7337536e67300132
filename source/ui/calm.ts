import type {SessionState} from '../session/state.ts';
import type {Model} from './model.ts';

/** So many changes are drawn at once; then one a second. */
const burst = 4;

/**
Draws what the cluster does calmly: where ten or a hundred things a second change, nobody reads ten pictures a second, and each
is kilobytes on a slow link. What is left out comes with the next second.
*/
export function createCalm(): {readonly mayDraw: () => boolean; readonly tick: () => void} {
	let spare = burst;
	return {
		mayDraw() {
			spare = Math.max(-1, spare - 1);
			return spare >= 0;
		},
		tick() {
			spare = Math.min(burst, Math.max(0, spare) + 1);
		},
	};
}

/** What a person waits for is drawn at once: an answer to a key, the first list, and whether the picture is of now. */
export function isAwaited(model: Model, next: SessionState): boolean {
	const {session, ui} = model;
	return (
		!ui.filled ||
		model.lingers ||
		(model.wanted !== undefined && model.trace === undefined) ||
		session.probe !== next.probe ||
		session.probeTurns !== next.probeTurns ||
		session.past !== next.past ||
		session.lookedAt !== next.lookedAt ||
		(session.matrix === undefined) !== (next.matrix === undefined) ||
		session.notices !== next.notices ||
		(session.outage === undefined) !== (next.outage === undefined) ||
		session.namespace !== next.namespace ||
		session.entriesKnown !== next.entriesKnown
	);
}
