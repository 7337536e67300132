import {expect, test} from 'vitest';
import {startDemo} from '../../source/demo/start-demo.ts';
import {serve} from './api-server.ts';
import {knetScreen} from './knet.ts';

test('trace -w says when the picture became too old to tell, though nothing more is heard', async () => {
	const demo = await startDemo({live: false});
	const screen = await knetScreen(['trace', 'svc/web', '-n', 'shop', '-w', '-s', demo.url], {
		columns: 120,
		rows: 100,
	});
	await screen.until('svc/web:80 ok');
	await demo.stop();
	await screen.until('? svc/web:80 unknown');
	expect(screen.text()).toContain('KNET903');
	screen.type('\u0003');
	expect(await screen.ended).toBe(0);
});

test('a server that accepts connections and never answers is said within 15 s', async () => {
	const server = await serve(() => {});
	const screen = await knetScreen(['-s', server]);
	await screen.until('the API server has not answered for 8 s');
});

test('scan -w prints again when something changed', async () => {
	const demo = await startDemo({live: false});
	const screen = await knetScreen(
		['scan', '-n', 'shop', '-w', '-s', demo.url, '-o', 'jsonpath={.kind} {.verdict} {"\\n"}'],
		{columns: 120, rows: 100},
	);
	await screen.until('Scan ok');
	await demo.stop();
	await screen.until('Scan unknown');
	screen.type('\u0003');
	expect(await screen.ended).toBe(0);
});
