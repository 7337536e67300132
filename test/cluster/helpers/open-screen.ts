import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {program} from './environment.ts';

/** The built knet on a terminal of its own, and what stands on its screen. */
export type Screen = {
	text(): string;
	/** Milliseconds until the screen fits; fails with the screen after `within` milliseconds. */
	until(fits: (text: string) => boolean, within: number): Promise<number>;
	type(text: string): void;
	/** Ends it and waits for that. */
	close(): Promise<void>;
};

export function openScreen(args: readonly string[], {columns = 140, rows = 40} = {}): Screen {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const pty = spawn(process.execPath, [program, ...args], {
		cols: columns,
		rows,
		name: 'xterm-256color',
		env: process.env,
	});
	const waiting = new Set<() => void>();
	pty.onData((data) => terminal.write(data, () => waiting.forEach((look) => look())));
	const ended = new Promise<void>((resolve) => {
		pty.onExit(() => resolve());
	});

	const text = (): string =>
		Array.from(
			{length: rows},
			(_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '',
		).join('\n');
	return {
		text,
		until(fits, within) {
			const start = performance.now();
			return new Promise((resolve, reject) => {
				const timer = setTimeout(() => {
					waiting.delete(look);
					reject(new Error(`not on the screen after ${within} ms: ${fits.toString()}\n${text()}`));
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
		async close() {
			pty.kill();
			await ended;
		},
	};
}
