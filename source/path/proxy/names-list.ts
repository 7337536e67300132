/** `a, b and 3 more`. */
export function namesList(names: readonly string[], most = 3): string {
	const shown = names.slice(0, most);
	const more = names.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** `1 endpoint`, `2 endpoints`. */
export function counted(count: number, word: string, words = `${word}s`): string {
	return `${count} ${count === 1 ? word : words}`;
}
