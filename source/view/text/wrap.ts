import {oneLine} from './line.ts';
import {takeWidth, widthOf} from './width.ts';

/** Breaks a text into lines at spaces, and inside a word only where the word is wider than a line. */
export function wrap(text: string, width: number): readonly string[] {
	return text
		.split(/\r\n|\r|\n/)
		.flatMap((paragraph) => wrapParagraph(oneLine(paragraph), Math.max(1, width)));
}

function wrapParagraph(text: string, width: number): string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of text.trimEnd().split(' ')) {
		const joined = current === '' ? word : `${current} ${word}`;
		if (widthOf(joined) <= width) {
			current = joined;
			continue;
		}

		if (current !== '') {
			lines.push(current);
		}

		const pieces = breakWord(word, width);
		lines.push(...pieces.slice(0, -1));
		current = pieces.at(-1) ?? '';
	}

	return [...lines, current];
}

function breakWord(word: string, width: number): string[] {
	const pieces: string[] = [];
	let rest = word;
	while (widthOf(rest) > width) {
		// A grapheme wider than the line is kept whole: cutting it would show nothing at all.
		const piece = takeWidth(rest, width) || String.fromCodePoint(rest.codePointAt(0)!);
		pieces.push(piece);
		rest = rest.slice(piece.length);
	}

	return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}
