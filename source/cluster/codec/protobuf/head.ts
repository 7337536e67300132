import {StreamError} from '../stream-error.ts';
import type {ByteQueue} from './byte-queue.ts';
import {Reader} from './reader.ts';

/** Every object in protobuf starts with these four bytes; an `Unknown` message follows (API concepts). */
const magic: Uint8Array = Uint8Array.of(0x6b, 0x38, 0x73, 0x00);

/** Takes the magic bytes off; false while they are not all there. */
export function takeMagic(queue: ByteQueue): boolean {
	if (queue.length < magic.length) {
		return false;
	}

	withoutMagic(queue.take(magic.length));
	return true;
}

/** The `Unknown` message of an object. */
export function withoutMagic(bytes: Uint8Array): Uint8Array {
	if (!magic.every((byte, index) => bytes[index] === byte)) {
		throw new StreamError('The answer is no protobuf.');
	}

	return bytes.subarray(magic.length);
}

/** The tag of the next field: its number, the length of its value, and the size of the tag itself. */
export type Head = {readonly field: number; readonly length: number; readonly size: number};

/** Bytes of a tag and a length at most. */
const maximumHead = 20;

/** The next head, once it is whole; it is not taken. All fields of lists and of their envelope have a length. */
export function peekHead(queue: ByteQueue): Head | undefined {
	const bytes = queue.peek(maximumHead);
	const first = bytes.findIndex((byte) => byte < 0x80);
	const isWhole = first >= 0 && bytes.subarray(first + 1).some((byte) => byte < 0x80);
	if (!isWhole && bytes.length < maximumHead) {
		return undefined;
	}

	const reader = new Reader(bytes);
	const tag = reader.varint();
	if ((tag & 7) !== 2) {
		throw new StreamError('The answer is no list in protobuf.');
	}

	const length = reader.varint();
	return {field: tag >>> 3, length, size: reader.at};
}
