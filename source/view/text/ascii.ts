import {widthOf} from './width.ts';

const alike: Readonly<Record<string, string>> = {
	'→': '>',
	'←': '<',
	'…': '~',
	'·': '.',
	'•': '*',
	'–': '-',
	'—': '-',
	'×': 'x',
	'“': '"',
	'”': '"',
	'‘': "'",
	'’': "'",
};

const segmenter = new Intl.Segmenter();

/** The text in ASCII, in the same number of columns: what has no likeness becomes question marks. */
export function toAscii(text: string): string {
	if (/^[\u0020-\u007e]*$/.test(text)) {
		return text;
	}

	return Array.from(segmenter.segment(text), ({segment}) =>
		/^[\u0020-\u007e]$/.test(segment) ? segment : (alike[segment] ?? '?'.repeat(widthOf(segment))),
	).join('');
}

/** The same for a text of several lines. */
export function linesInAscii(text: string): string {
	return text.split('\n').map(toAscii).join('\n');
}
