import {byte} from './bytes.ts';
import {createPieces} from './pieces.ts';
import {StreamError} from './stream-error.ts';

/** Cuts bytes into lines, wherever the chunks end. */
export type Lines = {
	push(chunk: Uint8Array, emit: (line: Uint8Array) => void): void;
	/** Throws when the bytes ended within a line. */
	end(): void;
};

/** `maximum`: bytes of a line. */
export function createLines(maximum: number): Lines {
	const pieces = createPieces(maximum);

	const keep = (rest: Uint8Array): void => {
		pieces.add(rest);
		if (pieces.isOver) {
			throw new StreamError(`An event is larger than ${maximum} bytes.`);
		}
	};

	return {
		push(chunk, emit) {
			let from = 0;
			for (;;) {
				const end = chunk.indexOf(byte.newline, from);
				if (end < 0) {
					keep(chunk.subarray(from));
					return;
				}

				if (pieces.length + end - from > maximum) {
					keep(chunk.subarray(from, end));
				}

				emit(pieces.take(chunk.subarray(from, end)));
				from = end + 1;
			}
		},
		end() {
			if (pieces.length > 0) {
				throw new StreamError('The watch ended in the middle of an event.');
			}
		},
	};
}
