/** Characters of JSON as bytes. In UTF-8 no byte of a longer character equals one of them. */
export const byte = {
	tab: 0x09,
	newline: 0x0a,
	carriageReturn: 0x0d,
	space: 0x20,
	quote: 0x22,
	comma: 0x2c,
	colon: 0x3a,
	openBracket: 0x5b,
	backslash: 0x5c,
	closeBracket: 0x5d,
	openBrace: 0x7b,
	closeBrace: 0x7d,
} as const;

export function isSpace(code: number): boolean {
	return code === byte.space || (code >= byte.tab && code <= byte.carriageReturn);
}
