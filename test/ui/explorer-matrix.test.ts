import {afterEach, expect, test} from 'vitest';
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
		  "╭ From everywhere  svc/web:80 ─────────────────────────────────────────────────╮",
		  "│   from         svc  ep   proxy  verdict                                      │",
		  "│ ❯ node node-a [✓]   ✓    ✓      ok                                           │",
		  "│   node node-b  ✓    ✓    ✗      broken  timeout, KNET611                     │",
		  "│                                                                              │",
		  "│ from node node-a: Requests get through.                                      │",
		]
	`);
	explorer.type(`${keys.down}${keys.right}${keys.right}`);
	await explorer.until('from node node-b: The rules of node-b lack backend 10.244.3.6.');
	expect(explorer.screen()).toContain('❯ node node-b  ✓    ✓   [✗]');
	explorer.type(keys.enter);
	await explorer.until((text) => !text.includes('From everywhere'));
	expect(explorer.session.actions.findLast(({type}) => type === 'select')).toMatchObject({
		from: {kind: 'node', name: 'node-b'},
	});
	expect(explorer.session.getState().matrix).toBeUndefined();
});
