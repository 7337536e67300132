import {safeLines} from '../model/safe.ts';
import {isCommand} from './command-table.ts';
import {parseArguments} from './flags.ts';
import {run} from './run.ts';
import {sayError} from './say-error.ts';
import type {Terminal} from './terminal.ts';

/** Runs a command line and says what fails; resolves to the exit code. `program` is what the user calls knet by. */
export async function main(args: readonly string[], program: string, given: Terminal): Promise<number> {
	// Messages may hold names of a kubeconfig, of files and of arguments: nobody vouches for them.
	const terminal: Terminal = {...given, say: (text) => given.say(safeLines(text))};
	try {
		const {words, flags} = parseArguments(args);
		const [first, ...rest] = words;
		return isCommand(first)
			? await run({command: first, words: rest, flags, program}, terminal)
			: await run({command: 'explore', words, flags, program}, terminal);
	} catch (error) {
		return sayError(error, terminal);
	}
}
