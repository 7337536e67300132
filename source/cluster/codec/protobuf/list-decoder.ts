import type {Wire} from '../../../projection/wire.ts';
import type {ListDecoder, ListMeta} from '../codec.ts';
import {StreamError} from '../stream-error.ts';
import {createByteQueue, type ByteQueue} from './byte-queue.ts';
import {decode} from './decode.ts';
import {createReader} from './reader.ts';

/** Every object in protobuf starts with these four bytes; an `Unknown` message follows (API concepts). */
export const magic: Uint8Array = Uint8Array.of(0x6b, 0x38, 0x73, 0x00);

/** Bytes of a tag and a length at most. */
const headSize = 20;

/** `Unknown.raw`, and in it `metadata` and `items` of every list (generated.proto). */
const rawField = 2;
const metadataField = 1;
const itemsField = 2;

/** Decodes the items of a list while it arrives. `maximum`: bytes of an item; larger ones are left out. */
export function createListDecoder(item: string, maximum: number): ListDecoder {
	const queue = createByteQueue();
	/** Bytes of the list that are still to come: unknown before `Unknown.raw` begins. */
	let left: number | undefined;
	let isStarted = false;
	let skipping = 0;
	let meta: Wire | undefined;
	let oversize = 0;

	/** Whether it got further. */
	const advance = (emit: (item: Wire) => void): boolean => {
		if (skipping > 0) {
			const size = Math.min(skipping, queue.length);
			queue.take(size);
			skipping -= size;
			return size > 0;
		}

		if (!isStarted) {
			isStarted = takeMagic(queue);
			return isStarted;
		}

		return left === undefined || left === 0 ? takeOutside() : takeInside(emit);
	};

	const takeOutside = (): boolean => {
		const head = peekHead(queue, left === 0);
		if (!head) {
			return false;
		}

		if (head.field === rawField && left === undefined) {
			queue.take(head.size);
			left = head.length;
			return true;
		}

		queue.take(head.size);
		skipping = head.length;
		return true;
	};

	const takeInside = (emit: (item: Wire) => void): boolean => {
		const head = peekHead(queue, false);
		if (!head) {
			return false;
		}

		const whole = head.size + head.length;
		if (head.field === itemsField && head.length > maximum) {
			oversize++;
			return skip(head, whole);
		}

		if (head.field !== itemsField && head.field !== metadataField) {
			return skip(head, whole);
		}

		if (queue.length < whole) {
			return false;
		}

		left = (left ?? 0) - whole;
		const bytes = queue.take(whole).subarray(head.size);
		if (head.field === itemsField) {
			emit(decode(item, bytes));
		} else {
			meta = decode('ListMeta', bytes);
		}

		return true;
	};

	const skip = (head: Head, whole: number): boolean => {
		left = (left ?? 0) - whole;
		queue.take(head.size);
		skipping = head.length;
		return true;
	};

	return {
		push(chunk, emit) {
			queue.push(chunk);
			while (advance(emit)) {
				// Goes on as long as there is something whole.
			}
		},
		end() {
			if (left !== 0 || skipping > 0 || queue.length > 0 || meta === undefined) {
				throw new StreamError('The list ended in the middle.');
			}

			return {...listMeta(meta), oversize};
		},
	};
}

function listMeta(meta: Wire): Omit<ListMeta, 'oversize'> {
	return {resourceVersion: String(meta['resourceVersion'] ?? ''), continue: String(meta['continue'] ?? '')};
}

function takeMagic(queue: ByteQueue): boolean {
	if (queue.length < magic.length) {
		return false;
	}

	if (!queue.take(magic.length).every((byte, index) => byte === magic[index])) {
		throw new StreamError('The answer is no protobuf.');
	}

	return true;
}

type Head = {readonly field: number; readonly length: number; readonly size: number};

/** Tag and length of the next field, once they are whole. All fields of these messages have a length. */
function peekHead(queue: ByteQueue, isEmptyAllowed: boolean): Head | undefined {
	if (queue.length === 0 && isEmptyAllowed) {
		return undefined;
	}

	const bytes = queue.peek(headSize);
	if (!hasTwoVarints(bytes)) {
		if (bytes.length === headSize) {
			throw new StreamError('The answer is no protobuf: a number does not end.');
		}

		return undefined;
	}

	const reader = createReader(bytes);
	const tag = reader.varint();
	if ((tag & 7) !== 2) {
		throw new StreamError('The answer is no list in protobuf.');
	}

	const length = reader.varint();
	return {field: tag >>> 3, length, size: reader.at};
}

function hasTwoVarints(bytes: Uint8Array): boolean {
	const first = bytes.findIndex((byte) => byte < 0x80);
	return first >= 0 && bytes.subarray(first + 1).some((byte) => byte < 0x80);
}
