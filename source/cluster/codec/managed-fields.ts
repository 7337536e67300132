import {byte, isSpace} from './bytes.ts';

const key = Buffer.from('"managedFields":');

/**
The object without `metadata.managedFields`, about 40 % of its bytes, which nothing here reads. Found as bytes: within a
JSON string the quotes of the key would be escaped, so it can only be a key.
*/
export function withoutManagedFields(item: Uint8Array): Uint8Array {
	const buffer = Buffer.from(item.buffer, item.byteOffset, item.byteLength);
	const at = buffer.indexOf(key);
	if (at < 0) {
		return item;
	}

	const value = skipSpace(buffer, at + key.length);
	const end = buffer[value] === byte.openBracket ? endOfArray(buffer, value) : -1;
	return end < 0 ? item : cut(buffer, at, end);
}

function skipSpace(bytes: Uint8Array, from: number): number {
	let index = from;
	while (index < bytes.length && isSpace(bytes[index] ?? 0)) {
		index++;
	}

	return index;
}

/** Index after the bracket that closes the array at `from`, or -1. */
function endOfArray(bytes: Uint8Array, from: number): number {
	let depth = 0;
	let inString = false;
	for (let index = from; index < bytes.length; index++) {
		const code = bytes[index];
		if (inString) {
			if (code === byte.backslash) {
				index++;
			} else if (code === byte.quote) {
				inString = false;
			}
		} else if (code === byte.quote) {
			inString = true;
		} else if (code === byte.openBracket) {
			depth++;
		} else if (code === byte.closeBracket && --depth === 0) {
			return index + 1;
		}
	}

	return -1;
}

/** Cuts one comma as well: the one after it, or for the last key the one before. */
function cut(bytes: Buffer, from: number, to: number): Uint8Array {
	const after = skipSpace(bytes, to);
	if (bytes[after] === byte.comma) {
		return Buffer.concat([bytes.subarray(0, from), bytes.subarray(after + 1)]);
	}

	let before = from - 1;
	while (before >= 0 && isSpace(bytes[before] ?? 0)) {
		before--;
	}

	const start = bytes[before] === byte.comma ? before : from;
	return Buffer.concat([bytes.subarray(0, start), bytes.subarray(to)]);
}
