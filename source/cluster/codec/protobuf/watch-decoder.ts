import {Buffer} from 'node:buffer';
import {record, text, type Wire} from '../../../projection/wire.ts';
import type {WatchDecoder, WireEvent} from '../codec.ts';
import {StreamError} from '../stream-error.ts';
import {createByteQueue} from './byte-queue.ts';
import {decode} from './decode.ts';
import {withoutMagic} from './head.ts';

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
	const {raw} = record(event['object']);
	return {type: text(event['type']), object: raw instanceof Uint8Array ? objectOf(kind, raw) : {}};
}

/** An object in its envelope, where it is of the watched kind or a Status. Of anything else only `kind` and `apiVersion`. */
function objectOf(kind: string, bytes: Uint8Array): Wire {
	const {typeMeta, raw} = decode('Unknown', withoutMagic(bytes));
	const found = text(record(typeMeta)['kind']);
	const isKnown = (found === kind || found === 'Status') && raw instanceof Uint8Array;
	return isKnown ? {...record(typeMeta), ...decode(found, raw)} : record(typeMeta);
}
