import {afterEach, describe, expect, test} from 'vitest';
import type {SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now, webTrace} from '../helpers/shop-traces.ts';
import {shop} from '../helpers/shop.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

function rowOf(screen: string, text: string): string {
	return screen.split('\n').find((row) => row.includes(text)) ?? '';
}

describe('trust', () => {
	test('says how old the picture is, and why', async () => {
		const kinds = shop.kinds.map((row) =>
			row.kind === 'Pod'
				? {
						...row,
						state: {
							state: 'stale' as const,
							since: now - 42_000,
							reason: 'the API server refuses the connection',
						},
					}
				: row,
		);
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, kinds}});
		const screen = await explorer.until('KNET702');
		expect(screen.split('\n').slice(0, 3)).toMatchInlineSnapshot(`
			[
			  " knet  prod-eu › shop   DNS 2/2  ingress 2/2  nodes 3/3   ! stale 42s  02:30:03",
			  " ! the API server refuses the connection",
			  "╭ Entries 7 ━━━━━━━━───────────────────────────────────── 2 broken by 1 cause ─╮",
			]
		`);
		explorer.pass(10_000);
		await explorer.until('stale 52s');
		explorer.type('i');
		expect(rowOf(await explorer.until('What is read'), 'Pod')).toContain('! stale 52s');
	});

	test('counts down to the next try by the clock of today while an earlier time is looked at', async () => {
		const kinds = shop.kinds.map((row) => ({
			...row,
			state: {state: 'stale' as const, since: now - 42_000, reason: 'the connection was closed'},
		}));
		const past = {at: now - 360_000, back: 3, of: 3, entries: [], objects: [], elsewhere: 0};
		const retry = {tries: 2, at: now + 3000};
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, kinds, retry, past}});
		expect(await explorer.until('« as of')).toContain('! try 2, next in 3s: the connection was closed');
		explorer.type('i');
		expect(rowOf(await explorer.until('What is read'), 'Pod')).toContain('! stale 42s');
		explorer.type('i');
		explorer.session.update({entries: [], entriesKnown: false});
		await explorer.until('knet keeps trying (try 2, next in 3s)');
	});

	test('shows that it is connecting, and what is being read', async () => {
		const state = {
			...shop,
			entries: [],
			entriesKnown: false,
			kinds: [{kind: 'Service' as const, state: {state: 'connecting' as const}, count: 0}],
		};
		explorer = openExplorer({columns: 80, rows: 24, state});
		const screen = await explorer.until('Reading Services and routes.');
		expect(screen).toMatch(/. connecting/);
	});

	test('says that TLS is not verified, on every screen', async () => {
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			state: {...shop, source: {...shop.source, insecure: true}},
		});
		await explorer.until('! TLS is not verified');
		explorer.type('?');
		expect(await explorer.until('Keys')).toContain('! TLS is not verified');
	});

	test('holds the picture, and lets it go on', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('p');
		await explorer.until('‖ paused 0s');
		explorer.session.update({entries: []});
		explorer.pass(3000);
		expect(await explorer.until('‖ paused 3s')).toContain('Entries 7');
		explorer.type('p');
		await explorer.until('Entries 0');
	});

	test('says what to do when there is nothing', async () => {
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries: []}});
		const screen = await explorer.until('Namespace shop has no Services and no routes.');
		expect(screen).toContain('n picks another namespace, 0 lists all.');
	});

	test('says that a namespace is not there', async () => {
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries: [], namespace: 'shpo'}});
		const screen = await explorer.until('There is no namespace shpo.');
		expect(screen).toContain('n picks one that is there, 0 lists all.');
	});
});

describe('help', () => {
	test('lists every key, and says why one does nothing now', async () => {
		explorer = openExplorer({columns: 100, rows: 116});
		await explorer.until('KNET702');
		explorer.type('?');
		expect(await explorer.until('Signs')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop     DNS 2/2  ingress 2/2  nodes 3/3  kube-proxy 3/3  policies Calico   ● live
			╭ Keys 88 ▏ ━━━━━━━━─────────────────────────────────────────────────────────────────────────── ↓ ─╮
			│ Move                                                                                             │
			│❯ ↑ k                  move up                                                                    │
			│  ↓ j                  move down                                                                  │
			│  pgup ctrl-b ctrl-u   move up a page                                                             │
			│  pgdn ctrl-f ctrl-d   move down a page                                                           │
			│  g home               go to the first                                                            │
			│  G end                go to the last                                                             │
			│  ←                    go to the previous hop                                                     │
			│  →                    go to the next hop                                                         │
			│  K                    open the entry above                                                       │
			│  J                    open the entry below                                                       │
			│  <                    show the previous path, of several  (not now: there is only one path)      │
			│  >                    show the next path, of several  (not now: there is only one path)          │
			│  [                    go back to the path opened before  (not now: no path was opened before thi…│
			│  ]                    go forward again  (not now: this is the newest path)                       │
			│  -                    go to the last view, and back  (not now: there is no other view yet)       │
			│  tab                  move the focus to the next pane                                            │
			│  shift-tab            move the focus to the previous pane                                        │
			│                                                                                                  │
			│ Look                                                                                             │
			│  ⏎                    open: entry, then path, then detail                                        │
			│  b                    go to the hop where traffic stops                                          │
			│  r                    go to the hop with the root cause                                          │
			│  z                    show faults only, or all                                                   │
			│  s                    sort the entries again                                                     │
			│  S                    sort by status, worst first                                                │
			│  A                    sort by last change, newest first                                          │
			│  N                    sort by name                                                               │
			│  P                    sort by namespace                                                          │
			│  o                    group entries by their root cause, or not                                  │
			│  space                keep this entry on top, or not; remembered                                 │
			│  +                    give this pane more room: half, then all                                   │
			│  _                    give it less room                                                          │
			│  y                    show the YAML of what decided this hop, the fields marked                  │
			│  d                    describe it: conditions, status, spec, events                              │
			│  e                    show its events                                                            │
			│  l                    show the log of the pod that is to blame                                   │
			│  u                    show which entries lead here, or cross its pods and nodes                  │
			│  v                    show the target from everywhere: outside, each node, pods                  │
			│  w                    show the cluster: its parts, causes, namespaces                            │
			│  p                    pause the screen, or let it go on                                          │
			│  i                    show what is read, and how old it is                                       │
			│                                                                                                  │
			│ Past                                                                                             │
			│  ,                    show how everything was a moment earlier  (not now: nothing is remembered …│
			│  .                    show how everything was a moment later  (not now: nothing is remembered he…│
			│  *                    go back to now  (not now: the present is shown)                            │
			│  D                    show what differs between then and now  (not now: the present is shown; , …│
			│  ctrl-s               save the last hour as a recording  (not now: nothing is remembered here)   │
			│                                                                                                  │
			│ Find                                                                                             │
			│  /                    filter the entries: a regular expression; ! inverts, -f fuzzy, -l labels   │
			│  :                    go to a target, or give one of the words below                             │
			│  n                    pick a namespace                                                           │
			│  1 2 3 4 5 6 7 8 9    list the namespace of that number; n shows them                            │
			│  f                    open a favourite of the configuration, or what was pinned                  │
			│  0                    list all namespaces                                                        │
			│  x                    pick a context                                                             │
			│                                                                                                  │
			│ Check                                                                                            │
			│  t                    test this hop; first says what it sends; held: every 30 s                  │
			│  T                    test the whole path                                                        │
			│  c                    copy the command of this hop                                               │
			│  C                    copy a summary of this path, in Markdown                                   │
			│                                                                                                  │
			│ Leave                                                                                            │
			│  ?                    show all keys; type to find one, enter runs it                             │
			│  ctrl-l ctrl-r        redraw the screen                                                          │
			│  ctrl-z               stop knet for now; fg brings it back                                       │
			│  esc h ⌫              go back, close, clear the filter                                           │
			│  q                    go back; on the first screen quit                                          │
			│  ctrl-c               quit                                                                       │
			│                                                                                                  │
			│ Words after :                                                                                    │
			│  :ns NAME             list the entries of a namespace, or of all                                 │
			│  :svc NAMESPACE       list Services only                                                         │
			│  :ing NAMESPACE       list Ingresses only                                                        │
			│  :gw NAMESPACE        list Gateways only                                                         │
			│  :route NAMESPACE     list routes only                                                           │
			│  :pod NAME            open the path to a pod                                                     │
			│  :node NAME           show what a drain of a node would change                                   │
			│  :crossing node/NAME  list the paths that cross a node or a pod                                  │
			│  :log                 show the log of the pod that is to blame                                   │
			│  :dns NAME            open a name at its DNS hop, or the DNS of the cluster                      │
			│  :trace TARGET        open the path of a target                                                  │
			│  :causes              show the causes, and the entries they hit                                  │
			│  :findings            show the causes, as :causes does                                           │
			│  :pulse               show the cluster: its parts, causes, namespaces                            │
			│  :ctx NAME            look at the cluster of a context                                           │
			│  :from SOURCE         ask from external[:IP], node/NAME or pod/NAME                              │
			│  :method NAME         ask with a method; without a name take it back                             │
			│  :header NAME: VALUE  ask with one more header, or without any                                   │
			│  :query NAME=VALUE    ask with one more parameter, or without any                                │
			│  :what-if FILE        what would change? also scale deploy/x=0, drain NODE, without svc/x        │
			│  :at TIME             show the moment: 02:57, 02:57:30, -5m or +30s                              │
			│  :speed N             play a recording N times as fast, 0.25 to 64                               │
			│  :kinds               show what is read, and how old it is                                       │
			│  :guide               show the demo's guide, or hide it                                          │
			│  :help                show this                                                                  │
			│  :suspend             stop knet for now                                                          │
			│  :q                   quit                                                                       │
			│                                                                                                  │
			│  Signs                                                                                           │
			│  ✓ ok        requests get through                                                                │
			│  ! degraded  some do not, or soon will not                                                       │
			│  ✗ broken    they do not                                                                         │
			│  ? unknown   knet may not read, or has not read, what decides it                                 │
			│  · skipped   does not apply, or lies behind the break                                            │
			│  ◂           where traffic stops, and where the cause lies                                       │
			│                                                                                                  │
			│ ↑ k  move up                                                                                     │
			│                                                                                                  │
			╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
			 ↑↓ move  ⏎ do it  type to find  esc close"
		`);
	});

	test('a key that does nothing says why', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('F');
		await explorer.until('no key F; ? lists them');
		explorer.type('>');
		await explorer.until('there is only one path');
		explorer.pass(5000);
		await explorer.until((screen) => !screen.includes('there is only one path'));
	});
});

test('the demo asks its question, and says the next key until the last was pressed', async () => {
	const guide = {
		question: 'Where does it stop?',
		steps: [
			{command: 'broken-hop', shows: 'goes to the hop where traffic stops'},
			{command: 'command', key: ':pulse', shows: 'shows the cluster'},
		],
		closing: 'That is all here.',
	};
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, source: {kind: 'demo', guide}}});
	const rows = (screen: string): readonly string[] => screen.split('\n').slice(1, 3);
	expect(rows(await explorer.until('KNET702'))).toEqual([
		' → Where does it stop?',
		'   b goes to the hop where traffic stops',
	]);
	explorer.type('b');
	await explorer.until('   :pulse shows the cluster');
	explorer.type(':pulse\r');
	await explorer.until('   That is all here.');
	explorer.type('q:guide\r');
	await explorer.until((screen) => !screen.includes('That is all here.'));
});

test('the guide says why its key does nothing now, as once all is well again', async () => {
	const guide = {
		question: 'Where does it stop?',
		steps: [{command: 'broken-hop', shows: 'goes to the hop where traffic stops'}],
		closing: 'That is all here.',
	};
	const state: SessionState = {...shop, source: {kind: 'demo', guide}};
	explorer = openExplorer({columns: 80, rows: 24, state, target: webTrace.target.text});
	await explorer.until('   b not now (this path is not broken): goes to the hop where traffic stops');
	const kinds = [{kind: 'Pod' as const, state: {state: 'connecting' as const}, count: 0}];
	explorer.session.update({kinds});
	await explorer.until((screen) => !screen.includes('not now ('));
});

test('the guide asks for nothing to be closed where nothing is open', async () => {
	const guide = {
		question: 'Where does it stop?',
		steps: [
			{command: 'pulse', shows: 'shows the cluster'},
			{command: 'quit', shows: 'closes it'},
			{command: 'broken-hop', shows: 'goes to the hop where traffic stops'},
		],
		closing: 'That is all here.',
	};
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, source: {kind: 'demo', guide}}});
	await explorer.until('   w shows the cluster');
	explorer.type('w');
	await explorer.until('   q closes it');
	explorer.type('\u001B');
	await explorer.until('   b goes to the hop where traffic stops');
	explorer.type('n');
	await explorer.until('   esc closes it');
	explorer.type('\u001B');
	await explorer.until('   b goes to the hop where traffic stops');
	explorer.type('b');
	await explorer.until('   That is all here.');
});

test('the guide does not count what is typed to narrow a list, or does nothing where it is pressed', async () => {
	const guide = {
		question: 'Where does it stop?',
		steps: [
			{command: 'pulse', shows: 'shows the cluster'},
			{command: 'past-back', shows: 'shows the moment before'},
		],
		closing: 'That is all here.',
	};
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, source: {kind: 'demo', guide}}});
	await explorer.until('   w shows the cluster');
	explorer.type('nw');
	await explorer.until(' w▏');
	explorer.type('\u007F\u001B');
	await explorer.until(
		(screen) => !screen.includes('Namespaces') && screen.includes('   w shows the cluster'),
	);
	explorer.type('w');
	await explorer.until('   , shows the moment before');
	explorer.type(',q');
	await explorer.until('   , not now (nothing is remembered here): shows the moment before');
});

test('the header does not count the kinds that are old: each try would change it', async () => {
	const kinds = shop.kinds.map((row) => ({
		...row,
		state: {state: 'stale' as const, since: now - 42_000, reason: 'the API server refuses the connection'},
	}));
	explorer = openExplorer({columns: 160, rows: 40, state: {...shop, kinds}});
	const [header] = (await explorer.until('stale 42s')).split('\n');
	expect(header).not.toContain('kinds');
});

test('i says how much of the last hour is kept in memory', async () => {
	const whoProblem = 'the API server forbids it (403)';
	const history = {changes: 128, bytes: 51_200, mostBytes: 32_000_000, since: now - 1_800_000, whoProblem};
	explorer = openExplorer({columns: 100, rows: 40, state: {...shop, history}});
	await explorer.until('KNET702');
	explorer.type('i');
	await explorer.until('128 changes of the last 30m, 52 KB of at most 32.0 MB; , goes back');
	await explorer.until('who made a change is not known: the API server forbids it (403)');
});

test('D shows what edits would change, with what was assumed', async () => {
	const supposition = {
		title: 'drain node-b',
		assumed: ['pods of web start elsewhere'],
		entries: [{id: 'x', title: 'svc/web:80', namespace: 'shop', was: 'ok', is: 'broken'}],
	} as const;
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, supposition}});
	await explorer.until('what if drain node-b');
	explorer.type('D');
	expect(await explorer.until('svc/web:80  ok → broken')).toContain('assumed: pods of web start elsewhere');
});
