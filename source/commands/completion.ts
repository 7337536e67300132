import {UserError} from '../errors.ts';
import {scripts, shells} from './complete/scripts.ts';
import type {Terminal} from './output/terminal.ts';

/** `knet completion SHELL`: a script that makes the shell ask knet. */
export function completion(words: readonly string[], {print}: Terminal): number {
	const [word] = words;
	const shell = shells.find((each) => each === word);
	if (shell === undefined) {
		throw new UserError(
			word === undefined
				? 'knet completion needs a shell.'
				: `knet completes for ${shells.join(', ')}, not for ${word}.`,
			'For example: source <(knet completion bash).',
		);
	}

	print(scripts[shell]());
	return 0;
}
