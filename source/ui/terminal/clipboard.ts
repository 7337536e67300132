import {spawn} from 'node:child_process';

/** Terminals cut longer sequences; k9s draws the same line. */
const mostBytes = 74_994;

/** What became of a text that was to be copied. */
export type Copied =
	/** tmux holds it, and passes it to the terminal around it where that takes it. */
	| 'tmux'
	/** Sent to the terminal, which does not say whether it took it. */
	| 'terminal'
	| 'too-long';

/** The OSC 52 sequence that puts a text into the clipboard of the terminal, also over SSH; undefined when it is too long. */
export function clipboardSequence(text: string): string | undefined {
	const encoded = Buffer.from(text, 'utf8').toString('base64');
	return encoded.length > mostBytes ? undefined : `\u001B]52;c;${encoded}\u0007`;
}

type Options = {
	readonly env: NodeJS.ProcessEnv;
	readonly write: (text: string) => void;
	/** Runs a program with a text on its stdin; resolves to whether it took it. */
	readonly pipe?: (program: string, args: readonly string[], text: string) => Promise<boolean>;
};

/** Copies by tmux where knet runs inside one: as shipped it drops OSC 52 of programs (`set-clipboard external`). */
export function createCopy({env, write, pipe = pipeTo}: Options): (text: string) => Promise<Copied> {
	return async (text) => {
		if (env['TMUX'] && (await pipe('tmux', ['load-buffer', '-w', '-'], text))) {
			return 'tmux';
		}

		const sequence = clipboardSequence(text);
		if (sequence === undefined) {
			return 'too-long';
		}

		write(sequence);
		return 'terminal';
	};
}

/** What is said of it. */
export function copiedWords(copied: Copied, what: string): string {
	switch (copied) {
		case 'tmux':
			return `copied to the tmux buffer: ${what}`;
		case 'terminal':
			return `sent to the terminal's clipboard (OSC 52): ${what}`;
		case 'too-long':
			return `not copied: too long for the terminal's clipboard: ${what}`;
	}
}

async function pipeTo(program: string, args: readonly string[], text: string): Promise<boolean> {
	return new Promise((resolve) => {
		const child = spawn(program, args, {stdio: ['pipe', 'ignore', 'ignore']});
		child.on('error', () => resolve(false));
		child.on('close', (code) => resolve(code === 0));
		child.stdin.on('error', () => {});
		child.stdin.end(text);
	});
}
