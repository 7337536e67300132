import type {Flags} from './flags.ts';
import type {Terminal} from '../output/terminal.ts';

/** Whether to open the explorer rather than print text. A dumb terminal gets text, and is told why. */
export function showsScreen({output, screenReader}: Flags, {isTerminal, env, say}: Terminal): boolean {
	if (!isTerminal || output !== undefined) {
		return false;
	}

	// terminfo's entry for a terminal that can do nothing but print: Emacs' shell, CI consoles.
	if (env['TERM'] === 'dumb' && !screenReader) {
		say('TERM=dumb is a terminal without a screen to draw on: this is text, printed once.\n');
		return false;
	}

	return true;
}
