import {describe, expect, test} from 'vitest';
import type {KindState} from '../../source/model/snapshot.ts';
import {freshnessOf} from '../../source/view/freshness.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {clockText} from '../../source/view/text/clock-text.ts';
import {bannerLines, headerLine} from '../../source/view/header-line.ts';
import {kindLines} from '../../source/view/kind-lines.ts';
import {plainText} from '../../source/view/text/line.ts';
import type {SessionState} from '../../source/session/state.ts';
import {now} from '../helpers/shop-traces.ts';
import {shop} from '../helpers/shop.ts';

const glyphs = unicodeGlyphs;

function withState(state: KindState): SessionState {
	return {...shop, kinds: shop.kinds.map((row) => (row.kind === 'Pod' ? {...row, state} : row))};
}

const stale = withState({
	state: 'stale',
	since: now - 42_000,
	reason: 'the API server refuses the connection',
});
const forbidden = withState({
	state: 'forbidden',
	resource: 'pods',
	group: '',
	reason: 'pods is forbidden: User "dev" cannot list',
});
const failing = withState({state: 'connecting', reason: 'no route to host'});

function header(state: SessionState, width: number, pausedSince?: number): string {
	return plainText(headerLine(state, {width, now, glyphs, pausedSince})).trimEnd();
}

describe('the header', () => {
	test('keeps a blank between the place and what follows, however narrow', () => {
		const crumbs = ['app.example.com/api', 'Endpoints'];
		for (let width = 30; width < 90; width++) {
			const text = plainText(headerLine(failing, {width, now, glyphs, crumbs}));
			expect(text).toMatch(/ . connecting/u);
		}
	});

	test('says where one is, and how far the picture can be trusted', () => {
		expect(header(shop, 64)).toBe(' knet  prod-eu › shop      DNS 2/2  ingress 2/2   ● live  02:30');
		expect(header(shop, 122)).toBe(
			' knet  prod-eu › shop    DNS 2/2  ingress 2/2  nodes 3/3  kube-proxy 3/3  policies Calico   ● live  6 kinds synced  02:30',
		);
		expect(header(stale, 64)).toBe(' knet  prod-eu › shop           DNS 2/2   ! stale 42s  02:30:03');
		const replayed: SessionState = {...shop, source: {kind: 'recording', files: ['a.knet']}};
		expect(header(replayed, 140)).toContain('● replay  6 kinds synced');
		expect(header(forbidden, 64)).toContain('● live  1 forbidden');
		expect(header(withState({state: 'connecting'}), 64)).toContain('… connecting');
		const unread: SessionState = {...replayed, kinds: []};
		expect(header(unread, 80)).toContain('… reading ');
		const playback = {at: now, asOf: now, speed: 1, isPaused: true, start: 0, end: now + 60_000};
		expect(header({...unread, playback}, 100)).toContain('‖ replay paused  02:30:03');
		expect(header({...shop, namespace: undefined}, 64)).toContain('prod-eu › all namespaces');
		expect(header(shop, 64, now - 5000)).toContain('‖ paused 5s');
	});

	test('keeps what is broken in the cluster, however little room there is', () => {
		const [dns, ...others] = shop.cluster;
		const down = {...shop, cluster: [{...dns!, verdict: 'broken' as const, short: '0/2'}, ...others]};
		expect([120, 60, 40].map((width) => header(down, width))).toEqual([
			' knet  prod-eu › shop                DNS ✗ 0/2  ingress 2/2  nodes 3/3  kube-proxy 3/3  policies Calico   ● live  02:30',
			' knet  prod-eu › shop             DNS ✗ 0/2   ● live  02:30',
			' knet  prod-eu › s…  DNS ✗ 0/2   ● live',
		]);
	});

	test('leaves out what matters least where there is no room', () => {
		expect([80, 50, 40, 34, 24].map((width) => header(shop, width))).toMatchInlineSnapshot(`
			[
			  " knet  prod-eu › shop           DNS 2/2  ingress 2/2  nodes 3/3   ● live  02:30",
			  " knet  prod-eu › shop     DNS 2/2   ● live  02:30",
			  " knet  prod-eu › shop     ● live  02:30",
			  " knet  prod-eu › shop      ● live",
			  " knet  prod-eu … ● live",
			]
		`);
	});

	test.each<[string, SessionState['source'], string]>([
		['a file', {kind: 'file', files: ['shop.yaml']}, ' knet  file shop.yaml › shop'],
		['the demo', {kind: 'demo'}, ' knet  demo › shop'],
		['a recording', {kind: 'recording', files: ['night.knetrec']}, ' knet  recording night.knetrec › shop'],
		[
			'a server without a context',
			{kind: 'live', context: '', server: 'https://10.0.0.1:6443'},
			' knet  https://10.0.0.1:6443 › shop',
		],
	])('names %s', (_, source, text) => {
		expect(header({...shop, source}, 120)).toContain(text);
	});
});

describe('banners', () => {
	const banners = (state: SessionState) => bannerLines(state, {glyphs, now}).map(plainText);

	test('are none when all is well', () => {
		expect(banners(shop)).toEqual([]);
	});

	test('say what must not be overlooked', () => {
		expect(banners({...stale, source: {...stale.source, insecure: true}})).toEqual([
			' ! TLS is not verified for this cluster: anybody in between can read and change what is shown',
			' ! the API server refuses the connection',
		]);
		expect(banners(failing)).toEqual([' ! cannot connect yet: no route to host']);
	});
});

describe('freshness', () => {
	test('is that of the worst kind', () => {
		expect(freshnessOf(shop)).toMatchObject({state: 'live', synced: 6});
		expect(freshnessOf(stale)).toMatchObject({state: 'stale', since: now - 42_000, kinds: 1, total: 6});
		expect(freshnessOf(failing)).toMatchObject({state: 'connecting', synced: 5, reason: 'no route to host'});
	});

	test('does not wait for kinds that are not there', () => {
		expect(freshnessOf(withState({state: 'absent', why: 'not-installed'}))).toMatchObject({
			state: 'live',
			total: 5,
		});
	});

	test('of a file is fixed', () => {
		expect(freshnessOf({...stale, source: {kind: 'file'}})).toEqual({state: 'fixed'});
	});
});

test('what is read shows what needs attention first', () => {
	const kinds = [
		...shop.kinds.slice(0, 2),
		...stale.kinds.filter(({kind}) => kind === 'Pod'),
		{
			kind: 'Secret' as const,
			state: {state: 'forbidden' as const, resource: 'secrets', group: '', reason: 'User "dev" cannot list'},
			count: 0,
		},
		{
			kind: 'Service' as const,
			state: {state: 'synced' as const, omitted: [{namespace: 'shop', name: 'huge', bytes: 20_000_000}]},
			count: 4,
		},
		{kind: 'Gateway' as const, state: {state: 'absent' as const, why: 'not-installed' as const}, count: 0},
	];
	expect(kindLines(kinds, {width: 70, now, glyphs: asciiGlyphs}).map(plainText)).toMatchInlineSnapshot(`
		[
		  "KIND           OBJECTS  STATE         WHY",
		  "Pod                 31  ! stale 42s   the API server refuses the conn~",
		  "Secret                  ? forbidden   User "dev" cannot list",
		  "EndpointSlice       12  + synced      ",
		  "Ingress              3  + synced      ",
		  "Service              4  ? incomplete  too large to be read: shop/huge",
		  "",
		  "- not installed: Gateway",
		]
	`);
});

test('a kind of which a file holds the objects of one namespace is not called absent', () => {
	const only = ['shop'];
	const kinds: SessionState['kinds'] = [
		{kind: 'Service', state: {state: 'absent', why: 'not-in-input', only}, count: 2},
		{kind: 'IngressClass', state: {state: 'absent', why: 'not-in-input', only}, count: 1},
		{kind: 'Ingress', state: {state: 'absent', why: 'not-in-input', only: ['shop', 'till']}, count: 3},
		{kind: 'Pod', state: {state: 'absent', why: 'not-in-input'}, count: 0},
	];
	expect(kindLines(kinds, {width: 70, now, glyphs}).map(plainText)).toEqual([
		'KIND          OBJECTS  STATE      WHY',
		'Service             2  ? in part  of namespace shop only',
		'IngressClass        1  ? in part  there may be others',
		'Ingress             3  ? in part  of namespaces shop, till only',
		'',
		'· not in the input: Pod',
	]);
	expect(kindLines(kinds.slice(3), {width: 70, now, glyphs}).map(plainText)).toEqual([
		'· not in the input: Pod',
	]);
});

test('the clock has two digits each', () => {
	const time = Date.UTC(2026, 0, 1, 3, 4, 5);
	expect([clockText(time, 'minutes'), clockText(time, 'seconds')]).toEqual(['03:04', '03:04:05']);
});
