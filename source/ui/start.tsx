import {render} from 'ink';
import type {Pins} from '../model/pin.ts';
import type {Session} from '../session/session.ts';
import {asciiGlyphs, unicodeGlyphs} from '../view/text/glyphs.ts';
import {App} from './app.tsx';
import {createCopy} from './terminal/clipboard.ts';
import {createExplorer, systemClock, type Clock, type Explorer, type Remember} from './explorer.ts';
import {rebind} from './keys/keymap.ts';
import {askModes, leaveModes, withoutFocus} from './terminal/modes.ts';
import {oneWritePerFrame} from './terminal/one-write.ts';
import type {OpenedTarget} from './state.ts';
import {createTerminalTurns, stopProcess, type TerminalTurns} from './terminal/terminal-turns.ts';

export type StartOptions = {
	readonly session: Session;
	/** Rejects when the session has nothing to show: the screen is left. */
	readonly opening?: Promise<void>;
	/** Opens on this target. */
	readonly opened?: OpenedTarget;
	readonly color: boolean;
	readonly ascii: boolean;
	readonly theme?: string;
	/** Keys of commands, in place of those that knet gives them. */
	readonly keys?: Readonly<Record<string, readonly string[]>>;
	/** Targets at hand. */
	readonly favourites?: readonly string[];
	/** A text whose commands name the program as it was called. */
	readonly named?: (text: string) => string;
	/** Of the runs before, and what keeps them for the next. */
	readonly pins?: Pins;
	readonly remember?: Remember;
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly clock?: Clock;
	readonly env?: NodeJS.ProcessEnv;
	/** Who has the terminal, where others may ask for it as well. */
	readonly turns?: TerminalTurns;
};

/** Ink draws no two frames closer together. Data is drawn calmly anyhow (`calm.ts`); a key right after another must not wait. */
const framesPerSecond = 60;

/** Shows the explorer until the person leaves. The session goes on; who made it stops it. */
export async function startExplorer(options: StartOptions): Promise<void> {
	const {stdin = process.stdin, stdout = process.stdout} = options;
	const turns = options.turns ?? createTerminalTurns({stdin, stdout, stopProcess});
	rebind(options.keys ?? {});
	const explorer = explorerOf(options, stdout);
	// What asks for a password while the modules of the screen are read keeps the terminal.
	await turns.free();
	const giveBack = takeTerminal({stdin, stdout, turns, explorer});
	try {
		await show({options, stdin, stdout, turns, explorer});
	} finally {
		giveBack();
		explorer.stop();
	}
}

function explorerOf(options: StartOptions, {columns, rows}: NodeJS.WriteStream): Explorer {
	const {session, opened, favourites, pins, remember, named} = options;
	return createExplorer({
		session,
		clock: options.clock ?? systemClock,
		columns,
		rows,
		glyphs: options.ascii ? asciiGlyphs : unicodeGlyphs,
		opened,
		favourites,
		pins,
		remember,
		named,
	});
}

type Screen = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly turns: TerminalTurns;
	readonly explorer: Explorer;
};

/** Puts the terminal in the mode that the explorer needs, and follows its size and signals. Returns what undoes it. */
function takeTerminal({stdin, stdout, turns, explorer}: Screen): () => void {
	// Ink does both after its first frame: what is typed before would stand in it, and what is pasted be a row of keys.
	stdin.setRawMode(true);
	stdout.write(askModes);
	turns.attach(undrawn({stdin, stdout}));
	const resized = () => explorer.resize(stdout.columns, stdout.rows);
	// Before Ink's own listener: the first frame of the new size must not be one of the old.
	stdout.on('resize', resized);
	process.on('SIGTSTP', turns.stop);
	// Stopped by a signal that nobody can catch, the shell has changed the modes of the terminal.
	process.on('SIGCONT', turns.redraw);
	return () => {
		stdout.write(leaveModes);
		stdout.off('resize', resized);
		process.off('SIGTSTP', turns.stop);
		process.off('SIGCONT', turns.redraw);
		stdin.setRawMode(false);
	};
}

/** Gives the terminal away before Ink drew on it. */
function undrawn({stdin, stdout}: Pick<Screen, 'stdin' | 'stdout'>): Parameters<TerminalTurns['attach']>[0] {
	return async (use) => {
		stdin.setRawMode(false);
		stdout.write(leaveModes);
		await use().finally(() => {
			stdin.setRawMode(true);
			stdout.write(askModes);
		});
	};
}

/** Draws until the person leaves. */
async function show({
	options,
	stdin,
	stdout,
	turns,
	explorer,
}: Screen & {readonly options: StartOptions}): Promise<void> {
	const {session, color, theme, env = process.env} = options;
	const copy = createCopy({env, write: (text) => void stdout.write(text)});
	const screen = <App explorer={explorer} color={color} theme={theme} turns={turns} copy={copy} />;
	const app = render(screen, {
		stdin: withoutFocus(stdin, (isHere) => session.dispatch({type: 'focus', isHere})),
		stdout: oneWritePerFrame(stdout),
		exitOnCtrlC: false,
		// Stray console output would tear the frame; another terminal's is not ours to patch.
		patchConsole: stdout === process.stdout,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: framesPerSecond,
	});
	const stopRestoring = onSettledSize(() => {
		// Who has the terminal meanwhile keeps what it wrote; the screen is drawn whole when it comes back.
		if (turns.isFree()) {
			stdout.write(eraseScreen);
			app.clear();
			app.rerender(screen);
		}
	});
	await Promise.race([app.waitUntilExit(), failureOf(options.opening)])
		.finally(stopRestoring)
		.finally(app.unmount);
}

/** Rejects as the promise does, and never resolves. */
async function failureOf(opening: Promise<void> | undefined): Promise<never> {
	await opening;
	return new Promise(() => {});
}

const eraseScreen = '\u001B[2J\u001B[H';

/** So long after the last change of size the terminal has done what it does to its rows. Milliseconds. */
const settleTime = 100;

/**
Calls back once sizes change no more. Ink skips rows that it drew before, and hears of no size that changed back before it looked;
the terminal has cut them all the same.
*/
function onSettledSize(callback: () => void): () => void {
	let timer: NodeJS.Timeout | undefined;
	const wait = (): void => {
		clearTimeout(timer);
		timer = setTimeout(callback, settleTime);
	};
	process.on('SIGWINCH', wait);
	return () => {
		clearTimeout(timer);
		process.off('SIGWINCH', wait);
	};
}
