import {describe, expect, it} from 'vitest';
import {bodyOf, connectTo, failureOf, get} from '../connection.ts';
import {json, type Reply, serve} from '../server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const ok = (_request: unknown, reply: Reply): void => json(reply, {ok: true});

describe.each(['http', 'https', 'h2'] as const)('connections over %s', (protocol) => {
	it('serve 50 requests one after the other with one connection', async () => {
		const server = await serve({protocol, handler: ok});
		const connection = await connectTo(server);
		for (let count = 0; count < 50; count++) {
			expect(await get(connection)).toBe('{"ok":true}');
		}

		expect(server.sockets).toHaveLength(1);
		expect(server.open()).toBe(1);
	});

	it('are not made anew for requests at the same time, beyond what the protocol needs', async () => {
		const server = await serve({protocol, handler: ok});
		const connection = await connectTo(server);
		for (let round = 0; round < 3; round++) {
			await Promise.all(Array.from({length: 9}, async () => get(connection)));
		}

		expect(server.sockets.length).toBeLessThanOrEqual(protocol === 'h2' ? 1 : 9);
	});

	it('are left free by a reader that leaves early, and by errors', async () => {
		const server = await serve({
			protocol,
			handler: ({url}, reply) => {
				if (url === '/bad') {
					json(reply, {kind: 'Status', message: 'no', reason: 'NotFound'}, 404);
				} else {
					ok(undefined, reply);
				}
			},
		});
		const connection = await connectTo(server);
		for (let count = 0; count < 10; count++) {
			await failureOf(connection.request({path: '/bad'}));
			for await (const chunk of (await connection.request({path: '/version'})).body) {
				expect(chunk.length).toBeGreaterThan(0);
				break;
			}
		}

		await waitFor(() => expect(server.open()).toBeLessThanOrEqual(2));
	});

	it('that the server closed while idle are replaced without a failure', async () => {
		const server = await serve({protocol, handler: ok});
		const connection = await connectTo(server);
		await get(connection);
		server.sockets.forEach((socket) => socket.destroy());
		expect(await get(connection)).toBe('{"ok":true}');
	});

	it('find a server that was restarted', async () => {
		const server = await serve({protocol, handler: ok});
		const connection = await connectTo(server);
		await get(connection);
		await server.close();
		const failure = await failureOf(get(connection));
		expect(failure).toMatchObject({name: 'TransportError'});
		await serve({protocol, handler: ok, port: server.port, authority: server.authority});
		expect(await get(connection)).toBe('{"ok":true}');
	});

	it('are all closed at the end', async () => {
		const server = await serve({
			protocol,
			handler: (_request, reply) => {
				reply.writeHead(200);
				reply.write('{');
			},
		});
		const connection = await connectTo(server);
		const watch = await connection.request({path: '/', query: {watch: 'true'}});
		await connection.close();
		expect(await failureOf(bodyOf(watch))).toMatchObject({name: 'TransportError'});
		await waitFor(() => expect(server.open()).toBe(0));
		expect(await failureOf(get(connection))).toMatchObject({name: 'TransportError'});
	});
});

describe('HTTP/2', () => {
	it('leaves a connection after GOAWAY, and lets its streams end', async () => {
		let finish: () => void = () => undefined;
		const server = await serve({
			protocol: 'h2',
			handler: ({url}, reply) => {
				if (url.includes('watch')) {
					reply.writeHead(200);
					reply.write('first ');
					finish = () => reply.end('last');
				} else {
					ok(undefined, reply);
				}
			},
		});
		const connection = await connectTo(server);
		const watch = await connection.request({path: '/', query: {watch: 'true'}});
		server.sessions[0]?.goaway(0);
		await waitFor(async () => {
			await get(connection);
			expect(server.sessions).toHaveLength(2);
		});
		finish();
		expect(await bodyOf(watch)).toBe('first last');
	});

	it('opens a second connection when the server allows no more streams on one', async () => {
		const server = await serve({
			protocol: 'h2',
			tls: {settings: {maxConcurrentStreams: 5}} as object,
			handler: (_request, reply) => {
				reply.writeHead(200);
				reply.write('open');
			},
		});
		const connection = await connectTo(server);
		const first = await connection.request({path: '/', query: {watch: 'true'}});
		const others = await Promise.all(
			Array.from({length: 7}, async () => connection.request({path: '/', query: {watch: 'true'}})),
		);
		expect([first, ...others]).toHaveLength(8);
		expect(server.sessions).toHaveLength(2);
	});

	it('is given up for HTTP/1.1 when another server takes the address', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const connection = await connectTo(server);
		await get(connection);
		await server.close();
		await serve({protocol: 'https', handler: ok, port: server.port, authority: server.authority});
		await waitFor(async () => expect(await get(connection)).toBe('{"ok":true}'));
	});
});
