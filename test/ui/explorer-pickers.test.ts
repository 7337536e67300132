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

	test('pick a context', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type('x');
		await explorer.until('❯ prod-eu');
		explorer.type(`${keys.down}${keys.enter}`);
		await explorer.until((screen) => !screen.includes('Contexts'));
		expect(explorer.session.actions).toContainEqual({type: 'context', context: 'staging'});
	});
});
