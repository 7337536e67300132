import {byte} from './bytes.ts';

/** Finds the end of one JSON object in chunks. Strings are walked over, so braces in them do not count. */
type ItemScanner = {
	/** Index after the object's last brace, or -1 when the chunk ends before it. `from` is at or within the object. */
	scan(chunk: Uint8Array, from: number): number;
};

export function createItemScanner(): ItemScanner {
	let depth = 0;
	let inString = false;
	let escaped = false;

	// One loop over all bytes, on local variables: the hottest code of a list.
	const scan = (chunk: Uint8Array, from: number): number => {
		let level = depth;
		let quoted = inString;
		let index = from;
		if (escaped && index < chunk.length) {
			escaped = false;
			index++;
		}

		for (; index < chunk.length; index++) {
			const code = chunk[index];
			if (quoted) {
				if (code === byte.backslash) {
					index++;
				} else if (code === byte.quote) {
					quoted = false;
				}
			} else if (code === byte.quote) {
				quoted = true;
			} else if (code === byte.openBrace) {
				level++;
			} else if (code === byte.closeBrace && --level === 0) {
				depth = 0;
				inString = false;
				return index + 1;
			}
		}

		// A backslash was the last byte: what it escapes is in the next chunk.
		escaped = index > chunk.length;
		depth = level;
		inString = quoted;
		return -1;
	};

	return {scan};
}
