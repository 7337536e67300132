/** `a, b and 3 more`. */
export function namesList(names: readonly string[], most = 3): string {
	const shown = names.slice(0, most);
	const more = names.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
