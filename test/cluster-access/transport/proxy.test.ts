import {describe, expect, it} from 'vitest';
import {proxyFor} from '../../../source/cluster/transport/proxy.ts';
import {createAuthority} from '../../helpers/certificates.ts';
import {connectTo, get, words} from '../connection.ts';
import {httpProxy, socksProxy} from '../proxies.ts';
import {json, type Reply, serve} from '../server.ts';

const ok = (_request: unknown, reply: Reply): void => json(reply, {});

describe('the choice of a proxy', () => {
	const choose = (server: string, env: Record<string, string>, proxyUrl?: string): string | undefined =>
		proxyFor(new URL(server), proxyUrl, env)?.href;

	it('is HTTPS_PROXY for https and HTTP_PROXY for http, in capitals first', () => {
		const env = {HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:1', http_proxy: 'http://c:1'};
		expect(choose('https://k:6443', env)).toBe('http://a:1/');
		expect(choose('http://k:8001', env)).toBe('http://c:1/');
		expect(choose('https://k:6443', {})).toBeUndefined();
	});

	it('takes an address without a scheme for an http proxy', () => {
		expect(choose('https://k', {HTTPS_PROXY: 'proxy:3128'})).toBe('http://proxy:3128/');
	});

	it('is proxy-url before all, whatever NO_PROXY says', () => {
		const env = {HTTPS_PROXY: 'http://a:1', NO_PROXY: '*'};
		expect(choose('https://k', env, 'socks5://s:1080')).toBe('socks5://s:1080');
	});

	// The cases of golang.org/x/net/http/httpproxy's documentation.
	it.each([
		['https://k.example.com', 'example.com', false],
		['https://example.com', 'example.com', false],
		['https://badexample.com', 'example.com', true],
		['https://k.example.com', '.example.com', false],
		['https://example.com', '.example.com', true],
		['https://k.example.com', '*.example.com', false],
		['https://K.Example.COM', 'example.com', false],
		['https://10.1.2.3', '10.0.0.0/8', false],
		['https://11.1.2.3', '10.0.0.0/8', true],
		['https://[fd00::1]', 'fd00::/8', false],
		['https://[2001:db8::1]', 'fd00::/8', true],
		['https://10.1.2.3', '10.1.2.3', false],
		['https://k:6443', 'k:6443', false],
		['https://k:6443', 'k:443', true],
		['https://k', 'k:443', false],
		['https://[fd00::1]:6443', '[fd00::1]:6443', false],
		['https://k', 'a, b ,k', false],
		['https://k', '*', false],
		['https://k', 'a,,b', true],
		['https://k', '10.0.0.0/99,10.0.0.0/', true],
		['https://localhost:6443', '', false],
		['https://127.0.0.9:6443', '', false],
		['https://[::1]:6443', '', false],
	])('to %s with NO_PROXY=%s: %s', (server, list, isProxied) => {
		const chosen = choose(server, {HTTPS_PROXY: 'http://p:1', NO_PROXY: list});
		expect(chosen !== undefined).toBe(isProxied);
	});

	it('refuses what is no proxy, without quoting it', () => {
		expect(() => choose('https://k', {HTTPS_PROXY: 'http://user:s3cret@:x'})).toThrow(
			/^HTTPS_PROXY is not a URL$/,
		);
		expect(() => choose('https://k', {}, 'ftp://user:s3cret@p')).toThrow(
			/^proxy-url has the scheme "ftp"; known: http, https, socks5$/,
		);
	});
});

describe.each(['http', 'https', 'h2'] as const)(
	'through a proxy, to a server that speaks %s,',
	(protocol) => {
		it('HTTP CONNECT carries all requests', async () => {
			const server = await serve({protocol, handler: ok});
			const proxy = await httpProxy();
			const connection = await connectTo(server, {cluster: {'proxy-url': `http://127.0.0.1:${proxy.port}`}});
			await get(connection);
			await get(connection);
			expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
		});

		it('SOCKS5 carries all requests', async () => {
			const server = await serve({protocol, handler: ok});
			const proxy = await socksProxy();
			const connection = await connectTo(server, {
				cluster: {'proxy-url': `socks5://127.0.0.1:${proxy.port}`},
			});
			await get(connection);
			await get(connection);
			expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
		});
	},
);

describe('a proxy', () => {
	it('is logged in to with what its URL holds', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const login = 'jane:p@ss';
		for (const [scheme, proxy] of [
			['http', await httpProxy({login})],
			['socks5', await socksProxy({login})],
		] as const) {
			const connection = await connectTo(server, {
				cluster: {'proxy-url': `${scheme}://jane:p%40ss@127.0.0.1:${proxy.port}`},
			});
			expect(await get(connection)).toBe('{}');
			expect(proxy.logins).toEqual([login]);
		}
	});

	it('that wants a login or refuses it is named without the password', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const http = await httpProxy({login: 'a:b'});
		const socks = await socksProxy({login: 'a:b'});
		const at = async (url: string): Promise<string> =>
			words(get(await connectTo(server, {cluster: {'proxy-url': url}})));
		expect(await at(`http://jane:s3cret@127.0.0.1:${http.port}`)).toBe(
			`the proxy at http://127.0.0.1:${http.port} does not let through (the proxy wants a user name and password (status 407))`,
		);
		expect(await at(`socks5://127.0.0.1:${socks.port}`)).toBe(
			`the proxy at socks5://127.0.0.1:${socks.port} does not let through (the SOCKS proxy wants a user name and password)`,
		);
		expect(await at(`socks5://jane:s3cret@127.0.0.1:${socks.port}`)).toBe(
			`the proxy at socks5://127.0.0.1:${socks.port} does not let through (the SOCKS proxy refuses the user name and password)`,
		);
	});

	it('that speaks TLS is verified', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const proxy = await httpProxy({certificate: createAuthority('proxy')});
		const connection = await connectTo(server, {cluster: {'proxy-url': `https://127.0.0.1:${proxy.port}`}});
		expect(await words(get(connection))).toContain(
			`the proxy at https://127.0.0.1:${proxy.port} cannot be trusted`,
		);
	});

	it('that cannot reach the server says so', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const proxy = await socksProxy();
		const connection = await connectTo(server, {cluster: {'proxy-url': `socks5://127.0.0.1:${proxy.port}`}});
		await server.close();
		expect(await words(get(connection))).toContain('the SOCKS proxy answers: connection refused');
	});

	it('that dies breaks what runs, and when it is back requests work again', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const proxy = await httpProxy();
		const connection = await connectTo(server, {cluster: {'proxy-url': `http://127.0.0.1:${proxy.port}`}});
		await get(connection);
		await proxy.close();
		expect(await words(get(connection))).toBe(
			`the proxy at http://127.0.0.1:${proxy.port} refuses the connection: nothing listens there`,
		);
		await httpProxy({port: proxy.port});
		expect(await get(connection)).toBe('{}');
	});

	it('that does not speak the protocol is named', async () => {
		const server = await serve({protocol: 'h2', handler: ok});
		const web = await serve({protocol: 'http', handler: ok});
		const connection = await connectTo(server, {cluster: {'proxy-url': `socks5://127.0.0.1:${web.port}`}});
		expect(await words(get(connection))).toContain('the proxy does not speak SOCKS5');
	});
});
