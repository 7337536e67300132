import {type AddressInfo, createServer} from 'node:net';
import {rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {connect} from '../../source/cluster/connect.ts';
import {bodyOf, connectTo, failureOf, get} from './connection.ts';
import {type Handler, json, type Reply, serve} from './server.ts';
import {directoryOf} from '../helpers/files.ts';

const ok: Handler = (_request, reply) => json(reply, {ok: true});

function status(
	reply: Reply,
	code: number,
	more: object,
	headers: Readonly<Record<string, string>> = {},
): void {
	reply.writeHead(code, {'content-type': 'application/json', ...headers});
	reply.end(JSON.stringify({kind: 'Status', apiVersion: 'v1', status: 'Failure', code, ...more}));
}

describe('connect', () => {
	it('says where it leads and as whom, before anything is sent', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		expect(await connectTo(server)).toMatchObject({
			context: 'test',
			cluster: 'c',
			user: 'u',
			server: server.url,
			namespace: 'default',
			insecure: false,
		});
		expect(server.sockets).toHaveLength(0);
	});

	it('refuses a server that is no URL', async () => {
		const server = await serve({protocol: 'http', handler: ok});
		await expect(connectTo({...server, url: 'https://a b'})).rejects.toThrow(
			'the server "https://a b" of the kubeconfig is not an http or https URL',
		);
		await expect(connectTo({...server, url: 'ftp://a'})).rejects.toThrow('is not an http or https URL');
	});

	it.each([
		{certificateAuthority: '/ca.crt'},
		{tlsServerName: 'kubernetes'},
		{clientCertificate: '/crt', clientKey: '/key'},
	])('refuses flags about TLS where the server speaks none: %j', async (options) => {
		const server = await serve({protocol: 'http', handler: ok});
		await expect(connectTo(server, {options})).rejects.toThrow(
			/ has no effect: the server .* is plain http$/u,
		);
	});

	it('accepts with a plain http server what kubectl accepts: no verification, and authorities that nobody reads', async () => {
		const server = await serve({protocol: 'http', handler: ok});
		for (const entries of [
			{options: {insecureSkipTlsVerify: true}},
			{cluster: {'certificate-authority-data': 'AAAA'}},
		]) {
			expect(await get(await connectTo(server, entries))).toBe('{"ok":true}');
		}
	});

	it('refuses a certificate authority that holds no certificate, before anything is sent', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const directory = await directoryOf({'ca.crt': 'hello'});
		const options = {certificateAuthority: join(directory, 'ca.crt')};
		await expect(connectTo(server, {options})).rejects.toThrow(/ca\.crt holds no certificate$/u);
		const missing = {certificateAuthority: join(directory, 'none')};
		await expect(connectTo(server, {options: missing})).rejects.toThrow(/none cannot be read \(ENOENT\)$/u);
		const cluster = {'certificate-authority-data': 'AAAA'};
		await expect(connectTo(server, {cluster})).rejects.toThrow(
			'certificate-authority-data of cluster "c" holds no certificate',
		);
		expect(server.sockets).toHaveLength(0);
	});

	it('takes an address without a scheme for plain http, as kubectl does', async () => {
		const server = await serve({protocol: 'http', handler: ok});
		const connection = await connectTo({...server, url: server.url.replace('http://', '')});
		expect(await get(connection)).toBe('{"ok":true}');
	});

	it('uses the current kubeconfig of the environment', async () => {
		const server = await serve({protocol: 'http', handler: ok});
		const directory = await directoryOf({
			config: `clusters: [{name: c, cluster: {server: "${server.url}"}}]
contexts: [{name: x, context: {cluster: c, user: "", namespace: shop}}]
current-context: x
`,
		});
		const connection = await connect({env: {KUBECONFIG: join(directory, 'config')}});
		expect(connection).toMatchObject({context: 'x', namespace: 'shop'});
		expect(await get(connection)).toBe('{"ok":true}');
		await connection.close();
	});
});

it('goes on when the kubeconfig is rewritten or removed meanwhile', async () => {
	const server = await serve({protocol: 'h2', handler: ok});
	const directory = await directoryOf({config: ''});
	const kubeconfig = join(directory, 'config');
	const entry = {
		server: server.url,
		'certificate-authority-data': Buffer.from(server.authority.cert).toString('base64'),
	};
	await writeFile(
		kubeconfig,
		JSON.stringify({
			clusters: [{name: 'c', cluster: entry}],
			contexts: [{name: 'x', context: {cluster: 'c', user: ''}}],
			'current-context': 'x',
		}),
	);
	const connection = await connect({kubeconfig, env: {}});
	await rm(kubeconfig);
	expect(await get(connection)).toBe('{"ok":true}');
	server.sockets.forEach((socket) => socket.destroy());
	expect(await get(connection)).toBe('{"ok":true}');
	await connection.close();
});

describe.each(['http', 'https', 'h2'] as const)('a request over %s', (protocol) => {
	it('says who asks and what for', async () => {
		const server = await serve({protocol, handler: ok});
		const connection = await connectTo(server, {options: {version: '1.2.3'}});
		const response = await connection.request({
			path: '/api/v1/pods',
			query: {limit: '500', fieldSelector: 'metadata.name=a b'},
			accept: 'application/vnd.kubernetes.protobuf',
		});
		expect(response.status).toBe(200);
		expect(response.headers['content-type']).toBe('application/json');
		await bodyOf(response);
		expect(server.requests[0]).toMatchObject({
			method: 'GET',
			url: '/api/v1/pods?limit=500&fieldSelector=metadata.name%3Da+b',
			headers: {
				'user-agent': `knet/1.2.3 (${process.platform}/${process.arch})`,
				accept: 'application/vnd.kubernetes.protobuf',
			},
		});
	});

	it('keeps the path of the server, as balancers for many clusters have one', async () => {
		const server = await serve({protocol, handler: ok});
		const connection = await connectTo({...server, url: `${server.url}/k8s/clusters/c-1/`});
		expect(connection.server).toBe(`${server.url}/k8s/clusters/c-1`);
		await get(connection);
		expect(server.requests[0]?.url).toBe('/k8s/clusters/c-1/version');
	});

	it('acts as somebody else when asked to', async () => {
		const server = await serve({protocol, handler: ok});
		const connection = await connectTo(server, {
			user: {as: 'file', 'as-user-extra': {'example.com/Scope': ['a', 'b']}},
			options: {as: 'jane', asGroups: ['devs', 'ops'], asUid: '7'},
		});
		await get(connection);
		expect(server.requests[0]?.headers).toMatchObject({
			'impersonate-user': 'jane',
			'impersonate-group': 'devs, ops',
			'impersonate-uid': '7',
			'impersonate-extra-example.com%2fscope': 'a, b',
		});
	});

	it.each([
		[404, {reason: 'NotFound', message: 'pods "x" not found'}, {}, {status: 404, reason: 'NotFound'}],
		[
			429,
			{reason: 'TooManyRequests', message: 'slow down', details: {retryAfterSeconds: 9}},
			{'retry-after': '3'},
			{status: 429, retryAfter: 3},
		],
		[503, {message: 'later', details: {retryAfterSeconds: 9}}, {}, {status: 503, retryAfter: 9}],
		[
			504,
			{message: 'Timeout: Too large', details: {causes: [{reason: 'ResourceVersionTooLarge', message: 'x'}]}},
			{},
			{status: 504, causes: ['ResourceVersionTooLarge']},
		],
	])('that is refused with %i rejects with what the server says', async (code, body, headers, expected) => {
		const server = await serve({protocol, handler: (_request, reply) => status(reply, code, body, headers)});
		const error = await failureOf((await connectTo(server)).request({path: '/x'}));
		expect(error).toMatchObject({name: 'ApiError', message: body.message, ...expected});
	});

	it('that something in between answers is told in its words, shortened and without control characters', async () => {
		const server = await serve({
			protocol,
			handler: (_request, reply) => {
				reply.writeHead(502, {'retry-after': new Date(Date.now() + 60_000).toUTCString()});
				reply.end(`<html><h1>Bad\nGateway \u001b[31m</h1>${'x'.repeat(1000)}</html>`);
			},
		});
		const error = await failureOf((await connectTo(server)).request({path: '/x'}));
		expect(error).toMatchObject({name: 'ApiError', status: 502, reason: ''});
		expect(String(error)).toMatch(/^ApiError: Bad Gateway \^\[\[31m x+$/);
		expect(String(error).length).toBeLessThan(250);
		expect((error as {retryAfter: number}).retryAfter).toBeGreaterThan(50);
	});

	it('may take any status, for what a pod answers through the proxy', async () => {
		const server = await serve({protocol, handler: (_request, reply) => json(reply, 'pod says no', 418)});
		const response = await (await connectTo(server)).request({path: '/x', anyStatus: true});
		expect(response.status).toBe(418);
		expect(await bodyOf(response)).toBe('"pod says no"');
	});

	it('ends with its signal and with the connection while that is being opened', async () => {
		// Takes connections, and says nothing: no TLS handshake, no answer.
		const silent = createServer();
		await new Promise<void>((resolve) => {
			silent.listen(0, '127.0.0.1', resolve);
		});
		onTestFinished(() => void silent.close());
		const {port} = silent.address() as AddressInfo;
		const connection = await connect({server: `https://127.0.0.1:${port}`, env: {}});
		const abort = new AbortController();
		const cancelled = failureOf(connection.request({path: '/version', signal: abort.signal}));
		const left = failureOf(connection.request({path: '/version'}));
		abort.abort();
		expect(await cancelled).toMatchObject({name: 'TransportError', phase: 'aborted'});
		await connection.close();
		expect(await left).toMatchObject({name: 'TransportError', phase: 'aborted'});
	});

	it('ends with --request-timeout, but a watch does not', async () => {
		const server = await serve({
			protocol,
			handler: ({url}, reply) => {
				if (url.includes('watch')) {
					reply.writeHead(200);
					reply.write('x');
				}
			},
		});
		const connection = await connectTo(server, {options: {requestTimeout: '50ms'}});
		const watch = await connection.request({path: '/', query: {watch: 'true'}});
		expect(await failureOf(connection.request({path: '/'}))).toMatchObject({
			name: 'TransportError',
			phase: 'timeout',
		});
		const reader = watch.body[Symbol.asyncIterator]();
		expect((await reader.next()).done).toBe(false);
		await reader.return?.();
	});
});

describe('compression', () => {
	it('is not asked for on this machine, where bytes cost nothing', async () => {
		const server = await serve({protocol: 'http', handler: ok});
		await get(await connectTo(server));
		expect(server.requests[0]?.headers['accept-encoding']).toBeUndefined();
	});
});
