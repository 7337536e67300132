import {afterEach, describe, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {apiTrace, now, webTrace} from '../helpers/shop-traces.ts';
import {shop, shopAnswer} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

function rowOf(screen: string, text: string): string {
	return screen.split('\n').find((row) => row.includes(text)) ?? '';
}

describe('the path', () => {
	test('steps through its hops, and finds the root cause and the break', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(keys.enter);
		await explorer.until('❯✗ Pods');
		explorer.type(keys.left);
		await explorer.until('❯· NetworkPolicy');
		explorer.type('r');
		await explorer.until('❯✗ Pods');
		explorer.type('b');
		await explorer.until('❯✗ Endpoints');
		explorer.type(`kkkkk`);
		const screen = await explorer.until('❯✓ DNS');
		expect(rowOf(screen, '12 ms')).toMatchInlineSnapshot(
			`"│ app.example.com  A     203.0.113.10  203.0.113.10  this machine  12 ms  40s  │"`,
		);
	});

	test('what was not checked is offered to be tested, where a test can be made', async () => {
		const notChecked = ['the process behind the port'];
		const paths = webTrace.paths.map((path) => ({
			...path,
			hops: path.hops.map((hop) => (hop.kind === 'pod' ? {...hop, notChecked} : hop)),
		}));
		const selected = {
			target: 'https://app.example.com/api',
			namespace: 'shop',
			trace: {...webTrace, paths, notChecked, target: apiTrace.target},
			changes: {},
		};
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			answer: (action, state) => (action.type === 'select' ? {...state, selected} : {}),
		});
		await explorer.until('not checked');
		explorer.type(keys.enter);
		const screen = await explorer.until('T tests it');
		expect(rowOf(screen, 'not checked')).toMatchInlineSnapshot(
			`"│   not checked: the process behind the port                        T tests it │"`,
		);
		expect(screen).toContain('T test all');
		explorer.session.update({source: {...shop.source, kind: 'file'}});
		expect(await explorer.until((text) => !text.includes('T tests it'))).toContain('not checked');
	});

	test('goes on to the cause where that is known later than the break', async () => {
		const [path] = apiTrace.paths;
		const hops = path!.hops.map((hop) =>
			hop.kind === 'pod' ? {...hop, status: 'unknown' as const, findings: []} : hop,
		) as NonNullable<typeof path>['hops'];
		const early = {...apiTrace, paths: [{...path!, hops, rootCause: 'KNET503'}]};
		const place = {target: 'https://app.example.com/api', namespace: 'shop', changes: {}};
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			answer: (action, state) =>
				action.type === 'select' ? {...state, selected: {...place, trace: early}} : {},
		});
		await explorer.until('KNET503');
		explorer.type(keys.enter);
		await explorer.until('❯✗ Endpoints');
		explorer.session.update({selected: {...place, trace: apiTrace}});
		await explorer.until('❯✗ Pods');
	});

	test('marks the hops that changed, for a while', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(keys.enter);
		await explorer.until('❯✗ Pods');
		explorer.session.update({
			selected: {
				target: 'https://app.example.com/api',
				namespace: 'shop',
				trace: {...webTrace, target: apiTrace.target},
				changes: {'0/endpoints': {at: now - 2000, was: 'broken'}},
			},
		});
		await explorer.until('• was broken');
		explorer.pass(7000);
		await explorer.until((screen) => !screen.includes('was broken'));
	});

	test('says which of several paths it shows, worst first', async () => {
		const [web] = webTrace.paths;
		const [api] = apiTrace.paths;
		const trace = {
			...apiTrace,
			paths: [
				{...web!, share: 0.8},
				{...api!, share: 0.2},
			],
		};
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			answer: (action, state) =>
				action.type === 'select' && action.target
					? {
							...shopAnswer(action, state),
							selected: {target: action.target, namespace: action.namespace, trace, changes: {}},
						}
					: {},
		});
		await explorer.until('KNET702');
		explorer.type(keys.enter);
		await explorer.until('›✗ https://app.example.com/api  from outside  20% of requests  503');
		explorer.type('>');
		await explorer.until('›✓ https://app.example.com/  from outside  80% of requests');
	});

	test('opens on the target it was started with', async () => {
		explorer = openExplorer({columns: 80, rows: 24, target: 'https://app.example.com/api'});
		await explorer.until('traffic stops here');
		explorer.type('q');
		await explorer.until('❯✗ app.example.com/api');
	});

	test('says why a target cannot be shown', async () => {
		explorer = openExplorer({
			columns: 80,
			rows: 24,
			target: 'svc/nope',
			answer: (action) =>
				action.type === 'select' && action.target === 'svc/nope'
					? {selected: {target: 'svc/nope', error: 'There is no svc/nope in namespace shop.', changes: {}}}
					: {},
		});
		await explorer.until('There is no svc/nope in namespace shop.');
	});
});

describe('the prompt', () => {
	test('completes and goes to a target', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(':https');
		await explorer.until(':https▏://app.example.com/api');
		explorer.type(keys.tab + keys.enter);
		await explorer.until('traffic stops here');
	});

	test('knows the word of a kind from a host', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`:deploy${keys.enter}`);
		await explorer.until('deploy/NAME opens one; / filters the list');
	});

	test('switches the namespace', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`:ns ingress${keys.enter}`);
		await explorer.until('prod-eu › ingress');
		explorer.type('0');
		await explorer.until('prod-eu › all namespaces');
	});

	test('knows a context that does not exist', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`:ctx nope${keys.enter}`);
		await explorer.until('there is no context nope');
	});

	test('says in the list how requests are made, where that was chosen', async () => {
		const traceOptions = {from: {kind: 'node', name: 'node-a'}, request: {method: 'POST'}} as const;
		explorer = openExplorer({columns: 80, rows: 24, state: {...shop, traceOptions}});
		expect(await explorer.until('KNET702')).toMatch(/Entries \d+ {2}from node node-a, POST/u);
	});

	test('quits with :q', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`:q${keys.enter}`);
		await explorer.done;
	});
});
