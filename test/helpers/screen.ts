import {execFileSync} from 'node:child_process';
import {closeSync, constants, openSync} from 'node:fs';
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program on a terminal of its own, and what stands on its screen. */
export type Screen = {
	readonly pid: number;
	text(): string;
	/** Everything that was written to the terminal. */
	output(): string;
	/** `alternate` while a full-screen program runs. */
	buffer(): 'normal' | 'alternate';
	/** Whether the terminal hands over each key by itself, unechoed. */
	isRaw(): boolean;
	/** Sets its modes as a shell does when a job stops. */
	cook(): void;
	/** Milliseconds until the screen fits; fails with the screen after `within` milliseconds. */
	until(wanted: string | ((text: string) => boolean), within?: number): Promise<number>;
	type(text: string): void;
	signal(name: string): void;
	resize(columns: number, rows: number): void;
	/** Reads no more of what is written, or goes on. */
	stall(): void;
	goOn(): void;
	/** The terminal is gone, as when a connection drops. */
	hangUp(): void;
	/** Resolves to the exit code, once all that was written stands on the screen. */
	readonly ended: Promise<number>;
	/** Ends it and waits for that. */
	close(): Promise<void>;
};

type Options = {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: NodeJS.ProcessEnv;
	/** What runs the program; Node when absent. */
	readonly interpreter?: string;
};

export function openScreen(program: string, args: readonly string[], options: Options = {}): Screen {
	const {columns = 140, rows = 40, env = process.env, interpreter = process.execPath} = options;
	// It becomes TERM, whatever `env` says.
	const name = options.env?.['TERM'] ?? 'xterm-256color';
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const pty = spawn(interpreter, [program, ...args], {cols: columns, rows, name, env});
	const waiting = new Set<() => void>();
	let output = '';
	pty.onData((data) => {
		output += data;
		terminal.write(data, () => waiting.forEach((look) => look()));
	});
	const ended = new Promise<number>((resolve) => {
		// The terminal takes in what was written a little later: the last bytes give the screen back.
		pty.onExit(({exitCode}) => terminal.write('', () => resolve(exitCode)));
	});

	const text = (): string =>
		Array.from(
			{length: terminal.rows},
			(_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '',
		).join('\n');
	return {
		pid: pty.pid,
		text,
		output: () => output,
		buffer: () => terminal.buffer.active.type,
		isRaw: () => stty(pty, '-a').includes('-icanon'),
		cook: () => void stty(pty, 'sane'),
		until(wanted, within = 180_000) {
			const start = performance.now();
			const fits = typeof wanted === 'string' ? (shown: string) => shown.includes(wanted) : wanted;
			return new Promise((resolve, reject) => {
				const timer = setTimeout(() => {
					waiting.delete(look);
					reject(new Error(`not on the screen after ${within} ms: ${String(wanted)}\n${text()}`));
				}, within);
				function look(): void {
					if (fits(text())) {
						clearTimeout(timer);
						waiting.delete(look);
						resolve(performance.now() - start);
					}
				}

				waiting.add(look);
				look();
			});
		},
		type: (keys) => pty.write(keys),
		signal: (signal) => pty.kill(signal),
		resize(nextColumns, nextRows) {
			terminal.resize(nextColumns, nextRows);
			pty.resize(nextColumns, nextRows);
		},
		stall: () => pty.pause(),
		goOn: () => pty.resume(),
		// Known to node-pty, though not to its types.
		hangUp: () => (pty as unknown as {destroy(): void}).destroy(),
		ended,
		async close() {
			pty.kill('SIGKILL');
			await ended;
		},
	};
}

function stty(pty: IPty, word: string): string {
	// Known to node-pty, though not to its types.
	const {ptsName} = pty as unknown as {readonly ptsName: string};
	const slave = openSync(ptsName, constants.O_RDWR | constants.O_NOCTTY);
	try {
		return execFileSync('stty', [word], {stdio: [slave, 'pipe', 'ignore']}).toString();
	} finally {
		closeSync(slave);
	}
}
