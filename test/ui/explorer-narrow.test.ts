import {afterEach, expect, test} from 'vitest';
import type {Matrix} from '../../source/path/walk/matrix.ts';
import type {SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now} from '../helpers/shop-traces.ts';
import {shop, shopAnswer} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

const small = {columns: 60, rows: 15};
const tiny = {columns: 30, rows: 8};

async function rowsOf(text: string): Promise<readonly string[]> {
	return (await explorer.until(text)).split('\n');
}

const kinds = ['dns', 'load-balancer', 'controller', 'route', 'service', 'endpoints', 'pod'] as const;
const matrix: Matrix = {
	target: {kind: 'url', text: 'http://app.example.com/api', namespace: 'shop'},
	verdict: 'broken',
	rows: [{kind: 'external'} as const, {kind: 'node', name: 'node-a'} as const].map((from) => ({
		from,
		verdict: 'broken',
		symptom: 'http-503',
		rootCause: 'KNET702',
		cause: 'The readiness probe fails.',
		hops: kinds.map((kind) => ({kind, status: kind === 'endpoints' ? 'broken' : 'ok'})),
	})),
};

function withMatrix(size: {readonly columns: number; readonly rows: number}): OpenExplorer {
	return openExplorer({
		...size,
		answer: (action, state) =>
			action.type === 'everywhere'
				? {matrix: action.isWanted ? matrix : undefined}
				: shopAnswer(action, state),
	});
}

test('a cause that is cut begins with its short name, which says what is wrong', async () => {
	explorer = openExplorer(tiny);
	await explorer.until('svc/api');
	explorer.type(keys.enter);
	const rows = await rowsOf('❯✗ Pods');
	expect(rows[2]).toMatchInlineSnapshot(`" readiness-probe-failing: Th…"`);
});

test('the matrix has names and verdicts at 60 columns', async () => {
	explorer = withMatrix(small);
	await explorer.until('svc/api');
	explorer.type('v');
	expect((await rowsOf('readiness probe fails')).slice(1, 5)).toMatchInlineSnapshot(`
		[
		  "╭ From everywhere  http://app.example.com/api ━━━━━━━━─────╮",
		  "│   from     DNS LB  ctrl route svc ep  pod verdict        │",
		  "│ ❯ outside [✓]  ✓   ✓    ✓     ✓   ✗   ✓   broken  503    │",
		  "│   node-a   ✓   ✓   ✓    ✓     ✓   ✗   ✓   broken  503    │",
		]
	`);
});

test('the matrix leaves its columns out where only names and verdicts fit', async () => {
	explorer = withMatrix(tiny);
	await explorer.until('svc/api');
	explorer.type('v');
	expect((await rowsOf('From everywhere')).slice(1, 5)).toMatchInlineSnapshot(`
		[
		  "╭ From everywhere  htt… ━ ↓ ─╮",
		  "│   from      verdict        │",
		  "│ ❯ outside   broken  503    │",
		  "│   node-a    broken  503    │",
		]
	`);
});

test('the key under the cursor is told whole, with why it does nothing now', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type('?');
	await explorer.until('Keys');
	explorer.type('differs');
	const rows = await rowsOf('differs');
	expect(rows.slice(1, 4)).toMatchInlineSnapshot(`
		[
		  "╭ Keys 1 differs▏ ━━━━━━━━─────────────────────────────────────────────────────╮",
		  "│❯ D  show what differs between then and now  (not now: the present is shown; …│",
		  "│                                                                              │",
		]
	`);
	expect(rows.slice(-4)).toMatchInlineSnapshot(`
		[
		  "│ D  show what differs between then and now (not now: the present is shown; ,  │",
		  "│ goes back)                                                                   │",
		  "╰──────────────────────────────────────────────────────────────────────────────╯",
		  " ↑↓ move  ⏎ do it  type to find  esc close",
		]
	`);
});

test('where it is narrow, keys show the first one and what it does', async () => {
	explorer = openExplorer(tiny);
	await explorer.until('svc/api');
	explorer.type('?');
	expect((await rowsOf('Keys')).slice(1, 6)).toMatchInlineSnapshot(`
		[
		  "╭ Keys 88 ▏ ━━━━━━━━───── ↓ ─╮",
		  "│ Move                       │",
		  "│❯ ↑          move up        │",
		  "│  ↓          move down      │",
		  "│  pgup       move up a page │",
		]
	`);
});

test('what leads here stands beside its namespace, without a gap', async () => {
	explorer = openExplorer(small);
	await explorer.until('svc/api');
	explorer.type('u');
	expect((await rowsOf('What leads here')).slice(1, 5)).toMatchInlineSnapshot(`
		[
		  "╭ What leads here 6 ▏ ━━━━━━━━─────────────────────────────╮",
		  "│❯ svc/api:80       shop  broken                           │",
		  "│  Pod api-7d9f-x2  the paths that cross it                │",
		  "│  Pod api-7d9f-k8  the paths that cross it                │",
		]
	`);
});

test('where it is narrow, names of what leads here are whole', async () => {
	explorer = openExplorer(tiny);
	await explorer.until('svc/api');
	explorer.type('u');
	expect((await rowsOf('What leads here')).slice(1, 6)).toMatchInlineSnapshot(`
		[
		  "╭ What leads here 6 ▏ ━━━ ↓ ─╮",
		  "│❯ svc/api:80                │",
		  "│  Pod api-7d9f-x2           │",
		  "│  Pod api-7d9f-k8           │",
		  "│  Pod api-7d9f-zz           │",
		]
	`);
});

test.each(['causes', 'findings'])(':%s shows the causes on top', async (word) => {
	explorer = openExplorer(small);
	await explorer.until('svc/api');
	explorer.type(`:${word}${keys.enter}`);
	expect((await rowsOf('╭ Cluster'))[2]).toContain('Causes');
});

test('what may not be read is told whole in the overview', async () => {
	const forbidden = (resource: string) => ({state: 'forbidden', resource, group: '', reason: 'no'}) as const;
	const kinds = (['ConfigMap', 'EndpointSlice', 'NetworkPolicy', 'Node', 'Namespace', 'Secret'] as const).map(
		(kind) => ({kind, state: forbidden(kind), count: 0}),
	);
	explorer = openExplorer({columns: 80, rows: 40, state: {...shop, kinds: [...shop.kinds, ...kinds]}});
	await explorer.until('KNET702');
	explorer.type('w');
	const rows = (await explorer.until('not read, forbidden')).split('\n');
	const at = rows.findIndex((row) => row.includes('not read, forbidden'));
	expect(rows.slice(at, at + 2)).toEqual([
		'│ ? not read, forbidden: ConfigMap, EndpointSlice, NetworkPolicy, Node,        │',
		'│                        Namespace, Secret                                     │',
	]);
});

test(':what-if without anything says what it takes', async () => {
	explorer = openExplorer({columns: 120, rows: 30});
	await explorer.until('KNET702');
	explorer.type(`:what-if${keys.enter}`);
	await explorer.until('what-if takes a FILE, scale deploy/NAME=N, drain NODE or without svc/NAME');
});

test('the cause stands whole at 60×15, and the hops move below it', async () => {
	explorer = openExplorer(small);
	await explorer.until('app.example.com/api');
	explorer.type(keys.enter);
	expect((await rowsOf('❯✗ Pods')).slice(1, 14)).toMatchInlineSnapshot(`
		[
		  "╭ ✗ https://app.example.com/api ━━━━━━━━───────────── 503 ─╮",
		  "│ cause  Pods: The readiness probe of container app fails: │",
		  "│        HTTP probe failed with statuscode: 500 (GET       │",
		  "│        :8080/healthz).                                   │",
		  "│ ✓ DNS            app.example.com → 203.0.113.10          │",
		  "│ ✓ Load balancer  traefik  203.0.113.10:443               │",
		  "│ ✓ Controller     2/2 ready  class traefik                │",
		  "│ ✓ Route          Ingress site  Prefix /api → api:80      │",
		  "│ ✓ Service        api  ClusterIP 10.96.12.4:80 → 8080     │",
		  "│ ✗ Endpoints      api  0 of 3 ready  ◂ traffic stops here │",
		  "│❯✗ Pods           3 running, 0 ready         ◂ root cause │",
		  "│ · not on the way: kube-proxy, NetworkPolicy              │",
		  "╰──────────────────────────────────────────────────────────╯",
		]
	`);
});

test('what differs is never cut: it often stands at the end of a line', async () => {
	const past: SessionState['past'] = {
		at: now - 30_000,
		back: 1,
		of: 3,
		entries: [],
		elsewhere: 0,
		objects: [
			{
				object: {kind: 'Deployment', namespace: 'shop', name: 'web'},
				type: 'changed',
				fields: [
					{
						path: 'containers[web].image',
						was: 'example.com/shop/web:2.1.0',
						is: 'example.com/shop/web:2.0.1',
					},
				],
			},
		],
	};
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		state: {...shop, past, history: {changes: 3, bytes: 900, mostBytes: 9000, since: now - 60_000}},
	});
	await explorer.until('« as of');
	expect(explorer.screen()).toContain(',. step in time  D differs  * now');
	// The past stands still; a word about a key does not stay with it.
	explorer.type('t');
	await explorer.until('the past is shown; * goes back to now');
	explorer.pass(5000);
	await explorer.until((screen) => !screen.includes('the past is shown'));
	explorer.type('D');
	expect((await rowsOf('What differs')).slice(5, 9)).toMatchInlineSnapshot(`
		[
		  "│                                                                              │",
		  "│   Deployment shop/web                                                        │",
		  "│     containers[web].image example.com/shop/web:2.1.0 →                       │",
		  "│     example.com/shop/web:2.0.1                                               │",
		]
	`);
});

test('a path that does not fit says in its title where more hops are', async () => {
	explorer = openExplorer({columns: 60, rows: 14});
	await explorer.until('cause  ');
	explorer.type(keys.enter);
	const title = (await explorer.until('❯✗ Pods')).split('\n').find((row) => row.startsWith('╭'));
	expect(title).toMatch(/ 503 {2}↑ ─╮$/u);
	explorer.type('g');
	const top = (await explorer.until('❯✓ DNS')).split('\n').find((row) => row.startsWith('╭'));
	expect(top).toMatch(/ 503 {2}↓ ─╮$/u);
});
