/** The terminal says when the person comes and goes (xterm, Ctlseqs: FocusIn/FocusOut); those that do not know it ignore it. */
const reportFocus = '\u001B[?1004h';
const leaveFocus = '\u001B[?1004l';

/** The terminal says where a pasted text begins and ends (xterm, Ctlseqs: bracketed paste mode). */
const bracketPastes = '\u001B[?2004h';
const leavePastes = '\u001B[?2004l';

/** Turn the modes of the screen on and off. The next program in the terminal expects them to be off. */
export const askModes = `${reportFocus}${bracketPastes}`;
export const leaveModes = `${leaveFocus}${leavePastes}`;

// eslint-disable-next-line no-control-regex
const reports = /\u001B\[([IO])/gu;

/** The same input without what a terminal says of its focus: Ink would drop it. */
export function withoutFocus(
	stdin: NodeJS.ReadStream,
	onFocus: (isHere: boolean) => void,
): NodeJS.ReadStream {
	function read(): unknown {
		const chunk = stdin.read() as string | Buffer | null;
		const text = chunk?.toString() ?? '';
		if (!text.includes('\u001B[')) {
			return chunk;
		}

		for (const [, letter] of text.matchAll(reports)) {
			onFocus(letter === 'I');
		}

		const rest = text.replaceAll(reports, '');
		return rest === '' ? read() : rest;
	}

	return new Proxy(stdin, {
		get(target, key) {
			const value: unknown = Reflect.get(target, key);
			return key === 'read' ? read : typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
}
