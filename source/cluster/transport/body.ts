import {Buffer} from 'node:buffer';
import {pipeline, type Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {abortError, toTransportError, TransportError} from './errors.ts';
import type {Answer} from './exchange.ts';

export type BodyOptions = {
	readonly server: string;
	readonly signal?: AbortSignal;
	/** Milliseconds of silence while somebody waits for bytes. */
	readonly idle?: {
		readonly after: number;
		readonly outcome: 'fail' | 'end';
		/** It ended so. */
		readonly onEnd?: () => void;
	};
};

/**
The bytes of an answer, decoded, as they come; a cut body throws. Leaving the loop frees the connection, and so does the
signal, even where nobody reads. While the reader is busy nothing is counted as silence: it is the reader that is slow.
*/
export function readBody(answer: Answer, options: BodyOptions): AsyncIterable<Uint8Array> {
	const {stream} = answer;
	const {signal, server} = options;
	if (signal) {
		const abort = (): void => {
			stream.destroy(abortError(signal, server));
		};
		signal.addEventListener('abort', abort);
		stream.once('close', () => {
			signal.removeEventListener('abort', abort);
		});
		if (signal.aborted) {
			abort();
		}
	}

	return read(answer, options);
}

async function* read(answer: Answer, options: BodyOptions): AsyncGenerator<Uint8Array, void> {
	const {stream} = answer;
	const {signal, server} = options;
	const silence = silenceOf(stream, options);
	try {
		silence.start();
		for await (const chunk of decoded(answer)) {
			silence.stop();
			yield chunk;
			silence.start();
		}

		if (answer.isCut()) {
			throw new TransportError('the answer was cut', {code: 'ECONNRESET', phase: 'response', server});
		}
	} catch (error) {
		if (!silence.isEnd(error)) {
			throw signal?.aborted ? abortError(signal, server) : toTransportError(error, 'response', server);
		}

		options.idle?.onEnd?.();
	} finally {
		silence.stop();
		stream.destroy();
	}
}

/** gzip may come in several members, each flushed (WatchList from 1.37): Node's decoder takes them as they come. */
function decoded({headers, stream}: Answer): AsyncIterable<Buffer> {
	if (headers['content-encoding'] !== 'gzip') {
		return stream;
	}

	// `pipeline` destroys the decoder with the error of the stream, and so the reader is told.
	return pipeline(stream, createGunzip(), () => undefined);
}

type Silence = {start(): void; stop(): void; isEnd(error: unknown): boolean};

function silenceOf(stream: Readable, {server, idle}: BodyOptions): Silence {
	if (!idle) {
		return {start: () => undefined, stop: () => undefined, isEnd: () => false};
	}

	const error = new TransportError(`no byte for ${idle.after / 1000} s`, {
		code: 'ETIMEDOUT',
		phase: 'idle',
		server,
		silence: idle.after,
	});
	let timer: NodeJS.Timeout | undefined;
	return {
		start() {
			timer = setTimeout(() => stream.destroy(error), idle.after);
		},
		stop() {
			clearTimeout(timer);
		},
		isEnd: (caught) => caught === error && idle.outcome === 'end',
	};
}

/** The first bytes of a body as text: for error messages, which are short. The rest is left unread. */
export async function readText(body: AsyncIterable<Uint8Array>, limit = 256 * 1024): Promise<string> {
	return new TextDecoder().decode(await readBeginning(body, limit));
}

/** At most `limit` bytes of a body. Leaving the loop frees the connection. */
export async function readBeginning(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of body) {
		chunks.push(chunk);
		length += chunk.length;
		if (length >= limit) {
			break;
		}
	}

	return Buffer.concat(chunks).subarray(0, limit);
}

/** A whole body of JSON. Rejects for any other text. */
export async function readJson(body: AsyncIterable<Uint8Array>, limit: number): Promise<unknown> {
	return JSON.parse((await readBytes(body, limit)).toString('utf8'));
}

/** A whole body. One longer than `limit` throws, and the rest is left unread. */
export async function readBytes(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of body) {
		length += chunk.length;
		if (length > limit) {
			throw new TransportError(`the answer is larger than ${limit} bytes`, {
				code: 'EMSGSIZE',
				phase: 'response',
			});
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks);
}
