import {expect, test} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import {shopYaml} from '../session/cluster.ts';
import {knetScreen} from './knet.ts';

test('a dumb terminal gets text, and is told why', async () => {
	const directory = await directoryOf({'shop.yaml': shopYaml});
	const file = `${directory}/shop.yaml`;
	const shown: string[] = [];
	for (const args of [['-f', file], ['svc/web', '-n', 'shop', '-f', file], ['demo']]) {
		const screen = await knetScreen(args, {env: {TERM: 'dumb'}, columns: 100, rows: 200});
		expect(await screen.ended).toBeLessThan(2);
		expect(screen.output()).not.toContain('\u001B');
		shown.push(screen.output());
	}

	for (const text of shown) {
		expect(text).toMatch(
			/^TERM=dumb is a terminal without a screen to draw on: this is text, printed once\.\r?\n/u,
		);
	}

	expect(shown[0]).toContain('svc/api:80');
	expect(shown[1]).toContain('Endpoints');
	expect(shown[2]).toMatch(/^\d+ paths: /mu);
});
