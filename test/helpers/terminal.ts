import {PassThrough} from 'node:stream';
import xterm from '@xterm/headless';

/** A terminal in memory: what a program writes is on its screen, what a test types is the program's input. */
export type TestTerminal = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Chunks as they were written. */
	readonly writes: readonly string[];
	/** The screen as text, without blanks at the ends of rows. */
	screen(): string;
	/** Resolves when the screen holds a text, or fits; fails with the screen when nothing comes of it. */
	until(wanted: string | ((screen: string) => boolean)): Promise<string>;
	type(text: string): void;
	resize(columns: number, rows: number): void;
	/** `alternate` while a full-screen program runs. */
	buffer(): 'normal' | 'alternate';
	/** The foreground colour (0 to 15) at the first place of a text on the screen; -1 for the default. */
	colorOf(text: string): number;
	/** Whether the terminal is in raw mode. */
	isRaw(): boolean;
};

/** Named keys, as terminals send them. */
export const keys = {
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	enter: '\r',
	escape: '\u001B',
	tab: '\t',
	shiftTab: '\u001B[Z',
	backspace: '\u007F',
	ctrlC: '\u0003',
	pageDown: '\u001B[6~',
} as const;

/** Only what hangs comes to it. */
const timeout = 180_000;

export function openTerminal(columns: number, rows: number): TestTerminal {
	const term = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	const writes: string[] = [];
	const waiting = new Set<() => void>();
	let raw = false;

	function written(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
		writes.push(String(chunk));
		const callback = rest.find((each) => typeof each === 'function') as (() => void) | undefined;
		term.write(chunk, () => {
			callback?.();
			for (const check of waiting) {
				check();
			}
		});
		return true;
	}

	const stdout = Object.assign(new PassThrough(), {
		columns,
		rows,
		isTTY: true,
		write: written,
	}) as unknown as NodeJS.WriteStream;
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		ref() {},
		unref() {},
		setRawMode(mode: boolean) {
			raw = mode;
		},
	}) as unknown as NodeJS.ReadStream;

	function line(row: number): string {
		return (
			term.buffer.active
				.getLine(term.buffer.active.viewportY + row)
				?.translateToString(true)
				.trimEnd() ?? ''
		);
	}

	function screen(): string {
		return Array.from({length: term.rows}, (_, row) => line(row))
			.join('\n')
			.trimEnd();
	}

	return {
		stdin,
		stdout,
		writes,
		screen,
		until(wanted) {
			const fits = typeof wanted === 'string' ? (text: string) => text.includes(wanted) : wanted;
			return new Promise((resolve, reject) => {
				const timer = setTimeout(() => {
					waiting.delete(check);
					reject(new Error(`not on the screen: ${String(wanted)}\n${screen()}`));
				}, timeout);
				function check(): void {
					if (fits(screen())) {
						clearTimeout(timer);
						waiting.delete(check);
						resolve(screen());
					}
				}

				waiting.add(check);
				check();
			});
		},
		type: (text) => void (stdin as unknown as PassThrough).write(text),
		resize(nextColumns, nextRows) {
			term.resize(nextColumns, nextRows);
			Object.assign(stdout, {columns: nextColumns, rows: nextRows});
			stdout.emit('resize');
		},
		buffer: () => term.buffer.active.type,
		colorOf(text) {
			const row = screen()
				.split('\n')
				.findIndex((each) => each.includes(text));
			const cell = term.buffer.active
				.getLine(term.buffer.active.viewportY + row)
				?.getCell(line(row).indexOf(text));
			return cell?.isFgPalette() ? cell.getFgColor() : -1;
		},
		isRaw: () => raw,
	};
}
