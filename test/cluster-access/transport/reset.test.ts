import {connect as connectTls} from 'node:tls';
import {expect, it} from 'vitest';
import {occupy, openLine} from '../../../source/cluster/transport/http2-line.ts';
import {connectTo, failureOf, get} from '../connection.ts';
import {relayTo} from './relay.ts';
import {type Handler, json, serve} from '../server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const quiet: Handler = (_, reply) => {
	reply.writeHead(200);
	reply.write('{');
	reply.on('error', () => undefined);
};

/** An HTTP/2 connection with a watch, of which Node reads nothing any more. */
async function deafLine() {
	const server = await serve({protocol: 'h2', handler: quiet});
	const relay = await relayTo(server);
	const socket = connectTls({
		host: '127.0.0.1',
		port: Number(new URL(relay.url).port),
		ca: server.authority.cert,
		ALPNProtocols: ['h2'],
	});
	await new Promise((resolve) => socket.once('secureConnect', resolve));
	const line = openLine(socket, server.url);
	const {session} = line;
	const stream = session.request({':path': '/pods?watch=true'});
	await new Promise((resolve) => stream.once('response', resolve));
	const {_handle: handle} = socket as unknown as {readonly _handle: {readStop(): void}};
	handle.readStop();
	return {relay, session, socket, stream, line};
}

it('a reset that Node does not tell of ends an HTTP/2 connection within two seconds', async () => {
	const {relay, stream} = await deafLine();
	const ended = new Promise((resolve) => stream.once('error', resolve));
	relay.reset();
	const started = performance.now();
	expect(await ended).toMatchObject({name: 'TransportError', code: 'ECONNRESET'});
	expect(performance.now() - started).toBeLessThan(2000);
});

it('a connection that is reset while it closes leaves no socket behind', async () => {
	const {relay, session, socket, stream} = await deafLine();
	stream.on('error', () => undefined);
	const closed = new Promise((resolve) => socket.once('close', resolve));
	relay.reset();
	session.close();
	stream.destroy();
	await closed;
	expect(socket.destroyed).toBe(true);
});

it('a server that allows no streams (it drains) keeps no connection, however often it is tried', async () => {
	const server = await serve({
		protocol: 'h2',
		tls: {settings: {maxConcurrentStreams: 0}} as object,
		handler: (_, reply) => json(reply, {}),
	});
	const connection = await connectTo(server);
	for (let attempt = 0; attempt < 10; attempt++) {
		await get(connection).catch(() => undefined);
	}

	await waitFor(() => expect(server.open()).toBeLessThanOrEqual(1));
});

it('a server that begins to drain lets running watches end, and gets no new request on their connection', async () => {
	const server = await serve({protocol: 'h2', handler: quiet});
	const connection = await connectTo(server);
	const running = await connection.request({path: '/pods', query: {watch: 'true'}});
	server.sessions[0]?.settings({maxConcurrentStreams: 0});
	const reader = running.body[Symbol.asyncIterator]();
	await reader.next();
	await waitFor(async () => {
		await connection.request({path: '/pods', query: {watch: 'true'}});
		expect(server.sockets).toHaveLength(2);
	});
	expect(server.open()).toBe(2);
	server.sockets[0]?.destroy();
	expect(await failureOf(reader.next())).toMatchObject({code: 'ECONNRESET'});
});

it('requests on a connection whose socket is gone leave no listener on it', async () => {
	const {socket, stream, line} = await deafLine();
	stream.on('error', () => undefined);
	socket.destroy();
	for (let count = 0; count < 20; count++) {
		occupy(line)();
	}

	expect(socket.listenerCount('connect')).toBe(0);
});
