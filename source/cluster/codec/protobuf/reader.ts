import {Buffer} from 'node:buffer';
import {StreamError} from '../stream-error.ts';
import {cachedText} from './text-cache.ts';

/** Walks over the bytes of protobuf messages. Every method throws `StreamError` past the end. */
export class Reader {
	at = 0;
	readonly length: number;
	readonly #buffer: Buffer;

	constructor(bytes: Uint8Array) {
		this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.length = bytes.length;
	}

	/** Exact up to 2^53; negative numbers as the API writes them (two's complement in 64 bits). */
	varint(): number {
		// One byte is by far the most common: tags and lengths.
		const first = this.#buffer[this.at];
		if (first !== undefined && first < 0x80) {
			this.at++;
			return first;
		}

		return this.#longVarint();
	}

	/** UTF-8 up to `end`. */
	text(end: number): string {
		const from = this.#moveTo(end);
		return cachedText(this.#buffer, from, end);
	}

	/** A view up to `end`, not a copy. */
	bytes(end: number): Uint8Array {
		const from = this.#moveTo(end);
		return this.#buffer.subarray(from, end);
	}

	/** Passes over a value of this wire type. */
	skip(wireType: number): void {
		switch (wireType) {
			case 0:
				this.varint();
				return;
			case 1:
				this.#moveTo(this.at + 8);
				return;
			case 2: {
				const size = this.varint();
				this.#moveTo(this.at + size);
				return;
			}

			case 5:
				this.#moveTo(this.at + 4);
				return;
			default:
				throw new StreamError('The answer is no protobuf: a field of no known type.');
		}
	}

	/** Returns where it was. */
	#moveTo(end: number): number {
		const from = this.at;
		if (end > this.length || end < from) {
			throw new StreamError('The answer is no protobuf: it ends within a field.');
		}

		this.at = end;
		return from;
	}

	/** Seven bytes hold 49 bits, which a number holds exactly. Longer ones are rare: they are negative. */
	#longVarint(): number {
		let value = 0;
		let factor = 1;
		const end = Math.min(this.at + 7, this.length);
		for (let index = this.at; index < end; index++) {
			const byte = this.#buffer[index] ?? 0;
			value += (byte & 0x7f) * factor;
			factor *= 128;
			if (byte < 0x80) {
				this.at = index + 1;
				return value;
			}
		}

		return this.#hugeVarint();
	}

	#hugeVarint(): number {
		let value = 0n;
		const end = Math.min(this.at + 10, this.length);
		for (let index = this.at; index < end; index++) {
			const byte = this.#buffer[index] ?? 0;
			value |= BigInt(byte & 0x7f) << BigInt(7 * (index - this.at));
			if (byte < 0x80) {
				this.at = index + 1;
				return Number(BigInt.asIntN(64, value));
			}
		}

		throw new StreamError('The answer is no protobuf: a number does not end.');
	}
}
