/** First row to show, so that the cursor stays in sight and the list moves as little as can be. */
export function windowTop(input: {
	readonly count: number;
	readonly height: number;
	readonly cursor: number;
	/** The first row shown before. */
	readonly top: number;
}): number {
	const {count, height, cursor} = input;
	if (height <= 0) {
		return 0;
	}

	const highest = Math.max(0, count - height);
	const margin = height > 4 ? 1 : 0;
	const top = Math.min(input.top, highest, Math.max(0, cursor - margin));
	return Math.max(0, Math.min(highest, Math.max(top, cursor - height + 1 + margin)));
}
