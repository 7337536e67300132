import {afterEach, describe, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {play} from '../../source/feeds/recording/play.ts';
import {keepGoing} from '../../source/demo/director.ts';
import {entries as entriesOf} from '../../source/path/walk/entries.ts';
import {walkEntry} from '../../source/path/walk/walk-entry.ts';
import {walkTarget} from '../../source/session/snapshot-views/walks.ts';
import {modelOf} from '../../source/ui/model-of.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {press} from '../../source/ui/keys/press.ts';
import {pickable} from '../../source/ui/pickable.ts';
import {initialState} from '../../source/ui/state.ts';
import {wantsAscii} from '../../source/commands/flags/wants-ascii.ts';
import {snapshotOf} from '../helpers/snapshot.ts';
import {apiTrace, now} from '../helpers/shop-traces.ts';
import {shop} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';

/** What a person saw go wrong in help, recordings, files and probes, each as it is now. */

let explorer = closed();

function closed(): OpenExplorer {
	return {close: () => Promise.resolve()} as OpenExplorer;
}

afterEach(async () => {
	await explorer.close();
	explorer = closed();
});

describe('the time of a recording', () => {
	test('does not run on through a pause that is cut short, nor after the end', async () => {
		let time = 0;
		const lines = [0, 120_000].map((t) => ({
			t,
			event: {type: 'state', kind: 'Pod', state: {state: 'synced'}},
		}));
		const recording = {header: {metadata: {startedAt: 0}}, lines} as unknown as Parameters<typeof play>[0];
		const playing = play(recording, {
			writer: {apply() {}, observe() {}},
			clock: {now: () => time, elapsed: () => time, after: () => () => {}},
		});
		await new Promise(setImmediate);
		time = 60_000;
		expect(playing.now()).toBeLessThanOrEqual(3000);
		playing.stop();
	});

	test('is said while it is paused, also at 80 columns', async () => {
		const source = {kind: 'recording', files: ['/var/tmp/records/2026/night.knetrec']} as const;
		const playback = {at: now, asOf: now, speed: 1, isPaused: true, start: 0, end: now + 61_000};
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, source, playback}});
		await explorer.until('replay paused  02:30:03');
		explorer.resize(200, 30);
		await explorer.until('replay paused  02:30:03 of 02:31:04');
	});

	test('stands in the header where it ended', async () => {
		const source = {kind: 'recording', files: ['night.knet']} as const;
		const playback = {at: now, asOf: now, speed: 1, isPaused: false, start: 0, end: now};
		explorer = openExplorer({columns: 120, rows: 30, state: {...shop, source, playback}});
		expect(await explorer.until('replay ended 02:30:03')).not.toContain('● replay');
		explorer.pass(600_000);
		expect(explorer.screen()).toMatch(/replay ended 02:30:03 *\n/u);
	});
});

describe('help', () => {
	test('goes to its end and back without dead keys', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`?${keys.up}`);
		await explorer.until('❯ ↑ k');
		explorer.type('\u001B[F');
		expect(await explorer.until('Signs')).toContain('❯ :q');
		explorer.type(keys.up);
		await explorer.until('❯ :suspend');
		explorer.type('?');
		await explorer.until('KNET702');
	});

	test('finds a key by what it does, and presses it', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('?faults');
		await explorer.until('❯ z  show faults only');
		explorer.type(keys.enter);
		await explorer.until('Entries 4 of 7 faults only');
	});
});

test('what begins with the words that are typed comes first in help', () => {
	const ui = initialState({columns: 80, rows: 24});
	const model = modelOf({
		ui,
		session: shop,
		now,
		deskTime: now,
		glyphs: unicodeGlyphs,
		named: (text) => text,
	});
	const first = (filter: string) =>
		pickable({kind: 'help', filter, cursor: 0}, model)
			.slice(0, 2)
			.map(({keys, label}) => `${keys} ${label}`);
	expect(first('pulse')[0]).toBe(':pulse show the cluster: its parts, causes, namespaces');
	expect(first('p')[0]).toBe('p pause the screen, or let it go on');
	expect(first('sort')).toEqual(['s sort the entries again', 'S sort by status, worst first']);
});

test.each([
	['ctrl-z', 'suspend'],
	['ctrl-l', 'redraw'],
])('%s does the same with a list, a line or a question open', (name, type) => {
	const model = modelOf({
		ui: initialState({columns: 80, rows: 24}),
		session: shop,
		now,
		deskTime: now,
		glyphs: unicodeGlyphs,
		named: String,
	});
	const {ui} = model;
	const plan = {title: 'Test', checks: ['x'], permissions: []};
	const opened = [
		{...model, ui: {...ui, overlay: {kind: 'favourites', filter: 'g', cursor: 0}}},
		{...model, ui: {...ui, overlay: {kind: 'help', filter: '', cursor: 0}}},
		{...model, session: {...shop, probe: {phase: 'asking', plan}}},
		press({name: ':', text: ':'}, model),
	] as const;
	for (const {ui: asked, session = shop} of opened as readonly Partial<typeof model>[]) {
		const {ui: after, effects} = press({name, text: ''}, {...model, session, ui: asked!});
		expect(effects).toEqual([{type}]);
		expect(after).toEqual(asked);
	}
});

test('requests cannot be made from a pod that is not there', () => {
	const snapshot = snapshotOf('apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n');
	const from = {kind: 'pod', namespace: 'shop', name: 'zzz'} as const;
	const question = {target: 'svc/web', namespace: 'shop', traceOptions: {from}, fallback: 'default'};
	expect(walkTarget(snapshot, question)).toEqual({
		error: 'There is no pod shop/zzz to make requests from.',
	});
});

test('a rollout goes on as long as somebody watches', () => {
	const done: string[] = [];
	let tick = () => {};
	const scenario = {
		name: 'x',
		title: '',
		question: '',
		target: '',
		guide: [],
		breaks: () => done.push('new'),
		heals: () => done.push('old'),
	};
	keepGoing({
		simulation: {tick() {}} as unknown as Parameters<typeof keepGoing>[0]['simulation'],
		scenario,
		every(_, callback) {
			tick = callback;
			return () => {};
		},
	});
	expect(done).toEqual([]);
	for (let turn = 0; turn < 100; turn++) {
		tick();
	}

	expect(done).toEqual(['new', 'old', 'new', 'old']);
});

test('what of a file was not read is said, and listed', async () => {
	const leftOut = ['shop.yaml, document 3: spec.ports must be a list', 'shop.yaml, document 4: no kind'];
	const unfollowed = [
		{kind: 'Nonsense', count: 1},
		{kind: '', count: 2},
	];
	const source = {kind: 'file', files: ['shop.yaml'], leftOut, unfollowed} as const;
	explorer = openExplorer({columns: 80, rows: 24, state: {...shop, source}});
	await explorer.until('! 2 documents not read; i lists them: shop.yaml, document 3');
	explorer.type('i');
	const listed = await explorer.until('Not read');
	expect(listed).toContain('shop.yaml, document 4: no kind');
	expect(listed).toContain('Not followed');
	expect(listed).toContain('  Nonsense, without a kind 2 ');
});

test('a path with characters that are drawn as nothing is walked as its Ingress', () => {
	const path = JSON.stringify('/a\u200Db');
	const [entry] = entriesOf(
		snapshotOf(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop}
spec:
  rules:
    - host: app.example.com
      http: {paths: [{path: ${path}, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`),
		undefined,
	);
	expect(entry?.target).toBe('ing/shop/site');
});

test('a probe ends with what was seen, against what was predicted', async () => {
	const checks = [1, 2].map((ms) => ({
		what: 'http 203.0.113.10:443',
		vantage: 'this machine',
		result: 'HTTP 503 Service Unavailable',
		ms,
		at: now - 12_000,
	}));
	const [path] = apiTrace.paths;
	const hops = path!.hops.map((hop) =>
		hop.kind === 'controller' ? {...hop, details: {...hop.details, observed: checks}} : hop,
	) as NonNullable<typeof path>['hops'];
	const trace = {...apiTrace, paths: [{...path!, hops}]};
	const plan = {title: 'Test', checks: ['x'], permissions: []};
	explorer = openExplorer({
		columns: 120,
		rows: 30,
		state: {...shop, probe: {phase: 'done', plan, at: now, summary: '5 answered, 1 left out.'}},
		answer: (action, state) =>
			action.type === 'select'
				? {...state, selected: {target: action.target!, namespace: action.namespace, trace, changes: {}}}
				: {},
	});
	const screen = await explorer.until('as predicted');
	expect(screen).toContain('seen 503 2 times, as predicted. 5 answered, 1 left out.');
	expect(screen).toContain('503, seen 503 twice 10s ago');
});

describe('small ones', () => {
	test('an entry is called as the path that it opens', () => {
		const snapshot = snapshotOf(`
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}, {name: metrics, port: 9153}]}
`);
		const listed = entriesOf(snapshot, undefined);
		expect(listed.map(({title}) => title)).toEqual([
			'svc/kube-dns:53/UDP',
			'svc/kube-dns:53',
			'svc/kube-dns:9153',
		]);
		expect(listed.map((entry) => walkEntry(snapshot, entry, {detail: 'overview'})?.paths[0]?.title)).toEqual(
			listed.map(({title}) => title),
		);
	});

	test('the Linux console gets ASCII, whatever its locale says', () => {
		expect(wantsAscii({}, {TERM: 'linux', LANG: 'en_US.UTF-8'})).toBe(true);
		expect(wantsAscii({}, {TERM: 'xterm', LANG: 'en_US.UTF-8'})).toBe(false);
	});

	test('an empty list offers neither open nor filter', async () => {
		explorer = openExplorer({columns: 120, rows: 30, state: {...shop, entries: []}});
		const screen = await explorer.until('has no Services');
		expect(screen.split('\n').at(-1)).not.toMatch(/open|filter/);
	});

	test('a file has no clock', async () => {
		const source = {kind: 'file', files: ['shop.yaml']} as const;
		explorer = openExplorer({columns: 120, rows: 30, state: {...shop, source}});
		expect((await explorer.until('not live')).split('\n')[0]).not.toMatch(/\d\d:\d\d/);
	});
});
