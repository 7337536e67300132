import {openScreen as open, type Screen} from '../../helpers/screen.ts';
import {program} from './environment.ts';

export type {Screen} from '../../helpers/screen.ts';

/** The built knet on a terminal of its own. */
export function openScreen(
	args: readonly string[],
	size: {readonly columns?: number; readonly rows?: number} = {},
): Screen {
	return open(program, args, size);
}
