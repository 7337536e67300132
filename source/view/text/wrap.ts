import {oneLine} from './line.ts';
import {takeWidth, widthOf} from './width.ts';

/** Breaks a text into lines at spaces. A word that is wider than a line is broken too: after a dot, slash or equals sign, where one is near the end. */
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

/** After such a sign a path of fields or a label is still read easily (`backend.port.` `number`). A sign in the first half would waste the line. */
function atSign(piece: string): string {
	const end = Math.max(...['.', '/', '='].map((sign) => piece.lastIndexOf(sign))) + 1;
	return end > piece.length / 2 ? piece.slice(0, end) : piece;
}

function breakWord(word: string, width: number): string[] {
	const pieces: string[] = [];
	let rest = word;
	while (widthOf(rest) > width) {
		// A grapheme wider than the line is kept whole: cutting it would show nothing at all.
		const piece = atSign(takeWidth(rest, width)) || String.fromCodePoint(rest.codePointAt(0)!);
		pieces.push(piece);
		rest = rest.slice(piece.length);
	}

	return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}
