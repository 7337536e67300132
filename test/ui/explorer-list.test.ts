import {afterEach, describe, expect, test} from 'vitest';
import type {SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now} from '../helpers/shop-traces.ts';
import {shop, shopAnswer} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

function rowOf(screen: string, text: string): string {
	return screen.split('\n').find((row) => row.includes(text)) ?? '';
}

describe('the list', () => {
	test('follows the cursor with the path', async () => {
		explorer = openExplorer({columns: 120, rows: 30});
		await explorer.until('KNET702');
		explorer.type('jjjj');
		const screen = await explorer.until('3 of 3 ready');
		expect(rowOf(screen, 'app.example.com/  ')).toContain('❯');
		expect(explorer.session.actions.at(-1)).toEqual({
			type: 'select',
			target: 'https://app.example.com/',
			namespace: 'shop',
		});
	});

	test('keeps the path that it shows until the next one was walked, for a second at most', async () => {
		explorer = openExplorer({columns: 120, rows: 30});
		await explorer.until('KNET702');
		explorer.type('jj');
		const screen = await explorer.until('❯! svc/web:80');
		expect(screen).toContain('KNET702');
		expect(screen).not.toContain('walking the path');
		explorer.pass(1000);
		expect(await explorer.until('walking the path')).not.toContain('KNET702');
	});

	test('keeps its order and its cursor under a person who reads', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('jj');
		await explorer.until('❯! svc/web:80');
		const [first, ...others] = shop.entries;
		explorer.session.update({
			entries: [
				first!,
				...others.map((row) =>
					row.id === 'svc/db:5432'
						? {
								...row,
								verdict: 'broken' as const,
								symptom: 'timeout' as const,
								changed: {at: now, was: 'ok' as const},
							}
						: row,
				),
			],
		});
		const screen = await explorer.until('s sorts 3 broken');
		expect(rowOf(screen, 'svc/db:5432')).toContain('✗ svc/db:5432          timeout   •');
		expect(screen.indexOf('svc/web:80')).toBeLessThan(screen.indexOf('svc/db:5432'));
		expect(screen).toContain('❯! svc/web:80');
		explorer.type('s');
		const sorted = await explorer.until((text) => text.indexOf('svc/db:5432') < text.indexOf('svc/web:80'));
		expect(sorted).toContain('❯! svc/web:80');
	});

	test('shows what breaks while nobody touches a key', async () => {
		const healthy = shop.entries.map((row) => ({...row, verdict: 'ok' as const}));
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries: healthy}});
		await explorer.until('❯✓ app.example.com/');
		explorer.session.update({
			entries: healthy.map((row) => (row.id === 'svc/db:5432' ? {...row, verdict: 'broken' as const} : row)),
		});
		await explorer.until('❯✗ svc/db:5432');
	});

	test('holds on to an entry that was opened, though the cursor was never moved', async () => {
		const healthy = shop.entries.map((row) => ({...row, verdict: 'ok' as const}));
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries: healthy}});
		await explorer.until('❯✓ app.example.com/');
		explorer.type(keys.enter);
		await explorer.until('shop › app.example.com/');
		explorer.type('q');
		await explorer.until((screen) => !screen.includes('shop ›'));
		explorer.session.update({
			entries: healthy.map((row) => (row.id === 'svc/db:5432' ? {...row, verdict: 'broken' as const} : row)),
		});
		expect(await explorer.until('✗ svc/db:5432')).toContain('❯✓ app.example.com/');
	});

	test('of all namespaces keeps the cursor on the entry that was chosen', async () => {
		const other = {...shop.entries[0]!, id: 'other', title: 'svc/other:80', namespace: 'billing'};
		explorer = openExplorer({
			columns: 120,
			rows: 30,
			answer: (action, state) =>
				action.type === 'namespace'
					? {namespace: undefined, entries: [other], entriesKnown: false}
					: shopAnswer(action, state),
		});
		await explorer.until('KNET702');
		explorer.type('jj');
		await explorer.until('❯! svc/web:80');
		explorer.type('0');
		await explorer.until('svc/other:80');
		explorer.session.update({entries: [other, ...shop.entries], entriesKnown: true});
		await explorer.until((text) => /❯! (?:shop +)?svc\/web:80/u.test(text));
	});

	test('is that of the namespace in which the target of the command line was found', async () => {
		const target = 'https://app.example.com/';
		explorer = openExplorer({
			columns: 120,
			rows: 30,
			target,
			state: {...shop, namespace: 'default', entries: []},
			answer: (action, state) =>
				action.type === 'namespace'
					? {namespace: action.namespace, entries: shop.entries}
					: shopAnswer(action, state),
		});
		await explorer.until('shop › app.example.com/');
		explorer.type(keys.escape);
		const screen = await explorer.until('❯✓ app.example.com/');
		expect(screen).not.toContain('default');
		expect(explorer.session.actions).toContainEqual({type: 'namespace', namespace: 'shop'});
		explorer.type('q');
		await explorer.done;
	});

	test('unmarks a change after a while', async () => {
		const entries = shop.entries.map((row) => ({...row, changed: {at: now, was: 'unknown' as const}}));
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries}});
		await explorer.until('3/3       •');
		explorer.pass(9000);
		await explorer.until((screen) => !screen.includes('•'));
	});

	test('filters by a regular expression, and by its inverse', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('/svc.*80');
		const typed = await explorer.until('2 of 7  ⏎ keep');
		expect(typed).toContain('Entries 2 of 7 /svc.*80');
		explorer.type(keys.enter);
		await explorer.until('q back');
		explorer.type(keys.escape);
		await explorer.until('Entries 7');
		explorer.type('/!svc');
		await explorer.until('2 of 7  ⏎ keep');
	});

	test('shows faults only', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('z');
		const screen = await explorer.until('faults only');
		expect(screen).not.toContain('svc/db');
	});

	test('windows 500 entries', async () => {
		const entries = Array.from({length: 500}, (_, n) => ({
			...shop.entries[1]!,
			id: `e${n}`,
			title: `svc/service-${String(n).padStart(3, '0')}:80`,
			target: `svc/service-${n}:80`,
		}));
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries}});
		await explorer.until('Entries 500');
		explorer.type('G');
		const last = await explorer.until('❯✓ svc/service-499:80');
		// The pane below keeps its rows while a path is walked: the list would jump with each entry.
		expect(last.match(/svc\/service-/g)).toHaveLength(11);
		expect(last).toContain('walking the path');
		explorer.type(keys.pageDown);
		explorer.type('g');
		await explorer.until('❯✓ svc/service-000:80');
	});

	test('a cause that is cut begins with what kind of fault it is', async () => {
		const entries = shop.entries.map((row) => ({...row, causeName: row.cause && 'readiness-probe-failing'}));
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries}});
		await explorer.until('A readiness-probe-failing: The');
		explorer.type('/probe-failing');
		await explorer.until('of 7');
		explorer.resize(120, 40);
		await explorer.until('Causes');
	});

	test('long names of many namespaces can be read at 120 columns', async () => {
		const names = [
			'svc/envoy-shop-gateway-8b5adc41:8443',
			'svc/envoy-shop-gateway-8b5adc41:9001',
			'g6.api.example.com/ (GRPC)',
		];
		const entries = names.map((title, n) => ({
			...shop.entries[0]!,
			id: `e${n}`,
			namespace: n === 2 ? 'shop' : 'envoy-gateway-system',
			title,
			symptom: 'connection-refused' as const,
			since: {at: now - 60_000, by: 'conditions' as const},
			changed: n === 0 ? {at: now, was: 'ok' as const, times: 4} : undefined,
		}));
		explorer = openExplorer({columns: 120, rows: 30, state: {...shop, entries}});
		const screen = await explorer.until('Entries 3');
		expect(
			screen
				.split('\n')
				.slice(1, 6)
				.map((row) => row.slice(0, 64)),
		).toMatchInlineSnapshot(`
			[
			  "╭ Entries 3 ━━━━━━━━───────────────── 3 broken by 1 cause ─╮╭ ✗ ",
			  "│   NAMESPACE   ENTRY                SEES            SINCE ││ ca",
			  "│❯✗ envo…ystem  svc/envoy…dc41:8443  refused ×4    A    1m ││   ",
			  "│ ✗ envo…ystem  svc/envoy…dc41:9001  refused       A    1m ││   ",
			  "│ ✗ shop        g6.api.ex…m/ (GRPC)  refused       A    1m ││ ✓ ",
			]
		`);
	});

	test('draws of 20,000 entries no more rows than there are', async () => {
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries: manyEntries()}});
		const screen = await explorer.until('Entries 20000');
		expect(screen.match(/svc\/web-/gu)!.length).toBeLessThan(24);
		const before = explorer.writes.length;
		explorer.type('G');
		await explorer.until('svc/web-19999:80');
		expect(
			explorer.writes
				.slice(before)
				.join('')
				.match(/svc\/web-/gu)!.length,
		).toBeLessThan(48);
	});

	test.each([
		['a key', (open: OpenExplorer) => open.type('j')],
		['a second', (open: OpenExplorer) => open.pass(1000)],
	])('looks of 20,000 entries, with %s, only at those on the screen', async (_, act) => {
		const looks = {count: 0};
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries: manyEntries(looks)}});
		await explorer.until('svc/web-00009:80');
		explorer.type('j');
		await explorer.until('❯✗ svc/web-00001:80');
		looks.count = 0;
		act(explorer);
		explorer.type('j');
		await explorer.until((screen) => /❯✗ svc\/web-0000[23]:80/u.test(screen));
		expect(looks.count).toBeLessThan(200);
	});
});

/** `looks`: how often the title of one of them was read. */
function manyEntries(looks = {count: 0}): SessionState['entries'] {
	const [first] = shop.entries;
	return Array.from({length: 20_000}, (_, position) => ({
		...first!,
		id: `svc/${position}`,
		target: `svc/web-${position}:80`,
		get title() {
			looks.count += 1;
			return `svc/web-${String(position).padStart(5, '0')}:80`;
		},
	}));
}
