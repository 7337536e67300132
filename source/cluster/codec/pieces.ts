/** Bytes that arrive in pieces, up to a bound. Past it nothing more is kept. */
type Pieces = {
	/** A copy is kept: a transport may reuse its buffer. */
	add(piece: Uint8Array): void;
	/** Returns everything so far with `last` appended, and is empty then. One piece alone is not copied. */
	take(last: Uint8Array): Uint8Array;
	/** The first bytes of all so far and `last`, also past the bound. */
	beginning(last: Uint8Array, size: number): Uint8Array;
	readonly length: number;
	readonly isOver: boolean;
};

/** How many bytes are kept of a text that is too long. */
const longestBeginning = 64 * 1024;

/** `maximum` in bytes. */
export function createPieces(maximum: number): Pieces {
	let pieces: Uint8Array[] = [];
	let length = 0;
	/** Of what was dropped. */
	let first: Uint8Array | undefined;
	return {
		add(piece) {
			length += piece.length;
			if (length > maximum) {
				first ??= new Uint8Array(Buffer.concat([...pieces, piece]).subarray(0, longestBeginning));
				pieces = [];
			} else if (piece.length > 0) {
				pieces.push(new Uint8Array(piece));
			}
		},
		take(last) {
			const whole = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
			pieces = [];
			length = 0;
			first = undefined;
			return whole;
		},
		beginning: (last, size) => (first ?? Buffer.concat([...pieces, last])).subarray(0, size),
		get length() {
			return length;
		},
		get isOver() {
			return length > maximum;
		},
	};
}
