import {setTimeout} from 'node:timers/promises';

/** Who has the terminal: the screen, or one other at a time. */
export type TerminalTurns = {
	/** Says how the screen leaves the terminal for as long as a callback runs. */
	attach(suspend: Suspend): void;
	/** Takes the screen down, calls `use`, and brings the screen back. Who asks meanwhile waits. */
	readonly lend: (use: () => Promise<void>) => Promise<void>;
	/** Resolves when nobody has the terminal. */
	readonly free: () => Promise<void>;
	/** Whether the screen has the terminal, and nobody waits for it. */
	readonly isFree: () => boolean;
	/** Stops this process until it is continued, as ctrl-z does. */
	readonly stop: () => void;
	/** Leaves the alternate screen and comes back: that redraws everything and sets the modes of the terminal again. */
	readonly redraw: () => void;
};

type Suspend = (use: () => Promise<void>) => Promise<void>;

/** What the terminal is taken from the screen for. */
type Turn = 'lend' | 'stop' | 'redraw';

type Options = {
	readonly stdin: Pick<NodeJS.ReadStream, 'pause'>;
	readonly stdout: Pick<NodeJS.WriteStream, 'write'>;
	/** Resolves when the process was continued, or cannot be stopped. */
	readonly stopProcess: () => Promise<void>;
};

export function createTerminalTurns({stdin, stdout, stopProcess}: Options): TerminalTurns {
	let suspend: Suspend = (use) => use();
	const waiting: Turn[] = [];
	/** Somebody else has the terminal: the screen is down. */
	let isLent = false;
	let last: Promise<void> = Promise.resolve();

	/** `end`: takes the cursor to the first column, where the screen begins to draw. */
	function take(turn: Turn, use: () => Promise<void>, end: string): Promise<void> {
		let isOver = false;
		// Once, and before the screen is back: a stop that is asked for while it is drawn is another one.
		const over = (): void => {
			if (!isOver) {
				isOver = true;
				isLent = false;
				waiting.shift();
			}
		};
		waiting.push(turn);
		const done = last
			.then(() =>
				suspend(async () => {
					process.on('SIGINT', leaveToBorrower);
					await released(stdin);
					isLent = turn === 'lend';
					await use().finally(async () => {
						await signalsHeard();
						over();
						process.off('SIGINT', leaveToBorrower);
						stdout.write(end);
						readSizeAgain();
					});
				}),
			)
			.finally(over);
		last = done.catch(() => {});
		return done;
	}

	const isFree = (): boolean => waiting.length === 0;
	return {
		attach(given) {
			suspend = given;
		},
		isFree,
		// A question that was not answered leaves its line unfinished.
		lend: (use) => take('lend', use, '\r\n'),
		async free() {
			while (!isFree()) {
				await last;
			}
		},
		stop() {
			if (isLent) {
				// Whoever has the terminal stops by the same signal; there is no screen to take down.
				void stopProcess();
			} else if (!waiting.includes('stop')) {
				// A screen that is drawn, or about to be taken down, is taken down first.
				void take('stop', stopProcess, '\r');
			}
		},
		redraw() {
			if (isFree()) {
				void take('redraw', async () => {}, '\r');
			}
		},
	};
}

/** A terminal that was resized meanwhile told whoever was in front: Node reads the size when it hears SIGWINCH. */
function readSizeAgain(): void {
	process.emit('SIGWINCH', 'SIGWINCH');
}

/** ctrl-c is for who has the terminal: it ends a plugin that asks, not knet. */
function leaveToBorrower(): void {}

/**
ctrl-c reaches this process and whoever has the terminal at the same time. The event loop takes signals last, so it may hear of the other's
end before the signal. Two turns are enough: the first ends the present round of the loop, the second ends the next one, and that takes the signal.
*/
async function signalsHeard(): Promise<void> {
	await nextTurn();
	await nextTurn();
}

async function nextTurn(): Promise<void> {
	await new Promise((resolve) => {
		setImmediate(resolve);
	});
}

/** Ink stops listening and turns raw mode off, but Node would go on reading: keys meant for another would be lost. */
async function released(stdin: Options['stdin']): Promise<void> {
	// A stream knows only on the next tick that nobody listens to it any more.
	await nextTurn();
	stdin.pause();
}

/** After this time a signal to stop was dropped by the kernel. Milliseconds. */
const unheard = 50;

/**
Stops this process, and those that a shell started with it as one job, until the job is continued. Where no shell controls jobs, as
in `ssh HOST knet` or `tmux new knet`, nobody could continue it: there the kernel drops SIGTSTP, and only this one (signal(7),
setpgid(2): orphaned process group).
*/
export async function stopProcess(): Promise<void> {
	if (process.platform === 'win32') {
		return;
	}

	// A signal that is listened for stops nothing.
	const listeners = process.listeners('SIGTSTP');
	process.removeAllListeners('SIGTSTP');
	process.kill(0, 'SIGTSTP');
	// The timers of a stopped process go off once it is continued.
	await setTimeout(unheard);
	listeners.forEach((listener) => process.on('SIGTSTP', listener));
}
