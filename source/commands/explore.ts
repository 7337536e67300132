import './slow-heap-growth.ts';
import {ownPathsOf} from '../config/own-paths.ts';
import {pinWriter, readPins} from '../config/remembered.ts';
import type {Demo} from '../demo/start-demo.ts';
import {UserError} from '../errors.ts';
import {command} from '../model/safe-text/command.ts';
import {nearest} from '../path/nearest.ts';
import {asCalled} from './flags/as-called.ts';
import {accepted} from './flags/asking.ts';
import {commandNames, isCommand} from './command-table.ts';
import {insteadOfWords, targetOf} from './flags/target-of.ts';
import {parseTarget} from '../path/target-text.ts';
import {systemClock} from '../clock.ts';
import {superviseSession} from '../session/worker/supervised-session.ts';
import {inContext, type Flags} from './flags/flags.ts';
import {ignoring} from './flags/ignore.ts';
import type {SessionRequest} from './data-source/open-data-source.ts';
import {openingState} from './data-source/opening-state.ts';
import {createOutputLog, divertWarnings, type OutputLog} from './output/output-log.ts';
import {wantsColor} from './output/paint.ts';
import {startThread} from './data-source/start-thread.ts';
import {showsScreen} from './flags/shows-screen.ts';
import type {Terminal} from './output/terminal.ts';
import type {StartOptions} from '../ui/start.tsx';
import {createTerminalTurns, stopProcess} from '../ui/terminal/terminal-turns.ts';
import {verifyFlags} from './flags/verify-flags.ts';
import {wantsAscii} from './flags/wants-ascii.ts';

/** `knet [TARGET]`: the explorer; without a terminal what `scan`, or `trace` for a TARGET, would print. */
export async function explore(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	verifyCommand(words);

	if (!showsScreen(flags, terminal)) {
		return printed(words, flags, terminal);
	}

	verifyScreen(flags);
	return show({flags, namespace: terminal.config?.namespace}, openedBy(targetOf(words), flags), terminal);
}

function verifyScreen({rules, failOn, filename}: Flags): void {
	if (filename?.includes('-')) {
		throw new UserError(
			'-f - reads standard input, and here that is the keyboard.',
			'Pipe manifests into knet, or give a file.',
		);
	}

	const idle = rules ? '--rules' : failOn ? '--fail-on' : undefined;
	if (idle) {
		throw new UserError(
			`The explorer does not take ${idle}.`,
			`It is a flag of knet trace TARGET; or add -o text.`,
		);
	}
}

async function printed(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	if (words.length > 0) {
		return (await import('./trace.ts')).trace(words, flags, terminal);
	}

	verifyFlags('scan', flags);
	return (await import('./scan.ts')).scan(words, flags, terminal);
}

/** A word that is no command is a TARGET; one that only just is none was meant as one. */
function verifyCommand(words: readonly string[]): void {
	const [first = ''] = words;
	const like = /^[a-z]+$/u.test(first) ? nearest(first, commandNames)[0] : undefined;
	if (like) {
		throw new UserError(`There is no command ${first}.`, `Did you mean knet ${like}?`);
	}

	if (words.length > 0 && targetOf(words) === undefined) {
		throw severalWords(words);
	}
}

function severalWords(words: readonly string[]): UserError {
	const [first = '', ...rest] = words;
	const later = rest.find(isCommand);
	if (later) {
		const others = words.filter((word) => word !== later);
		return new UserError(
			`The command ${later} does not stand first.`,
			`Write ${command('knet', later, ...others)}.`,
		);
	}

	const help = 'knet --help lists the commands.';
	if (verbs.has(first)) {
		const target = targetOf(rest);
		return new UserError(
			`There is no command ${first}.`,
			target?.includes('/') ? `For one target: ${command('knet', 'trace', target)}.` : help,
		);
	}

	return words.length === 1
		? new UserError('The TARGET is empty.', help)
		: new UserError(`knet takes one TARGET, not ${words.length}.`, insteadOfWords(words, ['knet'], help));
}

/** Commands of kubectl that knet does not have. */
const verbs: ReadonlySet<string> = new Set([
	'get',
	'describe',
	'logs',
	'exec',
	'edit',
	'delete',
	'apply',
	'create',
	'top',
	'port-forward',
]);

/** The explorer over the embedded cluster. */
export async function exploreDemo(demo: Demo, flags: Flags, terminal: Terminal): Promise<number> {
	// A scenario asks as its victim does: from elsewhere all may be well.
	const asked = {...flags, from: flags.from ?? demo.scenario?.from};
	return show(
		{flags: asked, demo: demo.url, guide: demo.guide},
		openedBy(demo.scenario?.target, flags),
		terminal,
	);
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
	return {target: text, namespace};
}

async function show(
	request: SessionRequest,
	opened: Opened | undefined,
	terminal: Terminal,
): Promise<number> {
	const {flags} = request;
	ignoring(flags, undefined);
	const color = wantsColor({flag: flags.color, ...terminal});
	chooseColors(color);
	const log = createOutputLog();
	const restoreWarnings = divertWarnings(log);
	try {
		await run(request, {opened, color, terminal, log});
		return 0;
	} finally {
		restoreWarnings();
		if (terminal.env['KNET_DEBUG']) {
			terminal.say(log.text());
		}
	}
}

type Run = {
	readonly opened: Opened | undefined;
	readonly color: boolean;
	readonly terminal: Terminal;
	readonly log: OutputLog;
};

async function run(request: SessionRequest, {opened, color, terminal, log}: Run): Promise<void> {
	const turns = createTerminalTurns({stdin: process.stdin, stdout: process.stdout, stopProcess});
	const {session, opened: opening} = superviseSession({
		start: threadFor(
			{...request, ignore: terminal.config?.ignore, program: terminal.program},
			{log, env: terminal.env},
		),
		clock: systemClock,
		lendTerminal: turns.lend,
		shown: openingState(request, Date.now()),
	});
	try {
		const {theme, keys, favourites} = terminal.config ?? {};
		const remembered = await rememberedPins(terminal.env);
		const named = (text: string): string => asCalled(text, terminal.program);
		const options = {session, opened, turns, theme, keys, favourites, named, ...remembered};
		if (request.flags.screenReader) {
			const [{startSpoken}] = await Promise.all([import('../ui/start-spoken.tsx'), opening]);
			return await startSpoken(options);
		}

		const ascii = wantsAscii(request.flags, terminal.env);
		const {startExplorer} = await import('../ui/start.tsx');
		// The screen does not wait for the worker; it is left where that cannot open what is asked for.
		await startExplorer({...options, opening, color, ascii});
	} finally {
		await session.stop();
	}
}

/** Pins of the runs before, and what keeps them for the next. */
async function rememberedPins(env: NodeJS.ProcessEnv): Promise<Pick<StartOptions, 'pins' | 'remember'>> {
	const {state} = ownPathsOf(env);
	const write = pinWriter(state);
	return {
		pins: await readPins(state),
		// A state that cannot be written is no reason to leave the screen.
		remember: (context, pins) => void write(context, pins).catch(() => {}),
	};
}

function threadFor(
	request: SessionRequest,
	options: {readonly log: OutputLog; readonly env: NodeJS.ProcessEnv},
) {
	const {flags} = request;
	return (again: boolean, context: string | undefined) =>
		startThread(
			{
				...request,
				isScreenOpen: again || !flags.screenReader,
				flags: context === undefined ? flags : inContext(flags, context),
			},
			options,
		);
}

/** chalk, inside Ink, reads FORCE_COLOR when it is loaded and knows nothing of NO_COLOR. 1 is the 16 ANSI colours. */
function chooseColors(color: boolean): void {
	delete process.env['NO_COLOR'];
	// Ink would rewrite the whole screen each time: --screen-reader says it in lines.
	delete process.env['INK_SCREEN_READER'];
	process.env['FORCE_COLOR'] = color ? '1' : '0';
}
