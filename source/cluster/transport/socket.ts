import {connect as connectSocket, type Socket} from 'node:net';
import {connect as connectTls, getCACertificates, type ConnectionOptions, type TLSSocket} from 'node:tls';
import {abortError, toTransportError, TransportError, type Phase} from './errors.ts';

/** Milliseconds for each of: the TCP connection, the proxy's answer, the TLS handshake (client-go: 30 s and 10 s). */
export const dialTimeout = 10_000;

/** A dead peer is noticed by the kernel as well: first probe after this silence, then ten a second apart (libuv). */
const keepAliveDelay = 15_000;

/** What a socket is opened for: words of its errors. */
type Purpose = {
	readonly server: string;
	readonly phase: Phase;
	/** Ends the opening: nobody waits any more. */
	readonly signal?: AbortSignal;
};

/** A TCP connection with keep-alive probes and without Nagle's delay. */
export async function openSocket(host: string, port: number, purpose: Purpose): Promise<Socket> {
	const socket = connectSocket({
		host,
		port,
		noDelay: true,
		keepAlive: true,
		keepAliveInitialDelay: keepAliveDelay,
	});
	return established(socket, 'connect', purpose);
}

/** TLS over a connection, verified. */
export async function secure(
	socket: Socket,
	options: Purpose & {readonly tls: ConnectionOptions},
): Promise<TLSSocket> {
	return established(openTls(socket, options), 'secureConnect', options);
}

function openTls(socket: Socket, options: Purpose & {readonly tls: ConnectionOptions}): TLSSocket {
	try {
		return connectTls({...options.tls, socket});
	} catch (error) {
		// A certificate or key that OpenSSL cannot read.
		socket.destroy();
		throw toTransportError(error, options.phase, options.server);
	}
}

async function established<S extends Socket>(socket: S, event: string, purpose: Purpose): Promise<S> {
	const {server, phase, signal} = purpose;
	return new Promise((resolve, reject) => {
		const settle = (): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', abort);
		};
		const abort = (): void => {
			if (signal) {
				fail(abortError(signal, server));
			}
		};
		const fail = (error: unknown): void => {
			settle();
			socket.destroy();
			reject(toTransportError(error, phase, server));
		};
		const closed = (): void => {
			fail(new TransportError('the connection was closed', {code: 'ECONNRESET', phase, server}));
		};
		const timer = setTimeout(() => fail(noAnswer(purpose)), dialTimeout);
		socket.once('error', fail);
		socket.once('close', closed);
		socket.once(event, () => {
			settle();
			socket.off('error', fail);
			socket.off('close', closed);
			resolve(socket);
		});
		signal?.addEventListener('abort', abort);
		if (signal?.aborted) {
			abort();
		}
	});
}

function noAnswer({server, phase}: Purpose): TransportError {
	return new TransportError(`no answer within ${dialTimeout / 1000} s`, {
		code: 'ETIMEDOUT',
		phase,
		server,
		silence: dialTimeout,
	});
}

/**
Go trusts the system's store, Node its own list: an authority in either is trusted when none is configured. Each is named once:
OpenSSL reads all of them for every connection, 800 in 50 ms.
*/
export function knownAuthorities(): string[] {
	return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
