import {createServer as createHttp} from 'node:http';
import {createServer as createHttps} from 'node:https';
import type {AddressInfo} from 'node:net';
import {describe, expect, it, onTestFinished} from 'vitest';
import {WebSocketServer} from 'ws';
import {createAuthority, type Issued} from '../helpers/certificates.ts';
import {connectTo, failureOf} from './connection.ts';

type Sockets = {readonly url: string; readonly authority: Issued; readonly headers: object[]};

/** Echoes messages; `/refused` is forbidden, `/unauthorized` is refused without the second token. */
async function echo(protocol: 'http' | 'https'): Promise<Sockets> {
	const authority = createAuthority();
	const {cert, key} = authority.issue('server', {names: ['127.0.0.1']});
	const server = protocol === 'https' ? createHttps({cert, key}) : createHttp();
	const sockets = new WebSocketServer({
		noServer: true,
		handleProtocols: (offered) => [...offered][0] ?? false,
	});
	const headers: object[] = [];
	server.on('upgrade', (request, socket, head) => {
		headers.push(request.headers);
		if (request.url?.startsWith('/refused')) {
			const body = JSON.stringify({kind: 'Status', message: 'pods "x" is forbidden', reason: 'Forbidden'});
			socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
			return;
		}

		sockets.handleUpgrade(request, socket, head, (opened) => {
			opened.on('message', (data: Buffer) => {
				if (data.toString() === 'die') {
					opened.terminate();
				} else if (data.toString() === 'bye') {
					opened.close(1000);
				} else {
					opened.send(data);
				}
			});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		sockets.clients.forEach((client) => client.terminate());
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return {url: `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`, authority, headers};
}

describe.each(['http', 'https'] as const)('a WebSocket over %s', (protocol) => {
	it('carries messages both ways, in the first protocol that the server takes', async () => {
		const server = await echo(protocol);
		const connection = await connectTo(server, {options: {as: 'jane', asGroups: ['a', 'b']}});
		const channel = await connection.webSocket(
			'/exec',
			{command: 'ls'},
			{protocols: ['v5.channel.k8s.io', 'v4']},
		);
		expect(channel.protocol).toBe('v5.channel.k8s.io');
		await channel.send(Buffer.from([0, 1]));
		await channel.send(Buffer.from('bye'));
		const messages: string[] = [];
		for await (const message of channel.messages) {
			messages.push(Buffer.from(message).toString('hex'));
		}

		expect(messages).toEqual(['0001']);
		expect(server.headers[0]).toMatchObject({'impersonate-user': 'jane', 'impersonate-group': 'a, b'});
	});

	it('that the server refuses rejects with its words', async () => {
		const connection = await connectTo(await echo(protocol));
		expect(await failureOf(connection.webSocket('/refused', {}, {protocols: ['v4']}))).toMatchObject({
			name: 'ApiError',
			status: 403,
			reason: 'Forbidden',
			message: 'pods "x" is forbidden',
		});
	});

	it('that breaks is an error, not an end', async () => {
		const connection = await connectTo(await echo(protocol));
		const channel = await connection.webSocket('/exec', {}, {protocols: ['v4']});
		await channel.send(Buffer.from('die'));
		const read = async (): Promise<void> => {
			for await (const message of channel.messages) {
				expect(message).toBeDefined();
			}
		};
		expect(await failureOf(read())).toMatchObject({name: 'TransportError', code: 'ECONNRESET'});
	});

	it('ends with the signal', async () => {
		const connection = await connectTo(await echo(protocol));
		const controller = new AbortController();
		const channel = await connection.webSocket('/exec', {}, {protocols: ['v4'], signal: controller.signal});
		const next = failureOf(channel.messages[Symbol.asyncIterator]().next());
		controller.abort();
		expect(await next).toMatchObject({name: 'TransportError', phase: 'aborted'});
	});

	it('ends with the connection to the cluster', async () => {
		const connection = await connectTo(await echo(protocol));
		const channel = await connection.webSocket('/exec', {}, {protocols: ['v4']});
		const next = failureOf(channel.messages[Symbol.asyncIterator]().next());
		await connection.close();
		expect(await next).toMatchObject({name: 'TransportError'});
	});
});
