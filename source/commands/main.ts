import {safeLines} from '../model/safe-text/safe.ts';
import {asCalled} from './flags/as-called.ts';
import {readCommandLine} from './flags/command-line.ts';
import {run} from './run.ts';
import {sayError} from './output/say-error.ts';
import type {Terminal} from './output/terminal.ts';

/** Runs a command line and says what fails; resolves to the exit code. `program` is what the user calls knet by. */
export async function main(args: readonly string[], program: string, given: Terminal): Promise<number> {
	// Messages may hold names of a kubeconfig, of files and of arguments: nobody vouches for them.
	const terminal: Terminal = {
		...given,
		program,
		print: (text) => given.print(asCalled(text, program)),
		say: (text) => given.say(safeLines(asCalled(text, program))),
	};
	try {
		const [first, ...words] = args;
		if (first === '__complete' || first === '__complete-plugin') {
			const asker = first === '__complete' ? 'shell' : 'kubectl';
			return await (await import('./complete/answer.ts')).answer(words, given, asker);
		}

		return await run(readCommandLine(args), {program, main}, terminal);
	} catch (error) {
		return sayError(error, terminal);
	}
}
