import {afterEach, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

test('puts a command into the clipboard of the terminal', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type('c');
	await explorer.until("sent to the terminal's clipboard (OSC 52): kubectl -n shop logs");
	const written = explorer.writes.find((chunk) => chunk.startsWith('\u001B]52;c;')) ?? '';
	expect(Buffer.from(written.slice(7, -1), 'base64').toString()).toBe(
		'kubectl -n shop logs api-7d9f-x2 -c app --tail=50',
	);
});

test('writes each frame at once', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	const before = explorer.writes.length;
	explorer.type('j');
	await explorer.until('❯✗ svc/api');
	const frames = explorer.writes.slice(before);
	expect(frames).toHaveLength(1);
	expect(frames[0]).toMatch(/^\u001B\[\?2026h.*\u001B\[\?2026l$/s);
	expect(frames[0]!.length).toBeLessThan(4000);
});

test('writes nothing while only the clock moves, and less than 100 bytes a minute', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	const before = explorer.writes.length;
	explorer.pass(1000);
	explorer.pass(1000);
	expect(explorer.writes.slice(before)).toEqual([]);
	explorer.pass(58_000);
	await explorer.until('02:31');
	expect(explorer.writes.slice(before).join('').length).toBeLessThan(200);
});

test('draws anew for another size', async () => {
	explorer = openExplorer({columns: 120, rows: 30});
	await explorer.until('KNET702');
	explorer.resize(50, 15);
	await explorer.until((screen) => screen.includes('svc/db:5432') && !screen.includes('╭'));
	explorer.resize(80, 24);
	await explorer.until((screen) => screen.split('\n').length === 24 && screen.includes('KNET702'));
});

test('draws anew on ctrl-l', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	const before = explorer.writes.length;
	explorer.type('\u000C');
	await explorer.until(() => explorer.writes.slice(before).join('').includes('Entries'));
	expect(await explorer.until('KNET702')).toContain('❯✗ app.example.com/api');
});

test('takes several keys that come at once for several keys', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type('jjj');
	await explorer.until('❯? svc/billing');
});

test('asks for pastes as pastes before the first frame, and takes that back', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	const asked = explorer.writes.findIndex((chunk) => chunk.includes('\u001B[?2004h'));
	const firstFrame = explorer.writes.findIndex((chunk) => chunk.includes('knet'));
	expect(asked).toBeGreaterThanOrEqual(0);
	expect(asked).toBeLessThan(firstFrame);
	explorer.type('q');
	await explorer.done;
	expect(explorer.writes.join('').lastIndexOf('\u001B[?2004l')).toBeGreaterThan(
		explorer.writes.join('').lastIndexOf('\u001B[?2004h'),
	);
});

test('gives the terminal back as it was', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	expect([explorer.buffer(), explorer.isRaw()]).toEqual(['alternate', true]);
	explorer.type('q');
	await explorer.done;
	await explorer.until((screen) => screen === '');
	expect([explorer.buffer(), explorer.isRaw()]).toEqual(['normal', false]);
});
