import {messageOf} from '../../errors.ts';
import type {Session} from '../session.ts';
import type {Clock} from '../../clock.ts';
import {watchHeartbeat} from './heartbeat.ts';
import type {FromWorker, Port, ToWorker} from './messages.ts';
import {lendTo, type LendTerminal} from './terminal-loan.ts';

/** A worker thread in which a session runs. */
export type SessionThread = Port<FromWorker, ToWorker> & {
	/** Resolves when the thread has ended. */
	readonly ended: Promise<ThreadEnd>;
	terminate(): void;
};

/** `reason`: what the thread did, after its name: `ran out of memory`. */
export type ThreadEnd = {readonly reason: string; readonly error?: Error};

/** What happens to a thread. `since`: when it last answered, in milliseconds since the epoch. */
type ThreadEvents = {
	readonly onOpened: (session: Session) => void;
	readonly onSilent: (since: number, reason: string) => void;
	readonly onAnswering: () => void;
	/** It ended, or was ended because it hung. Called once, as the last call. */
	readonly onLost: (since: number, reason: string) => void;
};

type Options = ThreadEvents & {
	readonly opening: Promise<Session>;
	readonly clock: Clock;
	readonly lendTerminal: LendTerminal;
	/** A thread that opens a large file answers nothing meanwhile. */
	readonly mayBeSilent: () => boolean;
};

/** After so many unanswered pings the thread counts as silent, and after so many it is replaced. One ping a second. */
const missedToSay = 3;
const missedToEnd = 20;

/** Watches a thread; returns a function that stops watching. */
export function watchThread(
	thread: SessionThread,
	{opening, clock, lendTerminal, mayBeSilent, ...events}: Options,
): () => void {
	let isOver = false;
	const heartbeat = watchHeartbeat(thread, {
		clock,
		onMissed(missed) {
			if (missed === 0) {
				events.onAnswering();
			} else if (mayBeSilent()) {
				return;
			} else if (missed >= missedToEnd) {
				lose(`did not answer for ${missed} s`);
			} else if (missed >= missedToSay) {
				events.onSilent(heartbeat.heardAt, 'does not answer');
			}
		},
	});
	const takeBackTerminal = lendTo(thread, lendTerminal);
	const stop = (): void => {
		isOver = true;
		heartbeat.stop();
		takeBackTerminal();
	};
	const lose = (reason: string): void => {
		if (!isOver) {
			stop();
			// Not awaited: it may hang where nothing can end it.
			thread.terminate();
			events.onLost(heartbeat.heardAt, reason);
		}
	};

	void thread.ended.then(({reason}) => lose(reason));
	opening.then(
		(session) => {
			if (!isOver) {
				events.onOpened(session);
			}
		},
		(error: unknown) => lose(`does not start: ${messageOf(error)}`),
	);
	return stop;
}
