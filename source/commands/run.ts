import type {Config} from '../config/config.ts';
import type {CommandLine} from './flags/command-line.ts';
import {isCommand, type CommandName} from './command-table.ts';
import type {Flags} from './flags/flags.ts';
import type {Main, Terminal} from './output/terminal.ts';

type Invocation = {
	readonly command: CommandName | 'explore';
	readonly words: readonly string[];
	readonly flags: Flags;
};

type Caller = {
	/** `knet` or `kubectl knet`. */
	readonly program: string;
	/** Runs the command lines that a command makes itself. */
	readonly main: Main;
};

/** Runs a command line, loading only what it needs; resolves to the exit code. */
export async function run(line: CommandLine, caller: Caller, terminal: Terminal): Promise<number> {
	const {program} = caller;
	const [first, ...rest] = line.words;
	const command = isCommand(first) ? first : 'explore';
	const words = isCommand(first) ? rest : line.words;
	if (command === 'help' || line.given.some(({name}) => name === 'help')) {
		const {help} = await import('./print-help.ts');
		return help(command === 'help' ? words : line.words.slice(0, 1), {line, program}, terminal);
	}

	const [{parseFlags}, {verifyFlags, verifyWords}] = await Promise.all([
		import('./flags/parse-flags.ts'),
		import('./flags/verify-flags.ts'),
	]);
	const flags = parseFlags(line);
	const asked = flags.version ? 'version' : command;
	verifyFlags(asked, flags);
	verifyWords(asked, asked === command ? words : []);
	return start({command: asked, words, flags, ...caller}, terminal);
}

async function start(
	{command, words, flags, program, main}: Invocation & Caller,
	terminal: Terminal,
): Promise<number> {
	switch (command) {
		case 'explore':
		case 'trace':
		case 'scan':
		case 'dns':
		case 'compare':
			return runConfigured({command, words, flags}, terminal);
		case 'explain':
			return (await import('./explain.ts')).explain(words, flags, terminal);
		case 'demo':
			return (await import('./demo.ts')).demo(words, flags, await withThemeAndKeys(terminal));
		case 'record':
			return (await import('./record.ts')).record(words, flags, terminal);
		case 'snapshot':
			return (await import('./snapshot.ts')).snapshot(words, flags, terminal);
		case 'replay':
			return (await import('./replay.ts')).replay(words, flags, await withThemeAndKeys(terminal));
		case 'rbac':
			return (await import('./rbac.ts')).rbac(terminal);
		case 'info':
			return (await import('./info.ts')).info(words, flags, terminal);
		case 'mcp':
			return (await import('./mcp/serve.ts')).serve(flags, terminal, main);
		case 'plugin':
			return (await import('./plugin.ts')).plugin(words, program, terminal);
		case 'completion':
			return (await import('./completion.ts')).completion(words, terminal);
		case 'version':
			return (await import('./version.ts')).printVersion(flags, terminal);
		case 'help':
			throw new Error('help is printed before a command starts');
	}
}

/** The explorer's worker thread loads while this one reads the configuration and loads the screen. */
async function startWorker(flags: Flags, terminal: Terminal): Promise<void> {
	const {mayShowScreen} = await import('./flags/shows-screen.ts');
	if (mayShowScreen(flags, terminal)) {
		const {startEarly} = await import('./data-source/worker-thread.ts');
		startEarly(terminal.env);
	}
}

async function configOf({env}: Terminal): Promise<Config> {
	const {readConfig} = await import('../config/read-config.ts');
	const {keymap} = await import('../ui/keys/keymap.ts');
	return readConfig(env, {
		commands: keymap.map(({command}) => command),
		codes: async () => Object.keys((await import('../path/catalogue.ts')).catalogue),
	});
}

/** The demo and replays have the theme and the keys of the configuration; the rest of it is about a cluster. */
async function withThemeAndKeys(terminal: Terminal): Promise<Terminal> {
	const {theme, keys} = await configOf(terminal);
	return {...terminal, config: {theme, keys}};
}

type Configured = Pick<Invocation, 'words' | 'flags'> & {
	readonly command: 'explore' | 'trace' | 'scan' | 'dns' | 'compare';
};

/** A command that looks at something: what the person wants of every run holds where no flag says otherwise. */
async function runConfigured(
	{command, words, flags: given}: Configured,
	terminal: Terminal,
): Promise<number> {
	if (command === 'explore') {
		await startWorker(given, terminal);
	}

	const config = await configOf(terminal);
	// A file is another place than the cluster that the configuration is about.
	const flags = given.filename ? given : {...given, from: given.from ?? config.from};
	const configured = {...terminal, config};
	switch (command) {
		case 'explore':
			return (await import('./explore.ts')).explore(words, flags, configured);
		case 'trace':
			return (await import('./trace.ts')).trace(words, flags, configured);
		case 'scan':
			return (await import('./scan.ts')).scan(words, flags, configured);
		case 'dns':
			return (await import('./dns.ts')).dns(words, flags, configured);
		case 'compare':
			return (await import('./compare.ts')).compare(words, flags, configured);
	}
}
