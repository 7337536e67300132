import type {Session, SessionAction} from '../session.ts';
import type {Clock} from '../../clock.ts';
import {createLastPicture} from './last-picture.ts';
import {remoteSession} from './remote-session.ts';
import {createResumption} from './resumption.ts';
import {watchThread, type SessionThread} from './watch-thread.ts';
import type {SessionState} from '../state.ts';
import type {LendTerminal} from './terminal-loan.ts';

type SupervisedOptions = {
	/** Starts a thread, in place of another or as the first. `context`: the one that was switched to. */
	readonly start: (again: boolean, context?: string) => SessionThread;
	readonly clock: Clock;
	readonly lendTerminal: LendTerminal;
	/** What is shown until the first thread has a session. */
	readonly shown: SessionState;
};

type SupervisedSession = {
	readonly session: Session;
	/** Resolves once the first thread has a session; rejects when there is none. */
	readonly opened: Promise<void>;
};

/** How long to wait before each restart of the thread; after the last of them it is not restarted. Milliseconds. */
const waits = [500, 2000, 8000, 30_000, 60_000];

/** After a thread has run this long, the next failure counts as the first. Milliseconds. */
const steady = 120_000;

/**
A session in a worker thread that is watched. When the thread hangs or ends, another replaces it, with the same cluster,
namespace, trace options and selection; until it has caught up, the old state stays on the screen and says how old it is.
When an object hangs one thread after the other, the old state stays until another namespace or context is asked for.
*/
export function superviseSession({start, clock, lendTerminal, shown}: SupervisedOptions): SupervisedSession {
	let thread = start(false);
	let opening = open(thread);
	let running: Session | undefined;
	const opened = createOpened(Promise.race([opening, endedEarly(thread)]));
	const picture = createLastPicture(shown);
	const resumption = createResumption(() => clock.now());
	let failures = 0;
	let startedAt = clock.elapsed();
	let stopWatching = watch();
	let cancelStart = (): void => {};
	const take = (session: Session): void => {
		if (session === running && picture.take(session.getState())) {
			resumption.note(session.getState());
		}
	};

	function watch(): () => void {
		return watchThread(thread, {
			opening,
			clock,
			lendTerminal,
			mayBeSilent: () => !opened.isDone,
			onOpened(session) {
				running = session;
				opened.done();
				resumption.actions(session.getState()).forEach((action) => session.dispatch(action));
				session.subscribe(() => take(session));
				take(session);
			},
			onSilent: (since, reason) => picture.sayOutage(since, reason),
			onAnswering: () => running && take(running),
			onLost: (since, reason) => opened.isDone && recover(since, reason),
		});
	}

	function recover(since: number, reason: string): void {
		running = undefined;
		failures = clock.elapsed() - startedAt > steady ? 1 : failures + 1;
		picture.keep();
		const wait = waits[failures - 1];
		picture.sayOutage(since, `${reason}${wait === undefined ? finalWord(failures) : '; starting another'}`);
		if (wait !== undefined) {
			cancelStart = clock.after(wait, restart);
		}
	}

	function restart(): void {
		startedAt = clock.elapsed();
		thread = start(true, resumption.context);
		opening = open(thread);
		stopWatching = watch();
	}

	function dispatch(action: SessionAction): void {
		resumption.want(action);
		running?.dispatch(action);
		if (picture.state.outage && leadsElsewhere(action)) {
			picture.show(resumption.without(picture.state));
			if (!running && failures > waits.length) {
				failures = 0;
				restart();
			}
		}
	}

	const session: Session = {
		getState: () => picture.state,
		subscribe: (listener) => picture.subscribe(listener),
		dispatch,
		async stop() {
			cancelStart();
			stopWatching();
			thread.terminate();
			await thread.ended;
		},
	};
	return {session, opened: opened.promise};
}

/** Whether the first thread has a session. */
function createOpened(first: Promise<unknown>) {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	let isDone = false;
	first.catch(reject);
	// Nobody may wait for it any more: a rejection must not end the process.
	promise.catch(() => {});
	return {
		promise,
		get isDone() {
			return isDone;
		},
		done() {
			isDone = true;
			resolve();
		},
	};
}

/** The state that was shown before does not belong to what is wanted now. */
function leadsElsewhere({type}: SessionAction): boolean {
	return type === 'namespace' || type === 'context';
}

function finalWord(failures: number): string {
	return `, ${failures} times: this picture stays. n or x looks elsewhere`;
}

function open(thread: SessionThread): Promise<Session> {
	return remoteSession(thread, async () => thread.terminate());
}

async function endedEarly({ended}: SessionThread): Promise<never> {
	const {reason, error} = await ended;
	throw error ?? new Error(`the worker thread ${reason}`);
}
