import {array, assert, asyncProperty, constantFrom, integer, oneof, tuple} from 'fast-check';
import xterm from '@xterm/headless';
import {afterEach, describe, expect, test} from 'vitest';
import {createChangedCells} from '../../../source/ui/terminal/changed-cells.ts';
import {openExplorer, type OpenExplorer} from '../../helpers/explorer.ts';
import {keys} from '../../helpers/terminal.ts';

const columns = 50;
const rows = 8;

/** As Ink writes a frame over another. */
function overdrawn(before: readonly string[], after: readonly string[]): string {
	const parts = after.map((row, at) => (row === before[at] ? '\u001B[E' : `\u001B[1G\u001B[K${row}\n`));
	return `\u001B[${after.length - 1}A${parts.join('')}`.replace(/(?:\n|\u001B\[E)$/u, '');
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
const words = oneof(
	{weight: 20, arbitrary: constantFrom('a', 'b  ', 'words', ' ', '✗ok', '─│', 'éz')},
	{weight: 1, arbitrary: constantFrom('日', '👍')},
);
const span = tuple(words, constantFrom(...looks)).map(([text, [on, off]]) => `${on}${text}${off}`);
const row = array(span, {minLength: 3, maxLength: 10}).map((spans) => spans.join(''));
const frame = array(row, {minLength: rows, maxLength: rows});
const place = integer({min: 0, max: rows - 1});
/** A row comes at one place and one goes at another: those between move. Or all rows are new. */
const step = oneof(
	{weight: 1, arbitrary: frame.map((all) => () => all)},
	{
		weight: 3,
		arbitrary: tuple(place, place, array(row, {minLength: 1, maxLength: 3})).map(
			([comes, goes, added]) =>
				(before: readonly string[]) =>
					before
						.toSpliced(goes, added.length)
						.toSpliced(comes, 0, ...added)
						.slice(0, rows),
		),
	},
	{
		weight: 2,
		arbitrary: tuple(place, place, integer({min: 1, max: 3})).map(
			([a, b, count]) =>
				(before: readonly string[]) =>
					// Rows in another order: one block of them stays, others move past it.
					[...before.slice(a, a + count), ...before.slice(b), ...before.slice(0, b)].slice(0, rows),
		),
	},
	{
		weight: 2,
		arbitrary: tuple(place, span).map(
			([at, word]) =>
				(before: readonly string[]) =>
					// The end of a row moves, there and back.
					before.with(at, before[at]!.startsWith(word) ? before[at]!.slice(word.length) : word + before[at]!),
		),
	},
);
const fill = (frame: readonly string[]): readonly string[] =>
	Array.from({length: rows}, (_, at) => frame[at] ?? '');

test('shows what Ink would show, whatever the frames', async () => {
	await assert(
		asyncProperty(frame, array(step, {minLength: 1, maxLength: 5}), async (first, steps) => {
			const frames: (readonly string[])[] = [first];
			for (const next of steps) {
				frames.push(fill(next(frames.at(-1)!)));
			}

			const ink = frames.map((each, at) => (at === 0 ? each.join('\n') : overdrawn(frames[at - 1]!, each)));
			const changed = createChangedCells();
			const short = ink.map((text) => changed.shorten(text));
			for (const at of frames.keys()) {
				expect(await shown(short.slice(0, at + 1))).toBe(await shown(ink.slice(0, at + 1)));
			}
		}),
		{numRuns: 80},
	);
});

const four = ['aaaa', 'bbbb', 'cccc', 'dddd'];

test('writes rows whole after others wrote', () => {
	const changed = createChangedCells();
	const after = ['aaaa', 'bbxb', 'cccc', 'dddd'];
	changed.shorten(four.join('\n'));
	expect(changed.shorten(overdrawn(four, after))).toBe('\u001B[2A\u001B[3Gx\n\n');
	changed.forget();
	expect(changed.shorten(overdrawn(after, four))).toContain('bbbb');
});

test('lets the terminal move rows that only moved', () => {
	const before = ['title', 'rows of a path that was looked at', 'hops of a path that was looked at', 'end'];
	const after = [
		'title',
		'new',
		'rows of a path that was looked at',
		'hops of a path that was looked at',
		'end',
	];
	const long = [...before.slice(0, -1), 'old', 'end'];
	const changed = createChangedCells();
	changed.shorten(long.join('\n'));
	// Row 4 is taken out, one is put in before row 2.
	expect(changed.shorten(overdrawn(long, after))).toBe('\u001B[A\u001B[M\u001B[2A\u001B[L\u001B[Gnew\n\n\n');
});

test('lets the terminal move the end of a row', () => {
	const before = ['↑↓ hop  ⏎ detail  b broken hop  t test  ? keys', 'end'];
	const after = ['↑↓ scroll  ←→ hop  b broken hop  t test  ? keys', 'end'];
	const changed = createChangedCells();
	changed.shorten(before.join('\n'));
	expect(changed.shorten(overdrawn(before, after))).toBe(
		'\u001B[A\u001B[17G\u001B[@\u001B[4Gscroll  ←→ hop\n',
	);
	expect(changed.shorten(overdrawn(after, before))).toBe(
		'\u001B[A\u001B[17G\u001B[P\u001B[4Ghop  ⏎ detail\n',
	);
});

describe('F15: a key that moves the focus, or the cursor,', () => {
	let explorer: OpenExplorer;

	afterEach(async () => {
		await explorer.close();
	});

	test.each([
		[120, 30],
		[160, 50],
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
		expect(Buffer.byteLength(explorer.writes.slice(before).join(''))).toBeLessThan(700);
	});

	test('writes the words of both at 80×24, where the path takes the place of the list', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		const sizes = await bytesOf(explorer, [
			[keys.enter, '⏎ detail'],
			['q', '⏎ open'],
			[keys.tab, '⏎ detail'],
			[keys.tab, '↑↓ scroll'],
			[keys.tab, '⏎ open'],
		]);
		expect(sizes.filter((size) => size > 1650)).toEqual([]);
		// From the path to its detail.
		expect(sizes[3]).toBeLessThan(700);
	});
});

test('moves the rule of a title that has other words below', () => {
	const rule = '─'.repeat(30);
	const before = [`╭ one ${rule}╮`, '│ row', 'a long row of a path', 'another long row of it', 'end'];
	const after = ['new', `╭ two ${rule}╮`, '│ row', 'a long row of a path', 'end'];
	const changed = createChangedCells();
	changed.shorten(before.join('\n'));
	const text = changed.shorten(overdrawn(before, after));
	expect(text).not.toContain('─');
	expect(text).toContain('two');
});

async function bytesOf(
	explorer: OpenExplorer,
	presses: readonly (readonly [key: string, footer: string])[],
): Promise<readonly number[]> {
	const sizes: number[] = [];
	for (const [key, footer] of presses) {
		const before = explorer.writes.length;
		explorer.type(key);
		await explorer.until(footer);
		sizes.push(Buffer.byteLength(explorer.writes.slice(before).join('')));
	}

	return sizes;
}
