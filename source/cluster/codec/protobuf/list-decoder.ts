import type {Omitted} from '../../../model/snapshot.ts';
import {text, type Wire} from '../../../projection/wire.ts';
import type {ListDecoder} from '../codec.ts';
import {StreamError} from '../stream-error.ts';
import {beginning} from '../omitted-name.ts';
import {createByteQueue, type ByteQueue} from './byte-queue.ts';
import {decode} from './decode.ts';
import {peekHead, takeMagic, type Head} from './head.ts';
import {nameInProtobuf} from './omitted-name.ts';

/** `Unknown.raw`, and in it `metadata` and `items` of every list (generated.proto). */
const rawField = 2;
const metadataField = 1;
const itemsField = 2;

/** Decodes the items of a list while it arrives. `maximum`: bytes of an item; larger ones are left out. */
export function createListDecoder(item: string, maximum: number): ListDecoder {
	const queue = createByteQueue();
	let place: 'start' | 'before' | 'within' | 'after' = 'start';
	/** Bytes of the list that are still to come, once they have begun to. */
	let left = 0;
	let skipping = 0;
	let meta: Wire | undefined;
	const omitted: Omitted[] = [];

	/** One part further, as long as there is one. */
	const advance = (emit: (item: Wire) => void): boolean => {
		if (skipping > 0) {
			skipping -= queue.take(Math.min(skipping, queue.length)).length;
			return skipping === 0;
		}

		if (place === 'start') {
			place = takeMagic(queue) ? 'before' : 'start';
			return place === 'before';
		}

		const head = peekHead(queue);
		return head !== undefined && (place === 'within' ? readWithin(head, emit) : readAround(head));
	};

	const readAround = (head: Head): boolean => {
		queue.take(head.size);
		if (place === 'before' && head.field === rawField) {
			left = head.length;
			place = 'within';
		} else {
			skipping = head.length;
		}

		return true;
	};

	const readWithin = (head: Head, emit: (item: Wire) => void): boolean => {
		const size = head.size + head.length;
		const isWanted = head.field === metadataField || (head.field === itemsField && head.length <= maximum);
		const needed = isWanted ? size : head.size + Math.min(head.length, beginning);
		if (queue.length < needed) {
			return false;
		}

		left -= size;
		if (left < 0) {
			throw new StreamError('The answer is no list in protobuf: an item is longer than the list.');
		}

		place = left === 0 ? 'after' : 'within';
		const bytes = queue.take(isWanted ? size : head.size).subarray(head.size);
		if (!isWanted) {
			skipping = head.length;
			omitted.push(...(head.field === itemsField ? [omittedItem(queue, head)] : []));
		} else if (head.field === itemsField) {
			emit(decode(item, bytes));
		} else {
			meta = decode('ListMeta', bytes);
		}

		return true;
	};

	return {
		push(chunk, emit) {
			queue.push(chunk);
			while (advance(emit)) {
				// Until nothing whole is left.
			}
		},
		end() {
			if (place !== 'after' || skipping > 0 || queue.length > 0 || meta === undefined) {
				throw new StreamError('The list ended in the middle.');
			}

			return {resourceVersion: text(meta['resourceVersion']), continue: text(meta['continue']), omitted};
		},
	};
}

/** An item that begins in the queue, and whose rest is skipped. */
function omittedItem(queue: ByteQueue, {length}: Head): Omitted {
	return {...nameInProtobuf(queue.peek(Math.min(length, beginning))), bytes: length};
}
