import {constants, type ClientHttp2Stream} from 'node:http2';
import type {Socket} from 'node:net';
import {abortError, noAnswer, toTransportError, TransportError} from './errors.ts';
import {type Answer, type Client, type Exchange, flatHeaders} from './exchange.ts';
import {hasRoom, occupy, openLine, silenceOf, type Line} from './http2-line.ts';

type Http2Options = {
	/** `https://host:port`. */
	readonly server: string;
	readonly open: () => Promise<Socket>;
	/** A connection already open, on which the server chose `h2`. */
	readonly first: Socket;
};

/** HTTP/2: all requests share a connection, watched by PING; another opens when the server allows no more streams. */
export function createHttp2(options: Http2Options): Client {
	const lines = new Set<Line>();
	const adopt = (socket: Socket): void => {
		const line = openLine(socket, options.server);
		lines.add(line);
		line.session.once('close', () => lines.delete(line));
	};
	let opening: Promise<void> | undefined;
	// Counted before any other request looks: Node would queue one stream too many until another ends.
	const obtain = async (): Promise<Place> => {
		for (;;) {
			const line = [...lines].find(hasRoom);
			if (line) {
				return {line, leave: occupy(line)};
			}

			opening ??= options
				.open()
				.then(adopt)
				.finally(() => {
					opening = undefined;
				});
			await opening;
		}
	};
	adopt(options.first);
	const ended = new TransportError('the session is closed', {
		code: 'ABORTED',
		phase: 'aborted',
		server: options.server,
	});
	return {
		async send(exchange) {
			return sendOrRepeat(exchange, obtain, options.server);
		},
		silence: () => Math.max(0, ...[...lines].map(silenceOf)),
		retire() {
			for (const line of lines) {
				line.usable = false;
				line.session.close();
			}
		},
		destroy() {
			for (const line of lines) {
				line.session.destroy(ended);
			}
		},
	};
}

/** Room for one stream on a line; `leave` when it ended. */
type Place = {readonly line: Line; leave(): void};

/**
A connection that the server had given up (GOAWAY, a restart) refuses the request unprocessed: once more on a new one.
*/
async function sendOrRepeat(
	exchange: Exchange,
	obtain: () => Promise<Place>,
	server: string,
): Promise<Answer> {
	const place = await obtain();
	try {
		return await send(place, exchange, server);
	} catch (error) {
		if (!(error instanceof TransportError) || error.phase !== 'request') {
			throw error;
		}

		place.line.usable = place.line.usable && error.code === 'ERR_HTTP2_STREAM_ERROR';
		return send(await obtain(), exchange, server);
	}
}

async function send(place: Place, exchange: Exchange, server: string): Promise<Answer> {
	const {signal, headTimeout} = exchange;
	const stream = start(place, exchange, server);
	return new Promise((resolve, reject) => {
		const abort = (): void => {
			if (signal) {
				stream.destroy(abortError(signal, server));
			}
		};
		const timer =
			headTimeout === undefined ? undefined : setTimeout(silent, headTimeout, {stream, headTimeout, server});
		const fail = (error?: unknown): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', abort);
			reject(error === undefined ? refused(stream, server) : toTransportError(error, 'request', server));
		};
		const closed = (): void => {
			fail();
		};
		stream.once('error', fail);
		stream.once('close', closed);
		stream.once('response', (head) => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', abort);
			stream.off('error', fail);
			stream.off('close', closed);
			// The reader of the stream gets the error. An answer that nobody reads any more must not end the process.
			stream.on('error', () => undefined);
			resolve({
				status: head[':status'] ?? 0,
				headers: flatHeaders(head),
				stream,
				// Node ends the stream of a broken connection as if it were complete, but for this code.
				isCut: () => stream.rstCode !== constants.NGHTTP2_NO_ERROR,
			});
		});
		signal?.addEventListener('abort', abort);
		if (signal?.aborted) {
			abort();
		}
	});
}

function start(place: Place, {method, target, headers, body}: Exchange, server: string): ClientHttp2Stream {
	try {
		const stream = place.line.session.request(
			{':method': method, ':path': target, ...headers},
			{endStream: body === undefined},
		);
		stream.once('close', () => {
			place.leave();
		});
		if (body !== undefined) {
			stream.end(body);
		}

		return stream;
	} catch (error) {
		// The session ended between the look and the request.
		place.leave();
		throw toTransportError(error, 'request', server);
	}
}

type Silence = {readonly stream: ClientHttp2Stream; readonly headTimeout: number; readonly server: string};

function silent({stream, headTimeout, server}: Silence): void {
	stream.destroy(noAnswer(headTimeout, server));
}

function refused(stream: ClientHttp2Stream, server: string): TransportError {
	const code = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? 'ERR_HTTP2_STREAM_ERROR' : 'ECONNRESET';
	return new TransportError('the connection was closed before an answer', {code, phase: 'request', server});
}
