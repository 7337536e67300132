import {UserError} from '../errors.ts';
import {nearest} from '../path/nearest.ts';
import type {CommandLine} from './flags/command-line.ts';
import {commandNames, isCommand} from './command-table.ts';
import {commandHelp, helpText} from './help.ts';
import type {Terminal} from './output/terminal.ts';
import {wantsAscii} from './flags/wants-ascii.ts';

/** `knet help [COMMAND]`, and `--help` with or without a command. */
export async function help(
	words: readonly string[],
	{line, program}: {readonly line: CommandLine; readonly program: string},
	{print, env}: Terminal,
): Promise<number> {
	const [word, another] = words;
	if (another !== undefined) {
		throw new UserError(
			`knet help takes one word; ${another} is one too many.`,
			'Write knet help [COMMAND].',
		);
	}

	const text = isCommand(word) ? commandHelp(word, program) : overviewFor(word, line, program);
	const ascii = line.given.some(({name}) => name === 'ascii');
	print(wantsAscii({ascii}, env) ? (await import('../view/text/ascii.ts')).linesInAscii(text) : text);
	return 0;
}

/** A TARGET with --help is the explorer's: its help is the overview. */
function overviewFor(word: string | undefined, {words}: CommandLine, program: string): string {
	if (word !== undefined && words[0] === 'help') {
		const like = nearest(word, commandNames)[0];
		throw new UserError(
			`There is no command ${word}.`,
			like ? `Did you mean knet help ${like}?` : 'knet --help lists the commands.',
		);
	}

	return helpText(program);
}
