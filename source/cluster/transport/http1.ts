import {Agent, request, type ClientRequest, type IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {abortError, noAnswer, toTransportError, TransportError} from './errors.ts';
import {type Answer, type Client, type Exchange, flatHeaders} from './exchange.ts';

type Http1Options = {
	/** `scheme://host:port`, for the Host header and for messages. */
	readonly server: string;
	readonly open: () => Promise<Socket>;
	/** A connection already open, to be used first. */
	readonly first?: Socket;
};

/** Node's agent, with our own way to open a connection (proxy, TLS). */
class DialAgent extends Agent {
	readonly #open: () => Promise<Socket>;
	#first: Socket | undefined;

	constructor(open: () => Promise<Socket>, first: Socket | undefined) {
		super({keepAlive: true, maxFreeSockets: 32});
		this.#open = open;
		this.#first = first;
	}

	override createConnection(
		_options: object,
		callback?: (error: Error | null, stream: Duplex) => void,
	): undefined {
		const first = this.#first;
		this.#first = undefined;
		const socket = first && !first.destroyed ? Promise.resolve(first) : this.#open();
		socket.then(
			(opened) => callback?.(null, opened),
			(error: Error) => (callback as ((error: Error) => void) | undefined)?.(error),
		);
	}
}

/** HTTP/1.1: one connection a running request, kept and used again. */
export function createHttp1(options: Http1Options): Client {
	const agent = new DialAgent(options.open, options.first);
	return {
		async send(exchange) {
			return sendOrRepeat(exchange, {server: options.server, agent});
		},
		// HTTP/1.1 takes no other request while an answer runs.
		silence: () => 0,
		retire() {
			agent.destroy();
		},
		destroy() {
			agent.destroy();
		},
	};
}

type Context = {readonly server: string; readonly agent: Agent};

/** A kept connection may have been closed by the server while the request was on its way: once more, on a new one. */
async function sendOrRepeat(exchange: Exchange, context: Context): Promise<Answer> {
	const started = start(exchange, context);
	try {
		return await headOf(started, exchange, context.server);
	} catch (error) {
		if (started.reusedSocket && error instanceof TransportError && isStale(error)) {
			return headOf(start(exchange, context), exchange, context.server);
		}

		throw error;
	}
}

function isStale(error: TransportError): boolean {
	return error.phase === 'request' && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function start(exchange: Exchange, {agent, server}: Context): ClientRequest {
	const outgoing = request({
		agent,
		method: exchange.method,
		path: exchange.target,
		setHost: false,
		headers: {...exchange.headers, host: new URL(server).host} as Record<string, string | string[]>,
	});
	outgoing.end(exchange.body);
	return outgoing;
}

async function headOf(outgoing: ClientRequest, exchange: Exchange, server: string): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const {signal} = exchange;
		const abort = (): void => {
			if (signal) {
				outgoing.destroy(abortError(signal, server));
			}
		};
		const timer = headTimer(outgoing, exchange, server);
		const settle = (): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', abort);
		};
		outgoing.once('error', (error) => {
			settle();
			reject(toTransportError(error, 'request', server));
		});
		outgoing.once('response', (message: IncomingMessage) => {
			settle();
			// An error after the head reaches the reader through the stream; here it has been said.
			outgoing.on('error', () => undefined);
			resolve({
				status: message.statusCode ?? 0,
				headers: flatHeaders(message.headers),
				stream: message,
				isCut: () => !message.complete,
			});
		});
		signal?.addEventListener('abort', abort);
		if (signal?.aborted) {
			abort();
		}
	});
}

function headTimer(outgoing: ClientRequest, exchange: Exchange, server: string): NodeJS.Timeout | undefined {
	const {headTimeout} = exchange;
	return headTimeout === undefined
		? undefined
		: setTimeout(() => {
				outgoing.destroy(noAnswer(headTimeout, server));
			}, headTimeout);
}
