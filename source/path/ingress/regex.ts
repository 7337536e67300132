/** A regular expression of PCRE or Go as JavaScript reads it; undefined where it cannot be read. */
export function tryRegex(pattern: string, flags: string): RegExp | undefined {
	try {
		return new RegExp(
			pattern.replace(/^\(\?i\)/u, ''),
			pattern.startsWith('(?i)') && !flags.includes('i') ? `${flags}i` : flags,
		);
	} catch {
		return undefined;
	}
}
