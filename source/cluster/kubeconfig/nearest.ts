/** The known name that a mistyped one most likely meant; undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
	const wanted = name.toLowerCase();
	const ranked = [...known]
		.map((candidate) => ({candidate, distance: distanceOf(wanted, candidate.toLowerCase())}))
		.toSorted((a, b) => a.distance - b.distance);
	const [best] = ranked;
	return best && best.distance <= Math.ceil(name.length / 3) ? best.candidate : undefined;
}

/** Levenshtein; a name that contains the other is near. */
function distanceOf(a: string, b: string): number {
	if (a !== '' && (b.includes(a) || (b !== '' && a.includes(b)))) {
		return 1;
	}

	let row = Array.from({length: b.length + 1}, (_, column) => column);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}

		row = next;
	}

	return row[b.length] ?? 0;
}
