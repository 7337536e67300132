/** Documents that could not be read, as plain lines. Undefined: none. */
export function leftOutOf(warnings: readonly string[] = []): readonly string[] | undefined {
	return warnings.length === 0
		? undefined
		: warnings.map((line) => line.replace(/^warning: left out: /u, '').trim());
}
