import {array, assert, asyncProperty, constantFrom, tuple} from 'fast-check';
import xterm from '@xterm/headless';
import {afterEach, describe, expect, test} from 'vitest';
import {createChangedCells} from '../../source/ui/changed-cells.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {keys} from '../helpers/terminal.ts';

const columns = 20;
const rows = 4;

/** As Ink writes a frame over another. */
function overdrawn(before: readonly string[], after: readonly string[]): string {
	const parts = after.map((row, at) => (row === before[at] ? '\u001B[E' : `\u001B[1G\u001B[K${row}\n`));
	return `\u001B[${rows - 1}A${parts.join('')}`.replace(/(?:\n|\u001B\[E)$/u, '');
}

async function shown(writes: readonly string[]): Promise<string> {
	const term = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	for (const text of writes) {
		await new Promise<void>((resolve) => {
			term.write(text, resolve);
		});
	}

	const cells = Array.from({length: rows * columns}, (_, at) => {
		const cell = term.buffer.active.getLine(Math.floor(at / columns))?.getCell(at % columns);
		const text = cell?.getChars() ?? '';
		return text.trim() === '' && !cell?.isInverse()
			? ''
			: `${text}${cell?.getFgColor()}${cell?.isBold()}${cell?.isDim()}${cell?.isInverse()}`;
	});
	return `${cells.join('|')} ${term.buffer.active.cursorY}`;
}

const looks = [
	['', ''],
	['\u001B[1m\u001B[31m', '\u001B[39m\u001B[22m'],
	['\u001B[2m', '\u001B[22m'],
	['\u001B[7m', '\u001B[27m'],
] as const;
const span = tuple(constantFrom('a', 'b  ', ' ', '✗ok', '─│', 'éz', '日', '👍'), constantFrom(...looks)).map(
	([text, [on, off]]) => `${on}${text}${off}`,
);
const row = array(span, {maxLength: 4}).map((spans) => spans.join(''));
const frame = array(row, {minLength: rows, maxLength: rows});

test('shows what Ink would show, whatever the frames', async () => {
	await assert(
		asyncProperty(array(frame, {minLength: 2, maxLength: 5}), async (frames) => {
			const ink = frames.map((each, at) => (at === 0 ? each.join('\n') : overdrawn(frames[at - 1]!, each)));
			const changed = createChangedCells();
			const short = ink.map((text) => changed.shorten(text));
			for (const at of frames.keys()) {
				expect(await shown(short.slice(0, at + 1))).toBe(await shown(ink.slice(0, at + 1)));
			}
		}),
		{numRuns: 60},
	);
});

test('writes rows whole after others wrote', () => {
	const changed = createChangedCells();
	const before = ['aaaa', 'bbbb', 'cccc', 'dddd'];
	const after = ['aaaa', 'bbxb', 'cccc', 'dddd'];
	changed.shorten(before.join('\n'));
	expect(changed.shorten(overdrawn(before, after))).toBe('\u001B[2A\u001B[3Gx\u001B[2B');
	changed.forget();
	expect(changed.shorten(overdrawn(after, before))).toContain('bbbb');
});

describe('F15: a key that moves the focus, or the cursor,', () => {
	let explorer: OpenExplorer;

	afterEach(async () => {
		await explorer.close();
	});

	test.each([
		[120, 30],
		[200, 60],
	])('writes less than 1 KB at %i×%i', async (columns, rows) => {
		explorer = openExplorer({columns, rows});
		await explorer.until('KNET702');
		for (const [key, footer] of [
			[keys.enter, '⏎ detail'],
			['q', '⏎ open'],
			[keys.tab, '⏎ detail'],
			[keys.tab, '↑↓ scroll'],
			[keys.tab, '⏎ open'],
		] as const) {
			const before = explorer.writes.length;
			explorer.type(key);
			await explorer.until(footer);
			expect(Buffer.byteLength(explorer.writes.slice(before).join(''))).toBeLessThan(1000);
		}

		const before = explorer.writes.length;
		explorer.type('j');
		await explorer.until('❯✗ svc/api');
		expect(Buffer.byteLength(explorer.writes.slice(before).join(''))).toBeLessThan(400);
	});
});
