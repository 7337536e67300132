/** Bytes that arrive in pieces, up to a bound. Past it nothing more is kept. */
export type Pieces = {
	/** A copy is kept: a transport may reuse its buffer. */
	add(piece: Uint8Array): void;
	/** All so far, with `last` appended, and empties itself. One piece alone is not copied. */
	take(last: Uint8Array): Uint8Array;
	readonly length: number;
	readonly isOver: boolean;
};

/** `maximum` in bytes. */
export function createPieces(maximum: number): Pieces {
	let pieces: Uint8Array[] = [];
	let length = 0;
	return {
		add(piece) {
			length += piece.length;
			if (length > maximum) {
				pieces = [];
			} else if (piece.length > 0) {
				pieces.push(new Uint8Array(piece));
			}
		},
		take(last) {
			const whole = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
			pieces = [];
			length = 0;
			return whole;
		},
		get length() {
			return length;
		},
		get isOver() {
			return length > maximum;
		},
	};
}
