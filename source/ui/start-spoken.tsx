import {render, useApp, useInput, usePaste} from 'ink';
import {useEffect} from 'react';
import {asciiGlyphs} from '../view/text/glyphs.ts';
import {createCopy} from './terminal/clipboard.ts';
import {createExplorer, systemClock, type Explorer} from './explorer.ts';
import {keyPresses} from './keys/key-name.ts';
import {rebind} from './keys/keymap.ts';
import {spoken} from './spoken.ts';
import type {StartOptions} from './start.tsx';

/** A sheet that holds every part; nobody sees it. */
const size = {columns: 120, rows: 80};

/** The explorer for a screen reader: plain lines, each written once, and nothing that is drawn over. */
export async function startSpoken(options: Omit<StartOptions, 'color' | 'ascii'>): Promise<void> {
	const {stdin = process.stdin, stdout = process.stdout, session, clock = systemClock, opened} = options;
	rebind(options.keys ?? {});
	const {favourites, pins, remember, named} = options;
	const wishes = {opened, favourites, pins, remember, named};
	const explorer = createExplorer({session, clock, ...size, glyphs: asciiGlyphs, ...wishes});
	const copy = createCopy({env: options.env ?? process.env, write: (text) => void stdout.write(text)});
	let said = explorer.getModel();
	const say = (lines: readonly string[]): void => {
		if (lines.length > 0) {
			stdout.write(lines.map((line) => `${line}\r\n`).join(''));
		}
	};
	say(spoken(undefined, said));
	const unsubscribe = explorer.subscribe(() => {
		const model = explorer.getModel();
		const lines = spoken(said, model);
		said = model;
		say(lines);
	});
	try {
		const app = render(<Keys explorer={explorer} copy={copy} />, {
			stdin,
			stdout: mute(stdout),
			exitOnCtrlC: false,
			patchConsole: stdout === process.stdout,
			interactive: true,
		});
		await app.waitUntilExit().finally(app.unmount);
	} finally {
		unsubscribe();
		explorer.stop();
	}
}

type KeysProps = {readonly explorer: Explorer; readonly copy: ReturnType<typeof createCopy>};

/** Passes keys on and draws nothing. */
function Keys({explorer, copy}: KeysProps) {
	const {exit} = useApp();
	useEffect(() => {
		const nothing = (): void => {};
		explorer.attach({copy, exit, redraw: nothing, suspend: nothing});
	}, [explorer, copy, exit]);
	useInput((input, key) => {
		for (const press of keyPresses(input, key)) {
			explorer.press(press);
		}
	});
	usePaste((text) => explorer.paste(text));
	return null;
}

/** What Ink writes of frames is left out; but the terminal is still asked to mark pastes. */
function mute(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
	function write(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
		const [marks = ''] = /\u001B\[\?2004[hl]/u.exec(String(chunk)) ?? [];
		// Ink waits for what it wrote before it ends.
		return (stdout.write as (...given: readonly unknown[]) => boolean)(marks, ...rest);
	}

	return new Proxy(stdout, {
		get(target, property) {
			const value: unknown = property === 'write' ? write : Reflect.get(target, property, target);
			return typeof value === 'function' && property !== 'write' ? value.bind(target) : value;
		},
	});
}
