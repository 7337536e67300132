/** How many letters were left out, put in, replaced, or swapped with their neighbour (optimal string alignment). */
export function editDistance(a: string, b: string): number {
	let before: readonly number[] = [];
	let previous: readonly number[] = Array.from({length: b.length + 1}, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
			const swapped = isSwap(a, b, row, column) ? before[column - 2]! + 1 : replaced;
			current.push(Math.min(replaced, swapped, previous[column]! + 1, current[column - 1]! + 1));
		}

		before = previous;
		previous = current;
	}

	return previous[b.length]!;
}

function isSwap(a: string, b: string, row: number, column: number): boolean {
	return row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
}

/** Whether at most `limit` letters differ. Lengths are compared first: a text may have a million letters. */
export function differsByAtMost(limit: number, a: string, b: string): boolean {
	return Math.abs(a.length - b.length) <= limit && editDistance(a, b) <= limit;
}
