/** Names that are like the wanted one, nearest first; none that differ in more than a third of their letters (at least 2). */
export function nearest(wanted: string, names: readonly string[]): readonly string[] {
	const limit = Math.max(2, Math.floor(wanted.length / 3));
	return [...new Set(names)]
		.map((name) => ({name, distance: editDistance(wanted, name)}))
		.filter(({distance}) => distance <= limit)
		.toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
		.map(({name}) => name);
}

/** Levenshtein, a row at a time. */
function editDistance(a: string, b: string): number {
	let previous = Array.from({length: b.length + 1}, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
			current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
		}

		previous = current;
	}

	return previous[b.length] ?? 0;
}
