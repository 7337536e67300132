import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {bodyOf, connectTo, failureOf} from '../connection.ts';
import {type Handler, serve} from '../server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

describe.each(['http', 'https', 'h2'] as const)('a body over %s', (protocol) => {
	const answer = async (handler: Handler, query?: Readonly<Record<string, string>>) => {
		const server = await serve({protocol, handler});
		return (await connectTo(server)).request({path: '/pods', query});
	};

	it('streams: what is sent is there before the rest', async () => {
		let send: (text?: string) => void = () => undefined;
		const response = await answer((_request, reply) => {
			reply.writeHead(200);
			reply.write('one');
			send = (text) => (text === undefined ? reply.end() : reply.write(text));
		});
		const reader = response.body[Symbol.asyncIterator]();
		expect(String(Buffer.from((await reader.next()).value as Uint8Array))).toBe('one');
		send('two');
		expect(String(Buffer.from((await reader.next()).value as Uint8Array))).toBe('two');
		send();
		expect((await reader.next()).done).toBe(true);
	});

	it('is decoded from gzip of several members, each as it comes', async () => {
		let send: (text?: string) => void = () => undefined;
		const response = await answer((_request, reply) => {
			reply.writeHead(200, {'content-encoding': 'gzip'});
			reply.write(gzipSync('one'));
			send = (text) => (text === undefined ? reply.end() : reply.write(gzipSync(text)));
		});
		const reader = response.body[Symbol.asyncIterator]();
		expect(String(Buffer.from((await reader.next()).value as Uint8Array))).toBe('one');
		send('two');
		expect(String(Buffer.from((await reader.next()).value as Uint8Array))).toBe('two');
		send();
		expect((await reader.next()).done).toBe(true);
	});

	it.each([
		['plain', {}, Buffer.from('half')],
		['gzip', {'content-encoding': 'gzip'}, gzipSync('a whole text that is cut').subarray(0, 20)],
	])('that is cut is an error, not an end: %s', async (_title, headers, bytes) => {
		const server = await serve({
			protocol,
			handler: (_request, reply) => {
				reply.writeHead(200, headers);
				reply.write(bytes);
			},
		});
		const response = await (await connectTo(server)).request({path: '/pods'});
		server.sockets.forEach((socket) => socket.destroy());
		expect(await failureOf(bodyOf(response))).toMatchObject({name: 'TransportError', phase: 'response'});
	});

	it('that is not the gzip it says is an error', async () => {
		const response = await answer((_request, reply) => {
			reply.writeHead(200, {'content-encoding': 'gzip'});
			reply.end('no gzip at all');
		});
		expect(await failureOf(bodyOf(response))).toMatchObject({name: 'TransportError', code: 'Z_DATA_ERROR'});
	});

	it('may be large, and waits for a slow reader', async () => {
		const size = 24 * 1024 * 1024;
		const response = await answer((_request, reply) => {
			reply.writeHead(200);
			reply.end(Buffer.alloc(size, 'x'));
		});
		let length = 0;
		for await (const chunk of response.body) {
			length += chunk.length;
			await new Promise(setImmediate);
		}

		expect(length).toBe(size);
	});

	it('ends with the signal, as cancelled', async () => {
		const server = await serve({
			protocol,
			handler: (_request, reply) => {
				reply.writeHead(200);
				reply.write('x');
			},
		});
		const connection = await connectTo(server);
		const controller = new AbortController();
		const response = await connection.request({path: '/', query: {watch: 'true'}, signal: controller.signal});
		const end = failureOf(bodyOf(response));
		controller.abort();
		expect(await end).toMatchObject({name: 'TransportError', phase: 'aborted', code: 'ABORTED'});
		expect(await failureOf(connection.request({path: '/', signal: controller.signal}))).toMatchObject({
			phase: 'aborted',
		});
	});

	it('that nobody reads is given up with the signal', async () => {
		let isClosed = false;
		const server = await serve({
			protocol,
			handler: ({stream}, reply) => {
				stream.once('close', () => {
					isClosed = true;
				});
				reply.writeHead(200);
				reply.write('x');
			},
		});
		const connection = await connectTo(server);
		const controller = new AbortController();
		const response = await connection.request({path: '/', query: {watch: 'true'}, signal: controller.signal});
		controller.abort();
		await waitFor(() => expect(isClosed).toBe(true));
		expect(await failureOf(bodyOf(response))).toMatchObject({phase: 'aborted'});
	});
});
