import {afterEach, expect, test} from 'vitest';
import {blankState} from '../../source/session/blank-state.ts';
import type {SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {now, webTrace} from '../helpers/shop-traces.ts';
import {shop, shopAnswer} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';
import {waitFor} from '../helpers/wait-for.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

const opening: SessionState = {...blankState({kind: 'live'}, [], now), isOpening: true, traceOptions: {}};

test('before namespaces are read, n does not say that they may not be listed', async () => {
	explorer = openExplorer({columns: 80, rows: 24, state: opening});
	await explorer.until('Connecting to the cluster.');
	explorer.type('n');
	await explorer.until('No namespace is known yet; type :ns NAME to open one.');
});

test('n says where namespaces may not be listed', async () => {
	const state: SessionState = {
		...opening,
		isOpening: undefined,
		kinds: [
			{
				kind: 'Namespace',
				state: {state: 'forbidden', resource: 'namespaces', group: '', reason: 'forbidden'},
				count: 0,
			},
		],
	};
	explorer = openExplorer({columns: 80, rows: 24, state});
	await explorer.until('Entries');
	explorer.type('n');
	await explorer.until('Namespaces may not be listed; type :ns NAME to open one.');
});

test('a context that is named before the kubeconfig is read is switched to', async () => {
	explorer = openExplorer({columns: 80, rows: 24, state: opening});
	await explorer.until('Connecting to the cluster.');
	explorer.type('x');
	await explorer.until('contexts are not known yet');
	explorer.type(`:ctx staging${keys.enter}`);
	await waitFor(() => expect(explorer.session.actions).toContainEqual({type: 'context', context: 'staging'}));
});

test('an empty list says its reason whole, whatever stands below it', async () => {
	const reason = 'the API server at https://127.0.0.1:1 refuses the connection: nothing listens there';
	const state: SessionState = {
		...opening,
		isOpening: undefined,
		kinds: [{kind: 'Service', state: {state: 'connecting', reason}, count: 0}],
		history: {changes: 0, bytes: 0, mostBytes: 9000, since: now},
	};
	explorer = openExplorer({columns: 100, rows: 24, state});
	const screen = await explorer.until('none since');
	for (const words of ['The cluster does not answer.', 'nothing listens there.', 'i shows what is read.']) {
		expect(screen).toContain(words);
	}
});

test('a target is not missing while lists are on their way', async () => {
	const kinds = [
		{kind: 'Service', state: {state: 'connecting'}, count: 0},
		{kind: 'Pod', state: {state: 'synced', since: now}, count: 3},
	] as const;
	const target = 'svc/nowhere';
	const error = 'There is no svc/nowhere in namespace shop.';
	const state: SessionState = {...shop, kinds};
	const answer: typeof shopAnswer = (action) =>
		action.type === 'select' && action.target !== undefined
			? {selected: {target, namespace: action.namespace, error, changes: {}}}
			: {};
	explorer = openExplorer({columns: 80, rows: 24, state, target, answer});
	await explorer.until('reading the cluster: 1 of 2 kinds');
	explorer.session.update({kinds: shop.kinds});
	await explorer.until(error);
});

test('what a request is like is not asked for before its flags and the namespace are known', async () => {
	explorer = openExplorer({columns: 80, rows: 24, state: opening});
	await explorer.until('Connecting to the cluster.');
	explorer.type(`:from pod/web${keys.enter}`);
	await explorer.until('the namespace is not known yet: try again in a moment');
	expect(explorer.session.actions).toEqual([]);
});

test.each([
	['i', 'Nothing is read yet.'],
	['w', 'No entry is known yet.'],
	[`:what-if drain node-a${keys.enter}`, 'the cluster is not read yet; ask once entries are listed'],
])('%s before anything is read says so', async (typed, answer) => {
	explorer = openExplorer({columns: 100, rows: 24, state: opening});
	await explorer.until('Connecting to the cluster.');
	explorer.type(typed);
	const screen = await explorer.until(answer);
	expect(screen).not.toContain('Nothing is wrong');
	expect(explorer.session.actions).not.toContainEqual(expect.objectContaining({type: 'what-if'}));
});

test('what is open stands under its own namespace, whatever is listed', async () => {
	const target = 'svc/web:80';
	const trace: typeof webTrace = {...webTrace, paths: [{...webTrace.paths[0]!, title: target}]};
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		state: {...shop, namespace: 'kube-system'},
		target,
		answer: (action) =>
			action.type === 'select' && action.target !== undefined
				? {selected: {target, namespace: action.namespace, trace, changes: {}}}
				: {},
	});
	await explorer.until('› shop › svc/web:80');
});
