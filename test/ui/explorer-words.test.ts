import {afterEach, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now} from '../helpers/shop-traces.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

test('a word about a key moves no row', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	const before = (await explorer.until('KNET702')).split('\n');
	const notice = {id: 1, at: now, severity: 'info', text: 'There is nothing to test on this hop.'} as const;
	explorer.session.update({notices: [notice]});
	const after = (await explorer.until('nothing to test')).split('\n');
	expect(after.slice(0, 23)).toEqual(before.slice(0, 23));
	expect(after[23]).toMatch(/↑↓ move .* There is nothing to test on this hop\.$/);
});

test('an error of the session covers the last rows and moves none; the next key takes it away', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	const before = (await explorer.until('KNET702')).split('\n');
	const text = `Deployment db is not there. ${'There are: api, web. '.repeat(4)}`;
	explorer.session.update({notices: [{id: 1, at: now, severity: 'error', text}]});
	const after = (await explorer.until('is not there')).split('\n');
	expect(after.slice(0, 21)).toEqual(before.slice(0, 21));
	expect(after[21]).toMatch(/^ ✗ Deployment db is not there\. There are: api, web\./u);
	expect(after[22]).toMatch(/^ {3}are: api, web\. There are: api, web\.$/u);
	expect(after[23]).toBe(before[23]);
	explorer.type('j');
	await explorer.until('❯✗ svc/api:80');
	expect(explorer.screen()).not.toContain('is not there');
	expect(explorer.screen().split('\n')[22]).toBe(before[22]);
});

test('a word about a key ends with the next one, and leaves the keys where they are', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type('z');
	expect((await explorer.until('faults only ')).split('\n').at(-1)).toMatch(/faults only$/);
	explorer.type('j');
	await explorer.until('❯✗ svc/api:80');
	expect(explorer.screen().split('\n').at(-1)).not.toContain('faults only');
});
