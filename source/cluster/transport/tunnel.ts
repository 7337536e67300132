import type {Socket} from 'node:net';
import {hostOf, originOf, portOf} from './endpoint.ts';
import {TransportError, toTransportError} from './errors.ts';
import {requestTunnel} from './http-tunnel.ts';
import {dialTimeout, knownAuthorities, openSocket, secure} from './socket.ts';
import {negotiateSocks} from './socks-tunnel.ts';

/**
Opens a connection to `target` through a proxy: HTTP CONNECT for `http` and `https` proxies, SOCKS5 for `socks5` and
`socks5h` (the proxy resolves the name, as in Go). Errors are of phase `proxy` and name the proxy without its password.
*/
export async function openTunnel(proxy: URL, target: URL, signal?: AbortSignal): Promise<Socket> {
	const purpose = {server: originOf(proxy), phase: 'proxy', signal} as const;
	const plain = await openSocket(hostOf(proxy), proxyPort(proxy), purpose);
	const socket =
		proxy.protocol === 'https:'
			? await secure(plain, {
					...purpose,
					tls: {host: hostOf(proxy), ca: knownAuthorities(), rejectUnauthorized: true},
				})
			: plain;
	const timer = setTimeout(() => {
		socket.destroy(
			new TransportError(`no answer within ${dialTimeout / 1000} s`, {...purpose, code: 'ETIMEDOUT'}),
		);
	}, dialTimeout);
	const abort = (): void => void socket.destroy();
	signal?.addEventListener('abort', abort);
	try {
		await negotiate(socket, proxy, target);
		return socket;
	} catch (error) {
		socket.destroy();
		throw toTransportError(error, 'proxy', purpose.server);
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', abort);
	}
}

function proxyPort(proxy: URL): number {
	return proxy.port === '' && proxy.protocol.startsWith('socks5') ? 1080 : portOf(proxy);
}

async function negotiate(socket: Socket, proxy: URL, target: URL): Promise<void> {
	const destination = {host: hostOf(target), port: portOf(target)};
	const credentials = {
		username: decodeURIComponent(proxy.username),
		password: decodeURIComponent(proxy.password),
	};
	await (proxy.protocol.startsWith('socks5')
		? negotiateSocks(socket, destination, credentials)
		: requestTunnel(socket, destination, credentials));
}
