import type {Parsed} from './target-forms.ts';

/** A header (`NAME: VALUE`) or a parameter of the query (`NAME=VALUE`), as the flag `--header` or `--query` takes it. */
export function parsePair(
	text: string,
	kind: 'header' | 'query',
): Parsed<{readonly name: string; readonly value: string}> {
	const separator = kind === 'header' ? ':' : '=';
	// `:authority` is a name of HTTP/2.
	const at = text.indexOf(separator, text.startsWith(':') ? 1 : 0);
	const name = text.slice(0, at).trim();
	if (at > 0 && kind === 'header' && !isHeaderName(name)) {
		return {
			problem: `${name} is no name of a header`,
			next: 'Write NAME: VALUE; a name has letters, digits and -.',
		};
	}

	const value = text.slice(at + 1).trim();
	if (at > 0 && kind === 'header' && /[\0\r\n]/u.test(value)) {
		return {
			problem: `${name} has a line break in its value`,
			next: 'Give each header with a flag of its own.',
		};
	}

	return at > 0
		? {value: {name, value}}
		: {
				problem: text.startsWith(separator) ? `${text} has no name` : `${text} has no "${separator}"`,
				next: `Write NAME${separator}${kind === 'header' ? ' ' : ''}VALUE.`,
			};
}

/** A token of RFC 9110, 5.6.2: names of methods and headers. */
export function isToken(text: string): boolean {
	return /^[\w!#$%&'*+.^`|~-]+$/u.test(text);
}

function isHeaderName(name: string): boolean {
	return isToken(name.replace(/^:/u, ''));
}
