import {byte} from './bytes.ts';

/** Walks over what surrounds the items of a list and stops where they begin. */
type EnvelopeScanner = {
	/** Index after the bracket that opens `items` of the outermost object, or -1 when the chunk has none. */
	scan(chunk: Uint8Array, from: number): number;
};

const itemsKey = Buffer.from('items');

// The order of keys is the server's: structs write metadata before items, unstructured lists (CRDs) sort by name.
export function createEnvelopeScanner(): EnvelopeScanner {
	let depth = 0;
	let inString = false;
	let escaped = false;
	/** How much of `items` the string so far is; -1 when it is something else. */
	let matched = 0;
	let isItems = false;

	const inText = (code: number): void => {
		if (escaped) {
			escaped = false;
		} else if (code === byte.backslash) {
			escaped = true;
			matched = -1;
		} else if (code === byte.quote) {
			inString = false;
		} else {
			matched = matched >= 0 && itemsKey[matched] === code ? matched + 1 : -1;
		}
	};

	/** Whether the items begin here. */
	const outsideText = (code: number): boolean => {
		switch (code) {
			case byte.quote:
				inString = true;
				matched = 0;
				return false;
			case byte.colon:
				isItems = depth === 1 && matched === itemsKey.length;
				return false;
			case byte.openBracket:
				depth += isItems ? 0 : 1;
				return isItems;
			case byte.openBrace:
				depth++;
				isItems = false;
				return false;
			// The bracket that closes the items: depth was not raised where they began.
			case byte.closeBracket:
				depth -= isItems ? 0 : 1;
				isItems = false;
				return false;
			case byte.closeBrace:
				depth--;
				return false;
			case byte.comma:
				isItems = false;
				return false;
			default:
				return false;
		}
	};

	const scan = (chunk: Uint8Array, from: number): number => {
		for (let index = from; index < chunk.length; index++) {
			const code = chunk[index] ?? 0;
			if (inString) {
				inText(code);
			} else if (outsideText(code)) {
				return index + 1;
			}
		}

		return -1;
	};

	return {scan};
}
