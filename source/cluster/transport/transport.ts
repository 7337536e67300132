import type {Socket} from 'node:net';
import {TLSSocket} from 'node:tls';
import {type ClientCertificate, dial} from './dial.ts';
import {type Endpoint, originOf} from './endpoint.ts';
import {TransportError} from './errors.ts';
import type {Answer, Client, Exchange} from './exchange.ts';
import {createHttp1} from './http1.ts';
import {createHttp2} from './http2.ts';

type TransportOptions = {
	readonly endpoint: Endpoint;
	/** Asked at every new connection, so that a rotated certificate is used from then on. */
	readonly certificate: () => Promise<ClientCertificate | undefined>;
};

export type Transport = {
	send(exchange: Exchange): Promise<Answer>;
	/** Whether connections are kept under observation by PING, so that a silent stream on one is known to be alive. */
	isObserved(): boolean;
	/** Milliseconds without a byte on a connection that was asked and has not answered; 0 on none. */
	silence(): number;
	/** A connection of its own, speaking HTTP/1.1: for WebSockets. */
	dial(): Promise<Socket>;
	/** New requests use new connections. */
	retire(): void;
	close(): void;
};

/**
HTTP/2 where the API server offers it (one TLS handshake for all watches; a PING finds a dead connection in 30 s),
HTTP/1.1 with kept connections elsewhere: plain http as `kubectl proxy` gives it, and balancers that know no better.
*/
export function createTransport(options: TransportOptions): Transport {
	const server = originOf(options.endpoint.url);
	const clients = new Set<Client>();
	const lent = new Set<Socket>();
	let current: {readonly client: Client; readonly isHttp2: boolean} | undefined;
	const closing = new AbortController();

	const open = async (protocols: readonly string[]): Promise<Socket> => {
		const socket = await dial(options.endpoint, {
			certificate: await options.certificate(),
			protocols,
			signal: closing.signal,
		});
		if (closing.signal.aborted) {
			socket.destroy();
			throw new TransportError('the session is closed', {code: 'ABORTED', phase: 'aborted', server});
		}

		return socket;
	};

	const openHttp2 = async (): Promise<Socket> => {
		const socket = await open(['h2', 'http/1.1']);
		if (!speaksHttp2(socket)) {
			// Another server answers at this address than before: the next request finds out what it speaks.
			current = undefined;
			socket.destroy();
			throw new TransportError('the server no longer speaks HTTP/2', {code: 'EPROTO', phase: 'tls', server});
		}

		return socket;
	};

	const choose = async (): Promise<Client> => {
		const first = await open(['h2', 'http/1.1']);
		const isHttp2 = speaksHttp2(first);
		const client = isHttp2
			? createHttp2({server, first, open: openHttp2})
			: createHttp1({server, first, open: async () => open(['http/1.1'])});
		clients.add(client);
		current = {client, isHttp2};
		return client;
	};
	const chooseOnce = singleFlight(choose);

	return {
		async send(exchange) {
			const client = current?.client ?? (await chooseOnce());
			return client.send(exchange);
		},
		isObserved: () => current?.isHttp2 ?? false,
		silence: () => current?.client.silence() ?? 0,
		async dial() {
			const socket = await open(['http/1.1']);
			lent.add(socket);
			socket.once('close', () => lent.delete(socket));
			return socket;
		},
		retire() {
			current?.client.retire();
		},
		close() {
			closing.abort();
			clients.forEach((client) => client.destroy());
			lent.forEach((socket) => socket.destroy());
		},
	};
}

function speaksHttp2(socket: Socket): boolean {
	return socket instanceof TLSSocket && socket.alpnProtocol === 'h2';
}

/** Runs `act` once for all callers that come while it runs. */
function singleFlight<T>(act: () => Promise<T>): () => Promise<T> {
	let running: Promise<T> | undefined;
	return async () => {
		running ??= act().finally(() => {
			running = undefined;
		});
		return running;
	};
}
