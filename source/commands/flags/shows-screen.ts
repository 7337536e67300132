import type {Flags} from './flags.ts';
import type {Terminal} from '../output/terminal.ts';

/** Whether the explorer may open, before it is known what the terminal can do. */
export function mayShowScreen({output}: Flags, {isTerminal}: Terminal): boolean {
	return process.stdin.isTTY && isTerminal && output === undefined;
}

/** Whether to open the explorer rather than print text. A dumb terminal gets text, and is told why. */
export function showsScreen(flags: Flags, terminal: Terminal): boolean {
	if (!mayShowScreen(flags, terminal)) {
		return false;
	}

	const {env, say} = terminal;

	// terminfo's entry for a terminal that can do nothing but print: Emacs' shell, CI consoles.
	if (env['TERM'] === 'dumb' && !flags.screenReader) {
		say('TERM=dumb is a terminal without a screen to draw on: this is text, printed once.\n');
		return false;
	}

	return true;
}
