import type {Line, Span} from './line.ts';
import {takeWidth, widthOf} from './width.ts';

export function lineWidth(line: Line): number {
	return line.reduce((width, {text}) => width + widthOf(text), 0);
}

/** Cuts a line to a width; what is cut off is shown by `ellipsis` in the tone of the text before it. */
export function fitLine(line: Line, width: number, ellipsis: string): Line {
	if (lineWidth(line) <= width) {
		return line;
	}

	const kept: Span[] = [];
	let room = width - widthOf(ellipsis);
	for (const part of line) {
		const size = widthOf(part.text);
		if (size > room) {
			const text = takeWidth(part.text, Math.max(0, room)) + (width > 0 ? ellipsis : '');
			kept.push({...part, text});
			break;
		}

		kept.push(part);
		room -= size;
	}

	return kept;
}

/** A line of exactly the width: cut, or filled with spaces. */
export function exactly(line: Line, width: number, ellipsis: string): Line {
	const fitted = fitLine(line, width, ellipsis);
	const missing = width - lineWidth(fitted);
	return missing > 0 ? [...fitted, {text: ' '.repeat(missing)}] : fitted;
}

/** A line of exactly the width with `right` at its end; `left` gives way. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
	const rightWidth = lineWidth(right);
	if (rightWidth === 0 || rightWidth >= width) {
		return exactly(rightWidth === 0 ? left : right, width, ellipsis);
	}

	return [...exactly(left, width - rightWidth, ellipsis), ...right];
}
