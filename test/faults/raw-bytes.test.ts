import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {startLive} from '../cluster-feed/helpers/live.ts';
import {
	added,
	bookmark,
	list,
	service,
	startScriptedServer,
} from '../cluster-feed/helpers/scripted-server.ts';
import {until} from '../cluster-feed/helpers/until.ts';

// What can be written by hand only: over HTTP/1.1, in JSON.

test('a list that is cut in the middle leaves no trace', async () => {
	await using server = await startScriptedServer(
		(response) => {
			response.write(`{"metadata":{"resourceVersion":"10"},"items":[${JSON.stringify(service('ghost', 3))},`);
			setImmediate(() => response.socket?.resetAndDestroy());
		},
		(response) => {
			response.end(`{"metadata":{"resourceVersion":"10"},"items":[${JSON.stringify(service('ghost', 3))}`);
		},
		list('11', [service('a', 3)]),
	);
	await using live = await startLive(server);
	await live.wait(800);
	await live.wait(1600);
	await live.has(['a']);
	expect(live.touched).toEqual(['Service/shop/a']);
});

test('a list of 50,000 in one body is read as it comes', async () => {
	const count = 50_000;
	await using server = await startScriptedServer((response) => {
		response.write('{"metadata":{"resourceVersion":"10"},"items":[');
		for (let index = 0; index < count; index += 100) {
			const batch = Array.from({length: 100}, (_, offset) => service(`s-${index + offset}`, 5));
			response.write(`${index > 0 ? ',' : ''}${batch.map((item) => JSON.stringify(item)).join(',')}`);
		}

		response.end(']}');
	});
	await using live = await startLive(server);
	await until(() => live.state().state === 'synced');
	expect(live.names()).toHaveLength(count);
});

test('a WatchList may come as several gzip members', async () => {
	const line = (event: object) => gzipSync(`${JSON.stringify(event)}\n`);
	await using server = await startScriptedServer((response) => {
		response.writeHead(200, {'content-encoding': 'gzip'});
		response.write(line(added(service('a', 3))));
		response.write(line(added(service('b', 4))));
		response.write(line(bookmark('10', true)));
		response.write(line(added(service('c', 11))));
	});
	await using live = await startLive(server, {watchList: true});
	await live.has(['a', 'b', 'c']);
	await server.hasLogged(['WATCHLIST']);
});

test('a list that begins late is said, and is whole when it comes', async () => {
	let begin = (): void => {};
	await using server = await startScriptedServer((response) => {
		begin = () =>
			response.end(
				JSON.stringify({metadata: {resourceVersion: '10'}, items: [service('a', 3), service('b', 3)]}),
			);
	});
	await using live = await startLive(server);
	await server.hasLogged(['LIST']);
	live.clock.advance(8000);
	expect(live.state()).toEqual({
		state: 'connecting',
		reason: 'the API server has not answered for 8 s',
	});
	begin();
	await live.has(['a', 'b']);
});
