import {afterEach, describe, expect, test} from 'vitest';
import {copiedWords, createCopy} from '../../source/ui/terminal/clipboard.ts';
import type {SessionAction} from '../../source/session/session.ts';
import type {EntryRow, SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {apiTrace, now} from '../helpers/shop-traces.ts';
import {shop} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';
import {waitFor} from '../helpers/wait-for.ts';

/** What a person saw go wrong in the header, the rows and the clipboard, each as it is now. */

let explorer = closed();

function closed(): OpenExplorer {
	return {close: () => Promise.resolve()} as OpenExplorer;
}

afterEach(async () => {
	await explorer.close();
	explorer = closed();
});

function rowOf(screen: string, text: string): string {
	return screen.split('\n').find((row) => row.includes(text)) ?? '';
}

function pasted(text: string): string {
	return `\u001B[200~${text}\u001B[201~`;
}

const longNames: readonly EntryRow[] = ['west', 'ost'].flatMap((place) =>
	['api', 'web'].map((name): EntryRow => ({
		id: `${place}/${name}`,
		title: `${name}.sehr.lange.subdomain.plattform.example.com/${name}`,
		target: `http://${place}/${name}`,
		namespace: `plattform-abrechnung-und-rechnungswesen-produktion-${place}`,
		subject: {kind: 'Ingress', namespace: place, name},
		verdict: 'broken',
		symptom: 'http-503',
	})),
);

test('that all of DNS is down stands in the header of every screen', async () => {
	const cluster = shop.cluster.map((part) =>
		part.part === 'dns' ? {...part, verdict: 'broken' as const, short: '0/2'} : part,
	);
	explorer = openExplorer({columns: 60, rows: 15, state: {...shop, cluster}});
	expect(await explorer.until('Entries')).toContain('DNS ✗ 0/2');
	explorer.type(`${keys.enter}${keys.enter}`);
	expect(await explorer.until('❯✗Pods')).toContain('DNS ✗ 0/2');
});

test.each([
	[80, 24],
	[120, 30],
])('rows of long names differ at %i×%i, the namespace in a column of its own', async (columns, rows) => {
	explorer = openExplorer({columns, rows, state: {...shop, namespace: undefined, entries: longNames}});
	const screen = await explorer.until('503');
	const listed = screen.split('\n').filter((row) => row.includes('✗ platt') && row.includes('503'));
	expect(new Set(listed.map((row) => row.slice(3, 40))).size).toBe(4);
	expect(screen).toMatch(/NAMESPACE +ENTRY +SEES/);
	expect(listed[0]).toMatch(/plattf?…\S*-(?:ost|est) /);
});

test('a namespace that all rows have takes no column', async () => {
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, namespace: undefined}});
	expect(await explorer.until('KNET702')).not.toContain('NAMESPACE');
});

describe('pasted text', () => {
	test('is never run as keys', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(pasted('typing yes please'));
		await explorer.until('pasted text names no URL');
		expect(explorer.session.actions.map(({type}) => type)).toEqual(['select']);
	});

	test.each([
		['http://my-app.example.com/typing', 'http://my-app.example.com/typing', 'shop'],
		['  alert: <https://app.example.com/api> is down\n', 'https://app.example.com/api', 'shop'],
		['kubectl -n pay describe svc billing', 'svc/billing', 'pay'],
		['$ kubectl logs api-7d9f-x2 -c app --tail=50', 'pod/api-7d9f-x2', 'shop'],
		['10.0.0.7:8080', '10.0.0.7:8080', 'shop'],
		['api-6d4b75cb6d-x2k8p', 'pod/api-6d4b75cb6d-x2k8p', 'shop'],
	])('%j opens its path', async (text, target, namespace) => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(pasted(text));
		await explorer.until(`shop › ${target.replace('http://', '').replace('https://', '')}`);
		expect(explorer.session.actions.at(-1)).toEqual({type: 'select', target, namespace});
	});

	test('goes into the line that is typed', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('/');
		explorer.type(pasted('svc/db'));
		expect(await explorer.until('1 of 7  ⏎ keep')).toContain('❯✓ svc/db:5432');
	});
});

test.each([
	['wq', 'no command wq'],
	['kindss', 'no command kindss; did you mean kinds'],
	['pulses', 'no command pulses; did you mean pulse'],
	['deploy', 'deploy/NAME opens one'],
])(':%s is no host', async (word, answer) => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type(`:${word}${keys.enter}`);
	await explorer.until(answer);
	expect(explorer.session.actions).toHaveLength(1);
});

test.each<[string, SessionAction]>([
	['dns', {type: 'select', target: 'svc/kube-system/kube-dns', namespace: 'shop'}],
	['dns svc/web:80', {type: 'select', target: 'svc/web:80', namespace: 'shop'}],
	['trace https://app.example.com/', {type: 'select', target: 'https://app.example.com/', namespace: 'shop'}],
	['pod web-1', {type: 'select', target: 'pod/web-1', namespace: 'shop'}],
	['svc ingress', {type: 'namespace', namespace: 'ingress'}],
])(':%s does what it says', async (words, action) => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type(`:${words}${keys.enter}`);
	await waitFor(() => expect(explorer.session.actions).toContainEqual(action));
});

test('a list without the Services does not say how many entries there are', async () => {
	const kinds = shop.kinds.map((row) =>
		row.kind === 'Service'
			? {...row, state: {state: 'forbidden' as const, resource: 'services', group: '', reason: ''}}
			: row,
	);
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, kinds, entries: []}});
	const screen = await explorer.until('Services may not be listed here.');
	expect(rowOf(screen, 'Entries')).toMatch(/^╭ Entries without Services ━/u);
	explorer.session.update({entries: shop.entries.slice(0, 1)});
	await explorer.until('Entries 1 without Services ━');
});

test(':dns alone opens the DNS of the cluster where it is looked at first, not at a hop that is not on the way', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type(`:dns https://app.example.com/api${keys.enter}`);
	await explorer.until('❯✓ DNS');
	explorer.type(`:dns${keys.enter}`);
	await explorer.until('svc/kube-system/kube-dns');
	explorer.session.update({
		selected: {target: 'svc/kube-system/kube-dns', namespace: 'shop', trace: apiTrace, changes: {}},
	});
	await explorer.until('❯✗ Pods');
});

test(':findings and :log open no host', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	explorer.type(`:findings${keys.enter}`);
	await explorer.until('Parts');
	explorer.type(`q:log${keys.enter}`);
	await explorer.until('reading');
	expect(explorer.session.actions.filter(({type}) => type === 'select')).toHaveLength(1);
});

describe('what became of a copy', () => {
	test('inside tmux it is in the buffer of tmux, and nothing is sent past it', async () => {
		const piped: unknown[] = [];
		const written: string[] = [];
		const copy = createCopy({
			env: {TMUX: '/tmp/tmux-0/default,1,0'},
			write: (text) => written.push(text),
			pipe: async (...given) => piped.push(given) > 0,
		});
		expect(await copy('kubectl get pods')).toBe('tmux');
		expect(piped).toEqual([['tmux', ['load-buffer', '-w', '-'], 'kubectl get pods']]);
		expect(written).toEqual([]);
	});

	test('a text that is too long is not said to be copied', async () => {
		const copy = createCopy({env: {}, write() {}});
		expect(await copy('x'.repeat(60_000))).toBe('too-long');
		expect(copiedWords('too-long', 'a summary')).toBe(
			"not copied: too long for the terminal's clipboard: a summary",
		);
	});
});

test('the banner says why the picture is old, the header how old', async () => {
	const kinds = shop.kinds.map((row) => ({
		...row,
		state: {state: 'stale' as const, since: now - 42_000, reason: 'the API server fell silent'},
	}));
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, kinds}});
	const screen = await explorer.until('stale 42s');
	expect(screen.match(/stale/g)).toHaveLength(1);
	expect(screen).toContain(' ! the API server fell silent');
});

test('the header says how long a silent cluster has not answered', async () => {
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, heardAt: now - 12_000}});
	await explorer.until('● no answer for 12s');
});

test('what is not known now says what it was', async () => {
	const entries = shop.entries.map((row) =>
		row.id === 'svc/db:5432'
			? {...row, verdict: 'unknown' as const, ready: undefined, readyBefore: {ready: 1, total: 1}}
			: row,
	);
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries}});
	expect(rowOf(await explorer.until('was 1/1'), 'svc/db')).toContain('? svc/db:5432');
});

test('the first order is worst first, also with a target open', async () => {
	const [first, ...others] = shop.entries.map((row) => ({...row, verdict: undefined}));
	const state: SessionState = {...shop, entries: [first!, ...others]};
	explorer = openExplorer({columns: 120, rows: 30, state, target: 'https://app.example.com/api'});
	await explorer.until('Entries 7');
	for (const row of shop.entries.toReversed()) {
		explorer.session.update({
			entries: explorer.session.getState().entries.map((each) => (each.id === row.id ? row : each)),
		});
	}

	const screen = await explorer.until('2 broken');
	expect(screen).not.toContain('s sorts');
	expect(screen.indexOf('svc/api:80')).toBeLessThan(screen.indexOf('svc/db:5432'));
});

test('without colour there is weight all the same', async () => {
	explorer = openExplorer({columns: 80, rows: 24, color: false});
	await explorer.until('KNET702');
	const written = explorer.writes.join('');
	expect(written).not.toMatch(/\u001B\[(?:3[0-7]|9[0-7])m/);
	expect(written).toContain('\u001B[1m');
	expect(written).toContain('\u001B[2m');
});

describe('a flap is calm', () => {
	test('the row says what it is now, and how often it changed', async () => {
		const flapping = (id: string, was: 'ok' | 'broken') =>
			shop.entries.map((row) => (row.id === id ? {...row, changed: {at: now, was, times: 14}} : row));
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			state: {...shop, entries: flapping('svc/db:5432', 'broken')},
		});
		expect(rowOf(await explorer.until('flaps ×14'), 'svc/db')).toMatch(/✓ svc\/db:5432 +1\/1 flaps ×14/);
		explorer.session.update({entries: flapping('svc/api:80', 'ok')});
		await explorer.until((screen) => rowOf(screen, 'svc/api:80').includes('flaps'));
		expect(rowOf(explorer.screen(), 'svc/api:80')).toMatch(/✗ svc\/api:80 +refused flaps ×14/);
	});

	test('the row has the word beside the path, too', async () => {
		const entries = shop.entries.map((row) =>
			row.id === 'svc/api:80' ? {...row, changed: {at: now, was: 'ok' as const, times: 4}} : row,
		);
		explorer = openExplorer({columns: 120, rows: 30, state: {...shop, entries}});
		expect(rowOf(await explorer.until('×4'), 'svc/api:80')).toMatch(/✗ svc\/api:80 +refused flaps ×4 A/u);
	});

	test('the row has room for the word where all others are well', async () => {
		const entries = shop.entries.map((row) => ({
			...row,
			verdict: 'ok' as const,
			ready: {ready: 2, total: 2},
			changed: row.id === 'svc/db:5432' ? {at: now, was: 'degraded' as const, times: 8} : undefined,
		}));
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries}});
		expect(rowOf(await explorer.until('×8'), 'svc/db')).toContain('flaps ×8');
	});

	test('an untouched cursor follows what is worst once in five seconds', async () => {
		const healthy = shop.entries.map((row) => ({...row, verdict: 'ok' as const}));
		const broken = (id: string) =>
			healthy.map((row) => (row.id === id ? {...row, verdict: 'broken' as const} : row));
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries: healthy}});
		await explorer.until('❯✓ app.example.com/');
		explorer.session.update({entries: broken('svc/db:5432')});
		await explorer.until('❯✗ svc/db:5432');
		explorer.session.update({entries: broken('svc/api:80')});
		await explorer.until('✗ svc/api:80');
		expect(explorer.screen()).toContain('❯✓ svc/db:5432');
		explorer.pass(5000);
		await explorer.until('❯✗ svc/api:80');
	});
});

test('an outage is said at once, however much changed just before', async () => {
	const entries = shop.entries.map((row) => ({...row, verdict: row.verdict ?? ('ok' as const)}));
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, entries}});
	await explorer.until('svc/db:5432');
	for (const ready of [1, 2, 3, 4, 5, 6]) {
		explorer.session.update({entries: entries.map((row) => ({...row, ready: {ready, total: 9}}))});
	}

	explorer.session.update({outage: {since: now - 5000, reason: "knet's worker thread failed with an error"}});
	await explorer.until('stale 5s');
	explorer.session.update({outage: undefined});
	await explorer.until('● live');
});

test('a cluster that does not answer is said whole, without a spinner', async () => {
	const reason = 'the API server 10.0.0.1:6443 refuses the connection: nothing listens on this port there';
	const kinds = shop.kinds.map((row) => ({...row, state: {state: 'connecting' as const, reason}}));
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, kinds, entries: [], entriesKnown: false}});
	const screen = await explorer.until('does not answer');
	expect(screen.replaceAll(/[│\s]+/g, ' ')).toContain(reason);
	const before = explorer.writes.length;
	await new Promise((resolve) => {
		setTimeout(resolve, 300);
	});
	expect(explorer.writes).toHaveLength(before);
	explorer.type('i');
	const read = await explorer.until('What is read');
	expect(read.match(/10\.0\.0\.1/g)).toHaveLength(1);
});

test('how often it was tried, and when the next try comes, stands in the empty list and over an old one', async () => {
	const kinds = shop.kinds.map((row) => ({
		...row,
		state: {state: 'connecting' as const, reason: 'the API server does not answer'},
	}));
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		state: {...shop, kinds, entries: [], entriesKnown: false, retry: {tries: 7, at: now + 8000}},
	});
	expect(await explorer.until('does not answer')).toContain('knet keeps trying (try 7, next in 8s)');
	explorer.session.update({entries: shop.entries, entriesKnown: true, retry: {tries: 8, at: now + 13_000}});
	await explorer.until('cannot connect yet: try 8, next in 13s: the API server does not answer');
});

describe('facts win over labels', () => {
	test.each([
		[120, '◂ traffic stops here'],
		[66, '◂ traffic stops here'],
		[50, '◂ stops'],
		[36, '◂'],
	])('at %i columns the mark is %s', async (columns, mark) => {
		explorer = openExplorer({columns, rows: 20});
		await explorer.until('svc/api:80');
		explorer.type(keys.enter);
		const screen = await explorer.until('0 of 3 ready');
		expect(rowOf(screen, '0 of 3 ready')).toContain(mark);
	});
});

test('an error in the path is said whole', async () => {
	const error =
		'"deploy web" is not a target. Give https://host/path, host/path, svc/NAME[:PORT], deploy/NAME, ing/NAME, pod/NAME:PORT or IP:PORT.';
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		target: 'deploy/web',
		answer: (action, state) =>
			action.type === 'select'
				? {...state, selected: {target: 'deploy/web', namespace: action.namespace, error, changes: {}}}
				: {},
	});
	const screen = await explorer.until('is not a target');
	expect(screen.replaceAll(/[│\s]+/g, ' ')).toContain(error);
	expect(screen).not.toMatch(/├ {2}─/);
});

test('Services that may not be listed elsewhere are not missed in a namespace where they may', async () => {
	const kinds = shop.kinds.map((row) =>
		row.kind === 'Service'
			? {
					...row,
					state: {state: 'forbidden' as const, resource: 'services', group: '', reason: ''},
					isListedHere: true,
				}
			: row,
	);
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, kinds}});
	expect(await explorer.until('KNET702')).not.toContain('without Services');
});
