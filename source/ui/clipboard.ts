/** Terminals cut longer sequences; k9s draws the same line. */
const mostBytes = 74_994;

/** The OSC 52 sequence that puts a text into the clipboard of the terminal, also over SSH; undefined when it is too long. */
export function clipboardSequence(text: string): string | undefined {
	const encoded = Buffer.from(text, 'utf8').toString('base64');
	return encoded.length > mostBytes ? undefined : `\u001B]52;c;${encoded}\u0007`;
}
