import {afterEach, describe, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {apiTrace, now} from '../helpers/shop-traces.ts';
import {shop} from '../helpers/shop.ts';
import {waitFor} from '../helpers/wait-for.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

describe('the way through', () => {
	test('goes back and forward through the paths that were opened', async () => {
		explorer = openExplorer({columns: 120, rows: 30});
		await explorer.until('KNET702');
		explorer.type(`${keys.enter}q`);
		explorer.type(`jjjj${keys.enter}`);
		await explorer.until('shop › app.example.com/ ');
		explorer.type('[');
		await explorer.until('shop › app.example.com/api');
		explorer.type(']');
		await explorer.until('shop › app.example.com/ ');
		explorer.type('-');
		await explorer.until('shop › app.example.com/api');
		explorer.type('[');
		await explorer.until('no path was opened before this one');
	});

	test('keeps a pinned entry on top, through every filter', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('jj ');
		await explorer.until('!^svc/web:80');
		explorer.type('/app');
		const screen = await explorer.until('4 of 7');
		expect(screen.indexOf('svc/web:80')).toBeLessThan(screen.indexOf('app.example.com/api'));
	});

	test('sorts by name, and groups by cause', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('N');
		const byName = await explorer.until('by name');
		expect(byName.indexOf('svc/api:80')).toBeLessThan(byName.indexOf('svc/billing'));
		explorer.type('o');
		const grouped = await explorer.until('grouped by cause');
		const rows = grouped.split('\n');
		const first = rows.findIndex((row) => row.includes('app.example.com/api'));
		expect(rows[first + 1]).toContain('svc/api:80');
	});

	test('numbers namespaces, those that were looked at first', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('n');
		expect(await explorer.until('Namespaces')).toContain('❯ 1  shop');
		explorer.type(keys.escape);
		await explorer.until('KNET702');
		explorer.type('3');
		await explorer.until('prod-eu › ingress');
		expect(explorer.session.actions).toContainEqual({type: 'namespace', namespace: 'ingress'});
	});

	test('gives a pane more room', async () => {
		explorer = openExplorer({columns: 120, rows: 30});
		await explorer.until('KNET702');
		explorer.type('++');
		expect((await explorer.until((text) => !text.includes('╮╭'))).split('\n')[1]).toHaveLength(120);
		explorer.type('__');
		await explorer.until('╮╭');
	});

	test('marks what the filter found', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('/example');
		await explorer.until('2 of 7');
		expect(explorer.writes.join('')).toMatch(/[;[]7;36mexample\u001B/u);
	});

	test('lists the entries of one kind, as k9s does', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`:ing${keys.enter}`);
		await explorer.until('Entries 2 of 7 Ingress');
		explorer.type('q');
		await explorer.until('Entries 7 ');
	});

	test('edits a command where the cursor stands, and brings earlier ones back', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`:svc/wb:80${keys.left}${keys.left}${keys.left}${keys.left}e`);
		await explorer.until(':svc/we▏b:80');
		explorer.type(keys.enter);
		await explorer.until('shop › svc/web:80');
		explorer.type(`:${keys.up}`);
		await explorer.until(':svc/web:80▏');
	});
});

test('opens a cause of the cluster at the worst entry that it hits', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type(`:pulse${keys.enter}`);
	await explorer.until('❯ A ✗ KNET702');
	expect(await explorer.until('⏎ open')).toContain('↑↓ move  ⏎ open  / find  q close');
	explorer.type(keys.down);
	await explorer.until('❯ B ? KNET901');
	explorer.type(keys.up);
	await explorer.until('❯ A ✗ KNET702');
	explorer.type(keys.enter);
	const opened = await explorer.until((text) => !text.includes('Namespaces'));
	expect(opened.split('\n')[0]).toContain('prod-eu › shop › app.example.com/api');
});

test('a part of the cluster with many programs goes on below itself', async () => {
	const names = ['Envoy Gateway', 'HAProxy Ingress', 'Istio', 'Contour', 'Traefik', 'NGINX'];
	const cluster = shop.cluster.map((part) =>
		part.part === 'controllers' ? {...part, text: names.map((name) => `${name} 2/2`).join(', ')} : part,
	);
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, cluster}});
	await explorer.until('KNET702');
	explorer.type('w');
	const screen = (await explorer.until('Namespaces')).split('\n');
	expect(screen.slice(4, 7)).toMatchInlineSnapshot(`
		[
		  "│ ✓ ingress     Envoy Gateway 2/2, HAProxy Ingress 2/2, Istio 2/2, Contour     │",
		  "│               2/2, Traefik 2/2, NGINX 2/2                                    │",
		  "│ ✓ nodes       3/3 ready                                                      │",
		]
	`);
});

test('shows the cluster behind its one line', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type(`:pulse${keys.enter}`);
	expect(await explorer.until('Namespaces')).toMatchInlineSnapshot(`
		" knet  prod-eu › shop           DNS 2/2  ingress 2/2  nodes 3/3   ● live  02:30
		╭ Cluster ━━━━━━━━─────────────────────────────────────────────────────────────╮
		│ Parts                                                                        │
		│ ✓ DNS         kube-dns 2/2 ready                                             │
		│ ✓ ingress     Traefik 2/2                                                    │
		│ ✓ nodes       3/3 ready                                                      │
		│ ✓ kube-proxy  iptables 3/3                                                   │
		│ ✓ policies    Calico enforces NetworkPolicies, 3/3 ready                     │
		│                                                                              │
		│ Causes                                                                       │
		│ ❯ A ✗ KNET702  2 of 7 entries  The readiness probe of container app fails:   │
		│                                HTTP probe failed with statuscode: 500.       │
		│   B ? KNET901  1 of 7 entries  Pods may not be listed in namespace shop.     │
		│                                                                              │
		│ Namespaces                                                                   │
		│ NAMESPACE  BROKEN  DEGRADED  UNKNOWN  OK                                     │
		│ shop            2         1        1   2                                     │
		│                                                                              │
		│                                                                              │
		│                                                                              │
		│                                                                              │
		│                                                                              │
		╰──────────────────────────────────────────────────────────────────────────────╯
		 ↑↓ move  ⏎ open  / find  q close"
	`);
});

test('tells what changed, newest first, with who did it', async () => {
	const changed = shop.entries.map((row) =>
		row.id === 'svc/api:80' ? {...row, changed: {at: now - 5000, was: 'ok' as const}} : row,
	);
	explorer = openExplorer({
		columns: 120,
		rows: 30,
		state: {...shop, entries: changed},
		answer: (action, state) =>
			action.type === 'select'
				? {
						...state,
						selected: {
							target: action.target!,
							namespace: action.namespace,
							trace: apiTrace,
							changes: {},
							objectChanges: [
								{
									id: 1,
									at: now - 20_000,
									object: {kind: 'Deployment', namespace: 'shop', name: 'api'},
									type: 'changed',
									fields: [{path: 'image', was: 'v41', is: 'v42'}],
									who: {manager: 'helm'},
								},
							],
						},
					}
				: {},
	});
	const rows = (await explorer.until('Changes')).split('\n').map((row) => row.slice(0, 50));
	const first = rows.findIndex((row) => row.includes('Changes'));
	expect(rows.slice(first + 1, first + 4)).toEqual([
		'│ 02:29:58  svc/api:80  ok → broken              │',
		'│ 02:29:43  Deployment api               by helm │',
		'│             image v41 → v42                    │',
	]);
});

test('shows an earlier time, and what differs from now', async () => {
	explorer = openExplorer({
		columns: 120,
		rows: 30,
		state: {...shop, history: {changes: 3, bytes: 900, mostBytes: 9000, since: now - 60_000}},
		answer: (action, state) =>
			action.type === 'past'
				? {
						...state,
						past: {
							at: now - 30_000,
							back: 1,
							of: 3,
							entries: [{id: 'svc/api:80', title: 'svc/api:80', namespace: 'shop', was: 'ok', is: 'broken'}],
							objects: [],
							elsewhere: 2,
						},
					}
				: {},
	});
	await explorer.until('Entries');
	explorer.type(',');
	await explorer.until('« as of 02:29:33');
	explorer.type('p');
	await explorer.until('the past stands still; * goes back to now');
	explorer.type('D');
	expect(await explorer.until('What differs')).toContain('svc/api:80  ok → broken');
});

test('hears the keys of the configuration, in footer and help too', async () => {
	explorer = openExplorer({columns: 120, rows: 30, keys: {help: ['f'], faults: ['?']}});
	expect((await explorer.until('KNET702')).split('\n').at(-1)).toContain('f keys');
	explorer.type('?');
	await explorer.until('faults only');
	explorer.type('ffaults');
	await explorer.until('❯ ?  show faults only');
});

test('the cluster says what hangs on one node', async () => {
	const entries = shop.entries.map((row) =>
		row.verdict === 'ok' ? {...row, onlyNode: 'node-b', ready: {ready: 2, total: 2}} : row,
	);
	explorer = openExplorer({columns: 100, rows: 40, state: {...shop, entries}});
	await explorer.until('KNET702');
	explorer.type('w');
	expect(await explorer.until('Weak spots')).toMatch(
		/! node-b {2}a drain leaves no endpoint of app\.example\.com\/ and 1 more/u,
	);
});

test('what is ignored is dimmed, counted apart, and no fault', async () => {
	const entries = shop.entries.map((row) => (row.id === 'svc/api:80' ? {...row, ignored: true} : row));
	explorer = openExplorer({columns: 100, rows: 40, state: {...shop, entries}});
	const screen = await explorer.until('KNET702');
	expect(screen).toContain('1 broken 1 ignored');
	expect(screen.indexOf('svc/billing:443')).toBeLessThan(screen.indexOf('svc/api:80'));
	explorer.type('z');
	await explorer.until((shown) => !shown.includes('svc/api:80'));
});

test('f opens a favourite of the configuration, or what was pinned', async () => {
	const kept: unknown[] = [];
	explorer = openExplorer({
		columns: 100,
		rows: 40,
		favourites: ['https://pay.example.com/'],
		pins: {'prod-eu': [{id: 'x', title: 'svc/billing:443', namespace: 'pay', target: 'svc/pay/billing:443'}]},
		remember: (context, pins) => kept.push([context, pins.map(({title}) => title)]),
	});
	await explorer.until('KNET702');
	explorer.type(' ');
	await explorer.until('^app.example.com/api');
	expect(kept).toEqual([['prod-eu', ['svc/billing:443', 'app.example.com/api']]]);
	explorer.type('f');
	const screen = await explorer.until('Favourites 3');
	expect(screen).toMatch(/https:\/\/pay\.example\.com\/\s/u);
	expect(screen).toMatch(/svc\/billing:443\s+pay/u);
	explorer.type('billing\r');
	await waitFor(() =>
		expect(explorer.session.actions).toContainEqual({
			type: 'select',
			target: 'svc/pay/billing:443',
			namespace: 'pay',
		}),
	);
});
