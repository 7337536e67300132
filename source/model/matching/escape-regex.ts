/** A pattern that means the text itself. */
export function escapeRegex(text: string): string {
	return text.replaceAll(/[\\.+*?()|[\]{}^$]/gu, String.raw`\$&`);
}
