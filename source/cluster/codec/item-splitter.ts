import type {Omitted} from '../../model/snapshot.ts';
import {byte, isSpace} from './bytes.ts';
import {maximumItem} from './codec.ts';
import {createEnvelopeScanner} from './envelope-scanner.ts';
import {createItemScanner} from './item-scanner.ts';
import {beginning, nameInJson} from './omitted-name.ts';
import {createPieces} from './pieces.ts';
import {StreamError} from './stream-error.ts';

/** Cuts a JSON list into its items while it arrives: the list itself is never held. */
type ItemSplitter = {
	push(chunk: Uint8Array, emit: (item: Uint8Array) => void): void;
	/** The list without its items: `{"kind":"PodList","metadata":{…},"items":[]}`. */
	envelope(): Uint8Array;
	/** Items left out because they were larger than the maximum. */
	readonly omitted: readonly Omitted[];
};

type Place = 'outside' | 'between' | 'item';

// Kind, metadata, a Status: a few hundred bytes.
const maximumEnvelope = 4 * 1024 * 1024;

export function createItemSplitter(maximum: number = maximumItem): ItemSplitter {
	const scanner = createItemScanner();
	const outside = createEnvelopeScanner();
	const item = createPieces(maximum);
	const envelope = createPieces(maximumEnvelope);
	let place: Place = 'outside';
	const omitted: Omitted[] = [];

	const inItem = (chunk: Uint8Array, from: number, emit: (item: Uint8Array) => void): number => {
		const end = scanner.scan(chunk, from);
		const part = chunk.subarray(from, end < 0 ? chunk.length : end);
		if (end < 0) {
			item.add(part);
			return chunk.length;
		}

		place = 'between';
		if (item.length + part.length > maximum) {
			omitted.push({...nameInJson(item.beginning(part, beginning)), bytes: item.length + part.length});
			item.take(part);
		} else {
			emit(item.take(part));
		}

		return end;
	};

	const outsideItems = (chunk: Uint8Array, from: number): number => {
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
					place = placeAt(chunk[index] ?? byte.space);
					index += place === 'between' ? 1 : 0;
					break;
				case 'outside':
					index = outsideItems(chunk, index);
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
		omitted,
	};
}

/** What begins with this byte, after one item and before the next. */
function placeAt(code: number): Place {
	if (code === byte.openBrace) {
		return 'item';
	}

	if (code === byte.closeBracket) {
		return 'outside';
	}

	if (code !== byte.comma && !isSpace(code)) {
		throw new StreamError('The list holds something that is no object.');
	}

	return 'between';
}
