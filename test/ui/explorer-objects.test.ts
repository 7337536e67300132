import {afterEach, expect, test} from 'vitest';
import type {SessionAction} from '../../source/session/session.ts';
import type {LookedAt, SessionState} from '../../source/session/state.ts';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {apiTrace, webTrace} from '../helpers/shop-traces.ts';
import {shop, shopAnswer} from '../helpers/shop.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

function answer(text: Pick<LookedAt, 'lines' | 'marked'>) {
	return (action: SessionAction, state: SessionState): Partial<SessionState> =>
		action.type === 'look' && action.look
			? {lookedAt: {...action.look, ...text, phase: 'shown'}}
			: shopAnswer(action, state);
}

test('y shows the YAML of what decided the hop, its fields marked and in sight', async () => {
	const lines = Array.from({length: 60}, (_, row) => `line${row}: x`);
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines, marked: [40]})});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}by`);
	const screen = await explorer.until('YAML');
	expect(screen).toContain('EndpointSlice shop/api-x7k2p  YAML');
	expect(screen).toContain('line40: x  ◂ decided');
	expect(explorer.session.actions.at(-1)).toMatchObject({type: 'look', look: {what: 'yaml'}});
	explorer.type('G');
	await explorer.until('line59');
	explorer.type('q');
	await explorer.until('0 of 3 ready');
});

test('of several objects of a hop the arrows show the next, and another view shows the same one', async () => {
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines: ['spec: {}'], marked: []})});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}ry`);
	expect(await explorer.until('1 of 4')).toContain('Pod shop/api-7d9f-x2  YAML');
	expect(explorer.screen()).toContain('↑↓ scroll  ←→ object  / find  q close');
	explorer.type(keys.right);
	expect(await explorer.until('2 of 4')).toContain('Pod shop/api-7d9f-k8  YAML');
	explorer.type('l');
	expect(await explorer.until('  log')).toContain('Pod shop/api-7d9f-k8  log, follows  2 of 3');
	explorer.type(keys.right);
	await explorer.until('3 of 3');
	explorer.type('l');
	await explorer.until('◂ root cause');
});

test('another view shows the same object also once others decide the hop', async () => {
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines: ['spec: {}'], marked: []})});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}ry${keys.right}`);
	await explorer.until('Pod shop/api-7d9f-k8  YAML');
	const [path] = apiTrace.paths;
	const hops = path!.hops.map((hop) => ({...hop, status: 'ok' as const, findings: [], details: undefined}));
	const healed = {...path!, verdict: 'ok' as const, rootCause: undefined, brokenAt: undefined, hops};
	explorer.session.update({
		selected: {
			target: 'https://app.example.com/api',
			namespace: 'shop',
			trace: {...apiTrace, verdict: 'ok', paths: [healed]},
			changes: {},
		},
	});
	explorer.type('e');
	await explorer.until('Pod shop/api-7d9f-k8  events');
	explorer.type('l');
	await explorer.until('Pod shop/api-7d9f-k8  log');
});

test('the events of a pod whose log is that of the run before are of no run', async () => {
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines: ['GET / 500'], marked: []})});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}rl`);
	await explorer.until('GET / 500');
	explorer.type('p');
	await explorer.until('log, the run before');
	explorer.type('e');
	expect(await explorer.until('  events')).not.toContain('the run before');
});

test('l shows the end of the log of the pod that is to blame', async () => {
	const lines = Array.from({length: 60}, (_, row) => `GET /healthz 500 ${row}`);
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines, marked: []})});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}rl`);
	expect(await explorer.until('GET /healthz 500 59')).toMatch(/Pod shop\/api-7d9f-x2 {2}log/);
});

test('what goes on in a further row of an event stands below its text, and of a log below its line', async () => {
	const message = 'Readiness probe failed: HTTP probe failed with statuscode: 500';
	const lines = [`11-26 02:31:00  Warning  Unhealthy  ${message}`, `GET ${'/healthz '.repeat(10)}500`];
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines, marked: []})});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}e`);
	const [first, second] = (await explorer.until('11-26')).split('\n').slice(2, 4);
	expect(first).toContain('│ 11-26 02:31:00  Warning  Unhealthy  Readiness probe failed: HTTP probe');
	expect(second).toContain('│                 failed with statuscode: 500');
	explorer.type('ql');
	const log = (await explorer.until('  log')).split('\n');
	expect(log[5]).toMatch(/^│ {3}\/healthz .*500 +│$/);
});

test('l on a controller that is well shows the log of one of its pods', async () => {
	const pods = [{name: 'traefik-1', namespace: 'ingress', node: 'node-a', ready: true, restarts: 0}];
	const [path] = apiTrace.paths;
	const hops = path!.hops.map((hop) =>
		hop.kind === 'controller' ? {...hop, details: {...hop.details, pods}} : hop,
	) as NonNullable<typeof path>['hops'];
	const trace = {...apiTrace, paths: [{...path!, hops}]};
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		answer: (action, state) =>
			action.type === 'select'
				? {...state, selected: {target: action.target!, namespace: action.namespace, trace, changes: {}}}
				: answer({lines: ['GET / 200'], marked: []})(action, state),
	});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}b${keys.left}${keys.left}${keys.left}l`);
	expect(await explorer.until('GET / 200')).toMatch(/Pod ingress\/traefik-1 {2}log/);
});

test('a log is searched, its places marked, and followed while its end is in sight', async () => {
	const lines = Array.from({length: 60}, (_, row) => (row === 7 ? 'panic: no config' : `GET / 200 ${row}`));
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines, marked: []})});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}rl`);
	await explorer.until('GET / 200 59');
	expect(explorer.screen()).toContain('log, follows');
	const before = explorer.session.actions.length;
	explorer.pass(1000);
	explorer.pass(1000);
	expect(explorer.session.actions.slice(before)).toMatchObject([{type: 'look', look: {what: 'log'}}]);
	explorer.type('/panic');
	await explorer.until('panic: no config');
	explorer.type(keys.enter);
	expect(await explorer.until('/panic  n next')).not.toContain('follows');
	explorer.type('G');
	await explorer.until('log, follows');
	explorer.type('n');
	await explorer.until('panic: no config');
	explorer.type('p');
	expect(await explorer.until('p this run')).not.toContain('follows');
	expect(explorer.session.actions.at(-1)).toMatchObject({look: {what: 'log', previous: true}});
	const reads = explorer.session.actions.length;
	explorer.pass(1000);
	explorer.pass(1000);
	expect(explorer.session.actions.slice(reads)).toEqual([]);
});

test('d describes the object that decided the hop', async () => {
	explorer = openExplorer({
		columns: 80,
		rows: 24,
		answer: answer({lines: ['Name:       api', 'Spec:', '  selector:', '    app: api'], marked: []}),
	});
	await explorer.until('KNET702');
	explorer.type(`${keys.enter}bd`);
	const screen = await explorer.until('Spec:');
	expect(screen).toContain('EndpointSlice shop/api-x7k2p  description');
	expect(screen).toMatch(/│ Spec: +│\n│ {3}selector: +│\n│ {5}app: api +│/u);
});

test('the list shows the hop that its keys act on', async () => {
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines: ['spec: {}'], marked: []})});
	await explorer.until('KNET702');
	explorer.type(keys.left.repeat(4));
	const screen = await explorer.until('❯✓Svc');
	expect(screen).toContain('The readiness probe of container app fails');
	expect(screen).toContain('10.96.12.4');
	expect(screen).not.toContain('KNET702 error');
	explorer.type('y');
	await explorer.until('Service shop/api  YAML');
});

test('a path that is well marks the hop that keys act on, also from the list', async () => {
	explorer = openExplorer({columns: 80, rows: 24, answer: answer({lines: ['spec: {}'], marked: []})});
	await explorer.until('KNET702');
	explorer.type('jjjj');
	expect(await explorer.until('3 of 3 ready')).toContain('›✓ DNS');
	explorer.type(keys.right.repeat(2));
	expect(await explorer.until('›✓ Controller')).not.toContain('›✓ DNS');
});

test('a key right after a move is about the entry that was moved to', async () => {
	const {session} = (explorer = openExplorer({
		columns: 120,
		rows: 30,
		answer: (action, state) =>
			action.type === 'select' ? {} : answer({lines: ['spec: {}'], marked: []})(action, state),
		state: {
			...shop,
			selected: {target: 'https://app.example.com/api', namespace: 'shop', trace: apiTrace, changes: {}},
		},
	}));
	await explorer.until('KNET702');
	explorer.type(`jjjj${keys.right.repeat(4)}d`);
	await explorer.until('❯✓ app.example.com/ ');
	expect(session.actions.some(({type}) => type === 'look')).toBe(false);
	session.update({
		selected: {target: 'https://app.example.com/', namespace: 'shop', trace: webTrace, changes: {}},
	});
	await explorer.until('Service shop/web  description');
});
