import {render} from 'ink-testing-library';
import {Text, useInput} from 'ink';
import {createElement} from 'react';
import {expect, test} from 'vitest';
import {commandOf, keymap} from '../../source/ui/keys/keymap.ts';
import {keyPresses, type KeyPress} from '../../source/ui/keys/key-name.ts';
import {clipboardSequence} from '../../source/ui/terminal/clipboard.ts';

/** What the app hears when a terminal sends these bytes. */
async function heard(bytes: string): Promise<readonly string[]> {
	const presses: KeyPress[] = [];
	function Ear() {
		useInput((input, key) => {
			presses.push(...keyPresses(input, key));
		});
		return createElement(Text, undefined, 'listening');
	}

	const app = render(createElement(Ear));
	await Promise.resolve();
	app.stdin.write(bytes);
	// A lone escape is held back for a moment: it may begin a sequence.
	await expect.poll(() => presses.length).toBeGreaterThan(0);
	app.unmount();
	return presses.map(({name}) => name);
}

test.each([
	['\u001B[A', ['up']],
	['\u001B[6~', ['page-down']],
	['\u001B[H', ['home']],
	['\u001B[Z', ['shift-tab']],
	['\u001B', ['escape']],
	['\r', ['return']],
	['\t', ['tab']],
	['\u007F', ['backspace']],
	['\u0006', ['ctrl-f']],
	['G', ['G']],
	[' ', ['space']],
	['jj', ['j', 'j']],
	['jk\r', ['j', 'k', 'return']],
	['j\u001Ak', ['j', 'ctrl-z', 'k']],
	['jj\u0003', ['j', 'j', 'ctrl-c']],
	['ab\u007F\u0008', ['a', 'b', 'backspace', 'backspace']],
	['é', ['é']],
])('%j is heard as %j', async (bytes, names) => {
	expect(await heard(bytes)).toEqual(names);
});

test('no key does two things', () => {
	const keys = keymap.flatMap(({keys}) => keys);
	expect(keys).toHaveLength(new Set(keys).size);
});

test('every command is bound once', () => {
	const commands = keymap.map(({command}) => command);
	expect(commands).toHaveLength(new Set(commands).size);
	expect(commandOf('j')).toBe('down');
	expect(commandOf('X')).toBeUndefined();
});

test('a clipboard text is neither cut nor sent when it is too long', () => {
	expect(clipboardSequence('kubectl')).toBe('\u001B]52;c;a3ViZWN0bA==\u0007');
	expect(clipboardSequence('x'.repeat(60_000))).toBeUndefined();
});
