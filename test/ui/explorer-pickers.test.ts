import {afterEach, describe, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

describe('pickers', () => {
	test('pick a namespace', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('n');
		expect(await explorer.until('❯ 1  shop')).toContain('all namespaces');
		explorer.type(`${keys.up}${keys.enter}`);
		const screen = await explorer.until('prod-eu › kube-system');
		expect(screen).toContain('Entries');
	});

	test('narrow as one types', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('n');
		await explorer.until('❯ 1  shop');
		explorer.type('ingr');
		await explorer.until((screen) => screen.includes('❯ 3  ingress') && !screen.includes('default'));
		explorer.type(keys.enter);
		await explorer.until('prod-eu › ingress');
	});

	test('show the end of a long filter, where one types', async () => {
		explorer = openExplorer({columns: 60, rows: 15});
		await explorer.until('shop');
		explorer.type('n');
		await explorer.until('❯ 1  shop');
		explorer.type(`${'long-'.repeat(14)}end`);
		await explorer.until('-long-end▏ ━━');
	});

	test('pick a context', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('x');
		await explorer.until('❯ prod-eu');
		explorer.type(`${keys.down}${keys.enter}`);
		await explorer.until((screen) => !screen.includes('Contexts'));
		expect(explorer.session.actions).toContainEqual({type: 'context', context: 'staging'});
	});

	test('u lists what leads here, then the pods and nodes of the path; one of them, the paths that cross it', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`${keys.enter}u`);
		const users = await explorer.until('What leads here');
		expect(users).toMatch(/svc\/api:80 .*broken/u);
		expect(users).toMatch(/Pod api-7d9f-x2 .*the paths that cross it/u);
		explorer.type('node-b');
		await explorer.until('❯ Node node-b');
		explorer.type(keys.enter);
		await explorer.until('Paths that cross');
		const ref = {kind: 'Node', name: 'node-b'};
		expect(explorer.session.actions).toContainEqual({type: 'cross', ref});
		const {id} = explorer.session.getState().entries.find(({title}) => title === 'svc/api:80')!;
		explorer.session.update({crossing: {ref, entries: [id]}});
		const crossing = await explorer.until('Paths that cross Node node-b 1');
		expect(crossing).toMatch(/❯ svc\/api:80 .*broken/u);
		explorer.type(keys.enter);
		await explorer.until((screen) => /prod-eu › shop › svc\/api:80/u.test(screen));
		expect(explorer.session.actions).toContainEqual({type: 'cross'});
	});

	test(':crossing lists the paths that cross a node or a pod', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`:crossing node/node-a${keys.enter}`);
		await explorer.until('Paths that cross');
		expect(explorer.session.actions).toContainEqual({type: 'cross', ref: {kind: 'Node', name: 'node-a'}});
		explorer.type(keys.escape);
		await explorer.until((screen) => !screen.includes('Paths that cross'));
		expect(explorer.session.actions).toContainEqual({type: 'cross'});
		explorer.type(`:crossing node-a${keys.enter}`);
		await explorer.until('crossing takes node/NAME');
	});
});
