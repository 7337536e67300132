import stringWidth from 'string-width';

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
	return /^[\u0020-\u007e]*$/.test(text) ? text.length : stringWidth(text);
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

/** Fills a text up with spaces at its end, or at its beginning. */
export function padTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
	const fill = ' '.repeat(Math.max(0, width - widthOf(text)));
	return align === 'left' ? text + fill : fill + text;
}
