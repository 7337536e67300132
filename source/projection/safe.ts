/**
Text from a cluster can hold escape sequences (CVE-2021-25743): annotations, Event messages and conditions are free
text. Everything a terminal could act on is made visible here, once, and nothing is silently removed.
*/
export function safe(text: string): string {
	return unsafe.test(text) ? text.replace(unsafeAll, visible) : text;
}

/** As `safe`, but keeps line breaks: for the few multi-line documents that knet parses itself (a Corefile). */
export function safeLines(text: string): string {
	return text.split(/\r?\n/u).map(safe).join('\n');
}

// C0 and DEL, C1, bidi controls and marks, zero-width characters, line and paragraph separators, tags, lone surrogates.
const pattern =
	'[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}\\p{Cs}]';
const unsafe = new RegExp(pattern, 'u');
const unsafeAll = new RegExp(pattern, 'gu');

function visible(character: string): string {
	if (character === '\n') {
		return '⏎';
	}

	if (character === '\t') {
		return ' ';
	}

	const code = character.codePointAt(0) ?? 0;
	return code < 0x20
		? `^${String.fromCodePoint(code + 0x40)}`
		: `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
