import type {Buffer} from 'node:buffer';

/** Longer texts are rarely met twice. Bytes. */
const longest = 64;

/** A power of two: a few thousand texts are most of what a cluster says again and again. */
const slots = 4096;

const cache: string[] = Array.from({length: slots}, () => '');

/**
UTF-8 as a string. A text that was read shortly before gives the same string: thousands of pods have the same image, node and
condition, comparing bytes takes less time than making a string, and memory holds each string once.
*/
export function cachedText(bytes: Buffer, from: number, end: number): string {
	const length = end - from;
	if (length > longest) {
		return bytes.toString('utf8', from, end);
	}

	const slot = slotOf(bytes, from, end);
	const held = cache[slot] ?? '';
	if (held.length === length && isSame(held, bytes, from)) {
		return held;
	}

	const text = bytes.toString('utf8', from, end);
	// As many characters as bytes: it is ASCII, and only then can the two be compared one by one.
	if (text.length === length) {
		cache[slot] = text;
	}

	return text;
}

function slotOf(bytes: Buffer, from: number, end: number): number {
	let hash = 0;
	for (let index = from; index < end; index++) {
		hash = (Math.imul(hash, 31) + (bytes[index] ?? 0)) | 0;
	}

	return (hash ^ (hash >>> 12)) & (slots - 1);
}

function isSame(text: string, bytes: Buffer, from: number): boolean {
	for (let index = 0; index < text.length; index++) {
		if (text.charCodeAt(index) !== bytes[from + index]) {
			return false;
		}
	}

	return true;
}
