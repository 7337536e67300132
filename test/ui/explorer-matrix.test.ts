import {afterEach, expect, test} from 'vitest';
import {commonHopKinds} from '../../source/path/hop-kind.ts';
import type {Matrix} from '../../source/path/walk/matrix.ts';
import type {SessionAction} from '../../source/session/session.ts';
import type {SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {shopAnswer} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

const hops = [
	{kind: 'service', status: 'ok'},
	{kind: 'endpoints', status: 'ok'},
] as const;
const matrix: Matrix = {
	target: {kind: 'service', text: 'svc/web:80', namespace: 'shop'},
	verdict: 'broken',
	rows: [
		{
			from: {kind: 'node', name: 'node-a'},
			verdict: 'ok',
			hops: [...hops, {kind: 'kube-proxy', status: 'ok'}],
		},
		{
			from: {kind: 'node', name: 'node-b'},
			verdict: 'broken',
			symptom: 'timeout',
			rootCause: 'KNET611',
			cause: 'The rules of node-b lack backend 10.244.3.6.',
			hops: [...hops, {kind: 'kube-proxy', status: 'broken'}],
		},
	],
};

function answer(action: SessionAction, state: SessionState): Partial<SessionState> {
	return action.type === 'everywhere'
		? {matrix: action.isWanted ? matrix : undefined}
		: shopAnswer(action, state);
}

test('v shows one target from everywhere; a cell opens its path from there', async () => {
	explorer = openExplorer({columns: 80, rows: 24, answer});
	await explorer.until('KNET702');
	explorer.type('v');
	const screen = await explorer.until('from node node-a: Requests get through.');
	expect(screen.split('\n').slice(1, 7)).toMatchInlineSnapshot(`
		[
		  "╭ From everywhere  svc/web:80 ━━━━━━━━─────────────────────────────────────────╮",
		  "│   from         svc  ep   proxy  verdict                                      │",
		  "│ ❯ node node-a [✓]   ✓    ✓      ok                                           │",
		  "│   node node-b  ✓    ✓    ✗      broken  timeout, KNET611                     │",
		  "│                                                                              │",
		  "│ from node node-a: Requests get through.                                      │",
		]
	`);
	explorer.type(`${keys.down}${keys.right}${keys.right}`);
	await explorer.until('from node node-b: broken, client sees timeout. KNET611 The rules of node-b');
	expect(explorer.screen()).toContain('❯ node node-b  ✓    ✓   [✗]');
	explorer.type(keys.enter);
	await explorer.until((text) => !text.includes('From everywhere'));
	expect(explorer.session.actions.findLast(({type}) => type === 'select')).toMatchObject({
		from: {kind: 'node', name: 'node-b'},
	});
	expect(explorer.session.getState().matrix).toBeUndefined();
});

test('long names of pods are cut in the middle, so that what clients see is whole', async () => {
	const pods = ['web-855dcdbdd7-cmhvt', 'storefront-recommendations-6d84fcf49b-67qmq'].map((name) => ({
		...matrix.rows[1]!,
		from: {kind: 'pod', namespace: 'shop', name} as const,
		hops: commonHopKinds.map((kind) => ({kind, status: 'broken'}) as const),
	}));
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		answer: (action, state) =>
			action.type === 'everywhere' ? {matrix: {...matrix, rows: pods}} : answer(action, state),
	});
	await explorer.until('KNET702');
	explorer.type('v');
	const screen = await explorer.until('lack backend');
	expect(screen.split('\n').slice(2, 5)).toMatchInlineSnapshot(`
		[
		  "│   from                  DNS LB  ctrl route svc ep  proxy policy pod verdict  │",
		  "│ ❯ shop/web-…bdd7-cmhvt [✗]  ✗   ✗    ✗     ✗   ✗   ✗     ✗      ✗   timeout  │",
		  "│   shop/stor…f49b-67qmq  ✗   ✗   ✗    ✗     ✗   ✗   ✗     ✗      ✗   timeout  │",
		]
	`);
});
