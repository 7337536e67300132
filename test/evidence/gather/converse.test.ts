import {createServer, type RequestListener} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {createServer as createTcpServer, type AddressInfo, type Server} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {fromMachine} from '../../../source/evidence/gather/from-machine.ts';
import {thisMachine} from '../../../source/evidence/machine.ts';
import type {ProbeTools} from '../../../source/evidence/probe.ts';
import {createAuthority} from '../../helpers/certificates.ts';

const request = {
	scheme: 'http',
	serverName: 'app.example.com',
	host: 'app.example.com',
	authority: 'app.example.com',
	urlPath: '/api?x=1',
	method: 'GET',
	headers: [{name: 'X-Canary', value: 'always'}],
} as const;

function tools(signal = AbortSignal.timeout(3000)): ProbeTools {
	return {
		machine: thisMachine([]),
		clock: Date.now,
		signal,
		userAgent: 'knet/1.2.3',
	} as unknown as ProbeTools;
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(() => void server.close());
	return (server.address() as AddressInfo).port;
}

async function ask(port: number, rest: object = {}, signal?: AbortSignal) {
	const found = await fromMachine({address: '127.0.0.1', port, of: {}, ...rest}, tools(signal));
	return found.map(({type, result}) => [type, result]);
}

test('sends one GET with the host and path asked for, says who asks, and follows no redirect', async () => {
	const seen: unknown[] = [];
	const port = await listen(
		createServer(({method, url, headers}, response) => {
			seen.push([method, url, headers.host, headers['user-agent'], headers['x-canary']]);
			response
				.writeHead(308, {location: 'https://app.example.com/api', server: 'edge\u0007'.slice(0, 4)})
				.end();
		}),
	);
	expect(await ask(port, {request})).toEqual([
		['connect', {outcome: 'connected'}],
		['http', {status: 308, server: 'edge', location: 'https://app.example.com/api'}],
	]);
	expect(seen).toEqual([['GET', '/api?x=1', 'app.example.com', 'knet/1.2.3', 'always']]);
});

test('a header that no server could read is a result, not a fault', async () => {
	const port = await listen(createServer((_request, response) => void response.end()));
	const odd = {...request, headers: [{name: 'x-odd', value: 'a\nb'}]};
	expect(await ask(port, {request: odd})).toEqual([
		['connect', {outcome: 'connected'}],
		['http', expect.objectContaining({failed: 'unavailable'})],
	]);
});

test('a port without HTTP gets a connection and not a byte', async () => {
	const received: Buffer[] = [];
	const port = await listen(createTcpServer((socket) => socket.on('data', (bytes) => received.push(bytes))));
	expect(await ask(port)).toEqual([['connect', {outcome: 'connected'}]]);
	expect(received).toEqual([]);
});

test('a refusal, and a server that says nothing, are results', async () => {
	const closed = createTcpServer();
	const port = await listen(closed);
	await new Promise((resolve) => {
		closed.close(resolve);
	});
	expect(await ask(port)).toEqual([['connect', {outcome: 'refused', message: expect.any(String)}]]);
	const silent = await listen(createTcpServer((socket) => void socket.on('error', () => {})));
	expect(await ask(silent, {request}, AbortSignal.timeout(50))).toEqual([
		['connect', {outcome: 'connected'}],
		['http', {failed: 'timeout', message: 'no answer in time'}],
	]);
});

test('something that speaks no HTTP answered, and is not blamed for more', async () => {
	const port = await listen(createTcpServer((socket) => socket.end('+OK pop3\r\n')));
	expect(await ask(port, {request})).toEqual([
		['connect', {outcome: 'connected'}],
		['http', expect.objectContaining({failed: 'unavailable'})],
	]);
});

test('TLS shows what is served for the name, whoever vouches for it', async () => {
	const authority = createAuthority('an authority');
	const {cert, key} = authority.issue('edge', {names: ['*.example.com', 'other.example.net']});
	const names: unknown[] = [];
	const answer: RequestListener = (_request, response) => void response.end();
	const port = await listen(
		createHttpsServer({cert, key, SNICallback: (name, done) => (names.push(name), done(null))}, answer),
	);
	const found = await ask(port, {request: {...request, scheme: 'https'}});
	expect(found).toEqual([
		['connect', {outcome: 'connected'}],
		[
			'tls',
			expect.objectContaining({
				names: ['*.example.com', 'other.example.net'],
				subject: 'edge',
				issuer: 'an authority',
				coversHost: true,
				trusted: false,
			}),
		],
		['http', {status: 200}],
	]);
	expect(names).toEqual(['app.example.com']);
	const elsewhere = await ask(port, {request: {...request, scheme: 'https', serverName: 'app.example.org'}});
	expect(elsewhere[1]).toEqual(['tls', expect.objectContaining({coversHost: false})]);
});

test('without a method TLS is the last step', async () => {
	const {cert, key} = createAuthority('an authority').issue('edge', {names: ['*.example.com']});
	const port = await listen(createHttpsServer({cert, key}));
	const found = await ask(port, {request: {...request, scheme: 'https', method: undefined}});
	expect(found.map(([type]) => type)).toEqual(['connect', 'tls']);
});

test('a port that speaks no TLS is a result of TLS', async () => {
	const port = await listen(createServer((_request, response) => void response.end()));
	expect(await ask(port, {request: {...request, scheme: 'https'}})).toEqual([
		['connect', {outcome: 'connected'}],
		['tls', {noHandshake: 'it does not speak TLS'}],
	]);
});

test('a server that breaks the handshake off is a result of TLS', async () => {
	const closing = await listen(createTcpServer((socket) => void socket.once('data', () => socket.end())));
	expect(await ask(closing, {request: {...request, scheme: 'https'}})).toEqual([
		['connect', {outcome: 'connected'}],
		['tls', {noHandshake: 'it closed the connection'}],
	]);
	const {cert, key} = createAuthority('an authority').issue('edge', {names: ['*.example.com']});
	const strict = await listen(
		createHttpsServer({cert, key, SNICallback: (_name, done) => done(new Error('no such name'))}),
	);
	expect(await ask(strict, {request: {...request, scheme: 'https'}})).toEqual([
		['connect', {outcome: 'connected'}],
		['tls', {noHandshake: expect.any(String)}],
	]);
});
