import {Buffer} from 'node:buffer';

/** Bytes waiting to be read, in whatever chunks they came. */
export type ByteQueue = {
	/** `chunk` is not copied. */
	push(chunk: Uint8Array): void;
	readonly length: number;
	/** The first bytes without taking them; fewer when there are not so many. */
	peek(size: number): Uint8Array;
	/** Takes exactly so many; there must be. Not copied when they lie in one chunk. */
	take(size: number): Uint8Array;
};

export function createByteQueue(): ByteQueue {
	let chunks: Uint8Array[] = [];
	let length = 0;

	const gather = (size: number): Uint8Array => {
		const [first] = chunks;
		if (first && first.length >= size) {
			return first;
		}

		const whole = Buffer.concat(chunks);
		chunks = [whole];
		return whole;
	};

	return {
		push(chunk) {
			if (chunk.length > 0) {
				chunks.push(chunk);
				length += chunk.length;
			}
		},
		get length() {
			return length;
		},
		peek: (size) => (length === 0 ? new Uint8Array(0) : gather(Math.min(size, length)).subarray(0, size)),
		take(size) {
			const whole = size === 0 ? new Uint8Array(0) : gather(size);
			const rest = whole.subarray(size);
			chunks = size === 0 ? chunks : [...(rest.length > 0 ? [rest] : []), ...chunks.slice(1)];
			length -= size;
			return whole.subarray(0, size);
		},
	};
}
