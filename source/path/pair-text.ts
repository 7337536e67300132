import type {Parsed} from './target-text.ts';

/** A header (`NAME: VALUE`) or a parameter of the query (`NAME=VALUE`), as the flag `--header` or `--query` takes it. */
export function parsePair(
	text: string,
	kind: 'header' | 'query',
): Parsed<{readonly name: string; readonly value: string}> {
	const separator = kind === 'header' ? ':' : '=';
	// `:authority` is a name of HTTP/2.
	const at = text.indexOf(separator, text.startsWith(':') ? 1 : 0);
	return at > 0
		? {value: {name: text.slice(0, at).trim(), value: text.slice(at + 1).trim()}}
		: {
				problem: `${text} has no "${separator}"`,
				next: `Write NAME${separator}${kind === 'header' ? ' ' : ''}VALUE.`,
			};
}
