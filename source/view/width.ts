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
