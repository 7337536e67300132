import {Worker} from 'node:worker_threads';
import type {Demo} from '../demo/start-demo.ts';
import {UserError} from '../errors.ts';
import {nearest} from '../path/nearest.ts';
import {accepted} from './asking.ts';
import {commandTable} from './command-table.ts';
import {parseTarget} from '../path/target-text.ts';
import type {Session} from '../session/session.ts';
import {remoteSession} from '../session/remote-session.ts';
import type {Flags} from './flags.ts';
import type {SessionRequest} from './open-data-source.ts';
import {wantsColor} from './paint.ts';
import {showsScreen} from './shows-screen.ts';
import type {Terminal} from './terminal.ts';
import {wantsAscii} from './wants-ascii.ts';

/** `knet [TARGET]`: the explorer; without a terminal what `scan`, or `trace` for a TARGET, would print. */
export async function explore(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	verifyCommand(words);

	if (!process.stdin.isTTY || !showsScreen(flags, terminal)) {
		return words.length > 0
			? (await import('./trace.ts')).trace(words, flags, terminal)
			: (await import('./scan.ts')).scan(words, flags, terminal);
	}

	return show({flags}, openedBy(words[0], flags), terminal);
}

/** A word that is no command is a TARGET; one that only just is none was meant as one. */
function verifyCommand([first = '', ...rest]: readonly string[]): void {
	const like = /^[a-z]+$/u.test(first) ? nearest(first, Object.keys(commandTable))[0] : undefined;
	if (like) {
		throw new UserError(`There is no command ${first}.`, `Did you mean knet ${like}?`);
	}

	if (rest.length > 0) {
		throw new UserError(`knet takes one TARGET, not ${rest.length + 1}.`, 'knet --help lists the commands.');
	}
}

/** The explorer over the embedded cluster. */
export async function exploreDemo(demo: Demo, flags: Flags, terminal: Terminal): Promise<number> {
	return show({flags, demo: demo.url}, openedBy(demo.scenario?.target, flags), terminal);
}

/** The explorer over a recording, in its own time. */
export async function exploreRecording(
	{name}: {readonly name: string},
	flags: Flags,
	terminal: Terminal,
): Promise<number> {
	return show({flags, recording: name}, undefined, terminal);
}

type Opened = {readonly target: string; readonly namespace?: string};

function openedBy(text: string | undefined, {namespace}: Flags): Opened | undefined {
	if (text === undefined) {
		return undefined;
	}

	accepted(parseTarget(text));
	return {target: text, ...(namespace === undefined ? {} : {namespace})};
}

async function show(
	request: SessionRequest,
	opened: Opened | undefined,
	terminal: Terminal,
): Promise<number> {
	const {flags} = request;
	const color = wantsColor({flag: flags.color, ...terminal});
	chooseColors(color);
	// Ink is loaded while the worker starts.
	const [{session, failed}, {startExplorer}] = await Promise.all([
		openSession(request, terminal),
		import('../ui/start.tsx'),
	]);
	try {
		const ascii = wantsAscii(flags, terminal.env);
		await startExplorer({session, opened, color, ascii, failed});
		return 0;
	} finally {
		await session.stop();
	}
}

/** Starts the worker and waits for its first state: an exec plugin may ask on the terminal before the screen opens. */
async function openSession(
	request: SessionRequest,
	terminal: Terminal,
): Promise<{readonly session: Session; readonly failed: Promise<never>}> {
	// Beside the bundle's chunks lies worker.js, beside the sources worker.ts.
	const file = import.meta.url.endsWith('.ts') ? '../worker.ts' : '../worker.js';
	const worker = new Worker(new URL(file, import.meta.url), {
		workerData: request,
		env: terminal.env,
		name: 'session',
		// Most of what a walk makes is garbage at once: with V8's own limit a third of the memory would be that.
		resourceLimits: {maxYoungGenerationSizeMb: 16},
	});
	const failed = new Promise<never>((_, reject) => {
		worker.once('error', reject);
	});
	// Looked at below, or while the screen is shown; in between nobody listens.
	failed.catch(() => {});
	const stop = async (): Promise<void> => {
		await worker.terminate();
	};

	const session = await Promise.race([remoteSession(worker, stop), failed]);
	return {session, failed};
}

/** chalk, inside Ink, reads FORCE_COLOR when it is loaded and knows nothing of NO_COLOR. 1 is the 16 ANSI colours. */
function chooseColors(color: boolean): void {
	delete process.env['NO_COLOR'];
	process.env['FORCE_COLOR'] = color ? '1' : '0';
}
