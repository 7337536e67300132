import {byte, isSpace} from './bytes.ts';
import {maximumItem} from './codec.ts';
import {createEnvelopeScanner} from './envelope-scanner.ts';
import {createItemScanner} from './item-scanner.ts';
import {createPieces} from './pieces.ts';
import {StreamError} from './stream-error.ts';

/** Cuts a JSON list into its items while it arrives: the list itself is never held. */
export type ItemSplitter = {
	push(chunk: Uint8Array, emit: (item: Uint8Array) => void): void;
	/** The list without its items: `{"kind":"PodList","metadata":{…},"items":[]}`. */
	envelope(): Uint8Array;
	readonly oversize: number;
};

// Kind, metadata, a Status: a few hundred bytes.
const maximumEnvelope = 4 * 1024 * 1024;

export function createItemSplitter(maximum: number = maximumItem): ItemSplitter {
	const scanner = createItemScanner();
	const outside = createEnvelopeScanner();
	const item = createPieces(maximum);
	const envelope = createPieces(maximumEnvelope);
	let place: 'outside' | 'between' | 'item' = 'outside';
	let oversize = 0;

	const inItem = (chunk: Uint8Array, from: number, emit: (item: Uint8Array) => void): number => {
		const end = scanner.scan(chunk, from);
		const part = chunk.subarray(from, end < 0 ? chunk.length : end);
		if (end < 0) {
			item.add(part);
			return chunk.length;
		}

		place = 'between';
		if (item.length + part.length > maximum) {
			oversize++;
			item.take(part);
		} else {
			emit(item.take(part));
		}

		return end;
	};

	const between = (chunk: Uint8Array, from: number): number => {
		const code = chunk[from] ?? byte.space;
		if (code === byte.openBrace) {
			place = 'item';
			return from;
		}

		if (code === byte.closeBracket) {
			place = 'outside';
			return from;
		}

		if (code !== byte.comma && !isSpace(code)) {
			throw new StreamError('The list holds something that is no object.');
		}

		return from + 1;
	};

	const before = (chunk: Uint8Array, from: number): number => {
		const end = outside.scan(chunk, from);
		envelope.add(chunk.subarray(from, end < 0 ? chunk.length : end));
		place = end < 0 ? 'outside' : 'between';
		return end < 0 ? chunk.length : end;
	};

	const push = (chunk: Uint8Array, emit: (item: Uint8Array) => void): void => {
		let index = 0;
		while (index < chunk.length) {
			switch (place) {
				case 'item':
					index = inItem(chunk, index, emit);
					break;
				case 'between':
					index = between(chunk, index);
					break;
				case 'outside':
					index = before(chunk, index);
					break;
			}
		}
	};

	return {
		push,
		envelope() {
			if (envelope.isOver) {
				throw new StreamError('The answer is no list.');
			}

			return envelope.take(new Uint8Array(0));
		},
		get oversize() {
			return oversize;
		},
	};
}
