/**
The text that everything begins with that a pattern takes from its start on; '' where it has none. What repeats or may be left out is
no part of it.
*/
export function regexStart(pattern: string): string {
	const text = pattern.replace(/^\^/v, '');
	const end = text.search(/[$\(\)*+.?\[\\\]^\{\|\}]/v);
	if (end === -1) {
		return text;
	}

	return text.includes('|') ? '' : text.slice(0, /[*+?\{]/v.test(text.charAt(end)) ? end - 1 : end);
}
