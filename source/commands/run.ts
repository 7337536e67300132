import type {CommandName} from './command-table.ts';
import type {Flags} from './flags.ts';
import type {Terminal} from './terminal.ts';
import {verifyFlags} from './verify-flags.ts';
import {wantsAscii} from './wants-ascii.ts';

export type Invocation = {
	readonly command: CommandName | 'explore';
	readonly words: readonly string[];
	readonly flags: Flags;
	/** `knet` or `kubectl knet`. */
	readonly program: string;
};

/** Runs a command, loading only what it needs; resolves to the exit code. */
export async function run({command, words, flags, program}: Invocation, terminal: Terminal): Promise<number> {
	if (flags.help || command === 'help') {
		const [{helpText}, {linesInAscii}] = await Promise.all([import('./help.ts'), import('../view/ascii.ts')]);
		const text = helpText(program);
		terminal.print(wantsAscii(flags, terminal.env) ? linesInAscii(text) : text);
		return 0;
	}

	if (flags.version || command === 'version') {
		verifyFlags('version', {output: flags.output});
		const {printVersion} = await import('./version.ts');
		return printVersion(flags, terminal);
	}

	verifyFlags(command, flags);
	switch (command) {
		case 'explore':
			return (await import('./explore.ts')).explore(words, flags, terminal);
		case 'trace':
			return (await import('./trace.ts')).trace(words, flags, terminal);
		case 'scan':
			return (await import('./scan.ts')).scan(words, flags, terminal);
		case 'dns':
			return (await import('./dns.ts')).dns(words, flags, terminal);
		case 'explain':
			return (await import('./explain.ts')).explain(words, flags, terminal);
		case 'demo':
			return (await import('./demo.ts')).demo(words, flags, terminal);
		case 'record':
			return (await import('./record.ts')).record(words, flags, terminal);
		case 'snapshot':
			return (await import('./snapshot.ts')).snapshot(words, flags, terminal);
		case 'replay':
			return (await import('./replay.ts')).replay(words, flags, terminal);
		case 'rbac':
			return (await import('./rbac.ts')).rbac(terminal);
		case 'completion':
			return (await import('./completion.ts')).completion(words, terminal);
	}
}
