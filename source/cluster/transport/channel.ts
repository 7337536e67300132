import type {IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {createWebSocketStream, WebSocket} from 'ws';
import type {Channel} from '../connection.ts';
import {abortError, toTransportError, TransportError} from './errors.ts';
import {type Answer, flatHeaders, type Headers} from './exchange.ts';

type ChannelOptions = {
	/** `scheme://host:port` of the API server. */
	readonly server: string;
	/** An open HTTP/1.1 connection, for this WebSocket alone. */
	readonly socket: Socket;
	/** Path with its query. */
	readonly target: string;
	readonly protocols: readonly string[];
	readonly headers: Headers;
	readonly signal?: AbortSignal;
};

/** Either an open WebSocket, or what the server answered instead. */
type ChannelOutcome = {readonly channel: Channel} | {readonly refusal: Answer};

/** How long the upgrade may take, in milliseconds; the API server dials the kubelet meanwhile. */
const handshakeTimeout = 30_000;

/** RFC 6455 §7.4.1: the connection went away without a word. */
const abnormalClosure = 1006;

/** Upgrades a connection to a WebSocket. The signal ends it at any time. */
export async function openChannel(options: ChannelOptions): Promise<ChannelOutcome> {
	const {server, signal} = options;
	const socket = createWebSocket(options);
	const stream = createWebSocketStream(socket, {readableObjectMode: true});
	return new Promise((resolve, reject) => {
		const abort = (): void => {
			if (signal) {
				stream.destroy(abortError(signal, server));
			}
		};
		signal?.addEventListener('abort', abort, {once: true});
		socket.once('close', () => signal?.removeEventListener('abort', abort));
		// After the upgrade the reader of `messages` is told as well; then this rejection is of a settled promise.
		stream.on('error', (error) => {
			reject(toTransportError(error, 'request', server));
		});
		socket.once('unexpected-response', (_request, message: IncomingMessage) => {
			resolve({
				refusal: {
					status: message.statusCode ?? 0,
					headers: flatHeaders(message.headers),
					stream: message,
					isCut: () => !message.complete,
				},
			});
		});
		socket.once('open', () => {
			resolve({channel: channelOf(socket, stream, server)});
		});
		if (signal?.aborted) {
			abort();
		}
	});
}

function createWebSocket({server, target, protocols, headers, socket}: ChannelOptions): WebSocket {
	return new WebSocket(`${server.replace(/^http/, 'ws')}${target}`, [...protocols], {
		createConnection: () => socket,
		// Repeated headers (Impersonate-Group) pass as lists, which the type does not know.
		headers: headers as Record<string, string>,
		handshakeTimeout,
		perMessageDeflate: false,
	});
}

function channelOf(socket: WebSocket, stream: Duplex, server: string): Channel {
	return {
		protocol: socket.protocol,
		messages: readMessages(socket, stream, server),
		async send(message) {
			return new Promise((resolve, reject) => {
				stream.write(message, (error) => {
					if (error) {
						reject(toTransportError(error, 'request', server));
					} else {
						resolve();
					}
				});
			});
		},
		close() {
			socket.close();
		},
	};
}

async function* readMessages(
	socket: WebSocket,
	stream: Duplex,
	server: string,
): AsyncGenerator<Uint8Array, void> {
	let closeCode = 0;
	socket.once('close', (code) => {
		closeCode = code;
	});
	try {
		yield* stream as AsyncIterable<Uint8Array>;
	} catch (error) {
		throw toTransportError(error, 'response', server);
	}

	if (closeCode === abnormalClosure) {
		throw new TransportError('the connection was closed', {code: 'ECONNRESET', phase: 'response', server});
	}
}
