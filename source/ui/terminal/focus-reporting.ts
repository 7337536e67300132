/** The terminal says when the person comes and goes (xterm, Ctlseqs: FocusIn/FocusOut); those that do not know it ignore it. */
export const reportFocus = '\u001B[?1004h';
export const leaveFocus = '\u001B[?1004l';

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
