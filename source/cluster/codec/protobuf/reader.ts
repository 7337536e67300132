import {Buffer} from 'node:buffer';
import {StreamError} from '../stream-error.ts';

/** Walks over the bytes of protobuf messages. Every method throws `StreamError` past the end. */
export type Reader = {
	readonly at: number;
	readonly length: number;
	/** As a number: exact up to 2^53, negative ones as the API writes them (int32 and int64 in two's complement). */
	varint(): number;
	/** UTF-8 up to `end`. */
	text(end: number): string;
	/** A view, not a copy. */
	bytes(end: number): Uint8Array;
	/** Passes over a value of this wire type. */
	skip(wireType: number): void;
};

export function createReader(source: Uint8Array): Reader {
	const buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
	const {length} = buffer;
	let at = 0;

	const moveTo = (end: number): void => {
		if (end > length || end < at) {
			throw new StreamError('The answer is no protobuf: it ends within a field.');
		}

		at = end;
	};

	const varint = (): number => {
		// One byte is by far the most common: tags and lengths.
		const first = buffer[at];
		if (first !== undefined && first < 0x80) {
			at++;
			return first;
		}

		return longVarint();
	};

	/** Seven bytes hold 49 bits, which a number holds exactly. Longer ones are rare: they are negative. */
	const longVarint = (): number => {
		let value = 0;
		let factor = 1;
		for (let index = at; index < at + 7 && index < length; index++) {
			const byte = buffer[index] ?? 0;
			value += (byte & 0x7f) * factor;
			factor *= 128;
			if (byte < 0x80) {
				at = index + 1;
				return value;
			}
		}

		return hugeVarint();
	};

	const hugeVarint = (): number => {
		let value = 0n;
		for (let index = 0; index < 10 && at + index < length; index++) {
			const byte = buffer[at + index] ?? 0;
			value |= BigInt(byte & 0x7f) << BigInt(7 * index);
			if (byte < 0x80) {
				at += index + 1;
				return Number(BigInt.asIntN(64, value));
			}
		}

		throw new StreamError('The answer is no protobuf: a number does not end.');
	};

	return {
		get at() {
			return at;
		},
		length,
		varint,
		text(end) {
			const from = at;
			moveTo(end);
			return buffer.toString('utf8', from, end);
		},
		bytes(end) {
			const from = at;
			moveTo(end);
			return buffer.subarray(from, end);
		},
		skip(wireType) {
			switch (wireType) {
				case 0:
					varint();
					return;
				case 1:
					return moveTo(at + 8);
				case 2: {
					const size = varint();
					return moveTo(at + size);
				}

				case 5:
					return moveTo(at + 4);
				default:
					throw new StreamError('The answer is no protobuf: a field of no known type.');
			}
		},
	};
}
