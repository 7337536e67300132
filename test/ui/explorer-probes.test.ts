import {afterEach, describe, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now} from '../helpers/shop-traces.ts';
import {shopAnswer} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';
import {waitFor} from '../helpers/wait-for.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

describe('probes', () => {
	const plan = {
		title: 'Test the Pods hop',
		checks: ['GET http://10.244.1.7:8080/ through a port-forward, from this machine'],
		permissions: ['create pods/portforward in namespace shop'],
	};

	test('are asked for before anything is sent', async () => {
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			answer: (action, state) => {
				if (action.type === 'probe') {
					return {probe: {phase: 'asking', plan}};
				}

				return action.type === 'probe-answer'
					? {probe: action.yes ? {phase: 'running', plan, done: 0, since: now} : {phase: 'idle'}}
					: shopAnswer(action, state);
			},
		});
		await explorer.until('KNET702');
		explorer.type('t');
		expect(await explorer.until('Test the Pods hop')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop           DNS 2/2  ingress 2/2  nodes 3/3   ● live  02:30
			╭──────────────────────────────────────────────────────────────────────────────╮
			│ Test the Pods hop                                                            │
			│ This is sent when you agree:                                                 │
			│ - GET http://10.244.1.7:8080/ through a port-forward, from this machine      │
			│                                                                              │
			│ It needs permission to:                                                      │
			│ - create pods/portforward in namespace shop                                  │
			│                                                                              │
			│                                                                              │
			│ ❯ y  send                                                                    │
			│   r  send, and again every 30 s while this path is open                      │
			│   a  send, and do not ask again in this session                              │
			│   n  do not send                                                             │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
			 y send  r send every 30 s  a send, and do not ask again  n do not send"
		`);
		explorer.type('jxn');
		await explorer.until('Entries 7');
		expect(explorer.session.actions.at(-1)).toEqual({type: 'probe-answer', yes: false});
		explorer.type('t');
		await explorer.until('Test the Pods hop');
		explorer.type(keys.enter);
		expect(await explorer.until('testing: 0 of 1 checks')).toContain('Entries 7');
		explorer.type(keys.escape);
		await waitFor(() => expect(explorer.session.actions.at(-1)).toEqual({type: 'probe-cancel'}));
	});

	test('that take more rows than there are can be read page by page', async () => {
		const checks = Array.from({length: 30}, (_, number) => `TCP connection to 10.244.1.${number}, port 80`);
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			answer: (action, state) =>
				action.type === 'probe'
					? {probe: {phase: 'asking', plan: {...plan, checks}}}
					: action.type === 'probe-answer'
						? {probe: {phase: 'idle'}}
						: shopAnswer(action, state),
		});
		await explorer.until('KNET702');
		explorer.type('t');
		const first = await explorer.until('rows 1 to 14 of 35, space shows the next');
		expect(first).toContain('port 80');
		expect(first).not.toContain('10.244.1.29');
		explorer.type(' ');
		await explorer.until('rows 15 to 28 of 35, space shows the next');
		explorer.type(' ');
		const last = await explorer.until('rows 29 to 35 of 35, space begins again');
		expect(last).toContain('10.244.1.29');
		expect(last).toContain('create pods/portforward');
		explorer.type(' ');
		await explorer.until('rows 1 to 14 of 35');
		explorer.type('n');
		await explorer.until('Entries 7');
	});

	test('are not offered on a hop that nothing is sent to', async () => {
		explorer = openExplorer({columns: 120, rows: 30, answer: onlyPodsTestable});
		const screen = await explorer.until('KNET702');
		expect(screen).toContain('t test');
		explorer.type(keys.enter);
		explorer.type('g');
		await explorer.until('❯✓ DNS');
		explorer.type('t');
		expect(await explorer.until('nothing is sent to test this hop')).not.toContain('t test');
		expect(explorer.session.actions.some(({type}) => type === 'probe')).toBe(false);
	});
});

const onlyPodsTestable: typeof shopAnswer = (action, state) => {
	const answer = shopAnswer(action, state);
	return answer.selected
		? {...answer, selected: {...answer.selected, testable: [['endpoints', 'pod']]}}
		: answer;
};
