import type {Look} from './theme.ts';

const colours = {red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36} as const;

/**
A text as a theme wants it. Written here and not by chalk, which without colour drops weight as well: NO_COLOR asks for no
colour, and bold, dim and reverse are none.
*/
export function styled(text: string, {color, bold, dimColor, inverse}: Look): string {
	if (text === '') {
		return '';
	}

	const coloured = color ? around(text, colours[color], 39) : text;
	const dimmed = dimColor ? around(coloured, 2, 22) : coloured;
	const weighed = bold ? around(dimmed, 1, 22) : dimmed;
	return inverse ? around(weighed, 7, 27) : weighed;
}

function around(text: string, on: number, off: number): string {
	return `\u001B[${on}m${text}\u001B[${off}m`;
}
