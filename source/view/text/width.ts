import stringWidth from 'string-width';

/** What is one column wide and joins nothing beside it: ASCII, and the signs of `glyphs.ts`. */
export const oneColumnEach =
	/^[\u0020-\u007E\u00AB\u00B7\u00D7\u2016\u2022\u2026\u203A\u2190-\u2194\u232B\u23CE\u2500-\u259F\u25C2\u25CF\u2713\u2717\u276F\u2800-\u28FF]*$/;

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
	return oneColumnEach.test(text) ? text.length : stringWidth(text);
}

/** Of many rows: more than a function takes arguments. */
export function widest<T>(rows: readonly T[], textOf: (row: T) => string): number {
	return rows.reduce((most, row) => Math.max(most, widthOf(textOf(row))), 0);
}

const segmenter = new Intl.Segmenter();

/** The longest beginning of a text that fits; never half a grapheme. */
export function takeWidth(text: string, width: number): string {
	if (widthOf(text) <= width) {
		return text;
	}

	let taken = '';
	let used = 0;
	for (const {segment} of segmenter.segment(text)) {
		used += widthOf(segment);
		if (used > width) {
			break;
		}

		taken += segment;
	}

	return taken;
}

/** Cuts a text to a width; what is cut off is shown by `ellipsis`. */
export function truncate(text: string, width: number, ellipsis: string): string {
	if (widthOf(text) <= width) {
		return text;
	}

	return width <= 0 ? '' : takeWidth(text, width - widthOf(ellipsis)) + ellipsis;
}

/** Cuts a text in its middle: names of pods differ at their ends. */
export function truncateMiddle(text: string, width: number, ellipsis: string): string {
	const room = width - widthOf(ellipsis);
	if (widthOf(text) <= width || room < 2) {
		return truncate(text, width, ellipsis);
	}

	const end = Math.ceil(room / 2);
	return takeWidth(text, room - end) + ellipsis + takeWidthOfEnd(text, end);
}

function takeWidthOfEnd(text: string, width: number): string {
	const segments = Array.from(segmenter.segment(text), ({segment}) => segment);
	let from = segments.length;
	for (let used = 0; from > 0; from--) {
		used += widthOf(segments[from - 1]!);
		if (used > width) {
			break;
		}
	}

	return segments.slice(from).join('');
}

/** Fills a text up with spaces at its end, or at its beginning. */
export function padTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
	const fill = ' '.repeat(Math.max(0, width - widthOf(text)));
	return align === 'left' ? text + fill : fill + text;
}
