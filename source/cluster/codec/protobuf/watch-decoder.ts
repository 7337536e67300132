import {Buffer} from 'node:buffer';
import type {Wire} from '../../../projection/wire.ts';
import type {WatchDecoder, WireEvent} from '../codec.ts';
import {StreamError} from '../stream-error.ts';
import {createByteQueue} from './byte-queue.ts';
import {decode} from './decode.ts';
import {magic} from './list-decoder.ts';

/** Frames of a watch: a length of four bytes, big-endian, and a `WatchEvent` (apimachinery, util/framer). */
const lengthSize = 4;

/** `maximum`: bytes of one event. */
export function createWatchDecoder(kind: string, maximum: number): WatchDecoder {
	const queue = createByteQueue();

	const take = (): WireEvent | undefined => {
		if (queue.length < lengthSize) {
			return undefined;
		}

		const size = Buffer.from(queue.peek(lengthSize)).readUInt32BE();
		if (size > maximum) {
			throw new StreamError(`An event is larger than ${maximum} bytes.`);
		}

		if (queue.length < lengthSize + size) {
			return undefined;
		}

		return eventOf(kind, queue.take(lengthSize + size).subarray(lengthSize));
	};

	return {
		push(chunk, emit) {
			queue.push(chunk);
			for (let event = take(); event; event = take()) {
				emit(event);
			}
		},
		end() {
			if (queue.length > 0) {
				throw new StreamError('The watch ended in the middle of an event.');
			}
		},
	};
}

function eventOf(kind: string, bytes: Uint8Array): WireEvent {
	const event = decode('WatchEvent', bytes);
	const {raw} = event['object'] as {readonly raw?: Uint8Array};
	return {type: String(event['type'] ?? ''), object: raw ? objectOf(kind, raw) : {}};
}

/** An object in its envelope: of the watched kind, or a Status. Of any other kind only that is said. */
function objectOf(kind: string, bytes: Uint8Array): Wire {
	if (!magic.every((byte, index) => bytes[index] === byte)) {
		throw new StreamError('The answer is no protobuf.');
	}

	const {typeMeta, raw} = decode('Unknown', bytes.subarray(magic.length)) as {
		readonly typeMeta?: Wire;
		readonly raw?: Uint8Array;
	};
	const isKnown = typeMeta?.['kind'] === kind || typeMeta?.['kind'] === 'Status';
	return {...typeMeta, ...(isKnown && raw && decode(String(typeMeta['kind']), raw))};
}
