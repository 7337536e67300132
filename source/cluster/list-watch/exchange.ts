import {list, optionalNumber, record, text, type Wire} from '../../projection/wire.ts';
import type {Codec, ListMeta, WireEvent} from '../codec/codec.ts';
import type {Connection} from '../connection.ts';
import {ApiError} from '../transport/errors.ts';

/** One list or watch: where, and with which parameters. */
export type Exchange = {
	readonly connection: Connection;
	readonly codec: Codec;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
	/** Told of every chunk's size. */
	readonly onBytes: (length: number) => void;
};

/** Reads one page; items are handed over as they complete. Throws as `Connection.request`, and `StreamError`. */
export async function readList(exchange: Exchange, onItem: (item: Wire) => void): Promise<ListMeta> {
	const {connection, codec, path, query, signal, onBytes} = exchange;
	const response = await connection.request({path, query, accept: codec.acceptList, signal});
	const decoder = codec.list(response.headers['content-type'] ?? '');
	for await (const chunk of response.body) {
		onBytes(chunk.length);
		decoder.push(chunk, onItem);
	}

	return decoder.end();
}

/** Reads a watch to its end. Resolves where it ended in good order, with the silence where that ended it. */
export async function readWatch(
	exchange: Exchange,
	{onOpen, onEvent}: {readonly onOpen: () => void; readonly onEvent: (event: WireEvent) => void},
): Promise<number | undefined> {
	const {connection, codec, path, query, signal, onBytes} = exchange;
	const response = await connection.request({path, query, accept: codec.acceptWatch, signal});
	onOpen();
	const decoder = codec.watch(response.headers['content-type'] ?? '');
	for await (const chunk of response.body) {
		onBytes(chunk.length);
		decoder.push(chunk, onEvent);
	}

	decoder.end();
	return response.silence?.();
}

/** The Status of an ERROR event, as the error that an answer of that status would be. */
export function errorOf(status: Wire): ApiError {
	const details = record(status['details']);
	return new ApiError({
		status: optionalNumber(status['code']) ?? 500,
		reason: text(status['reason']),
		message: text(status['message']) || 'The server ended the watch with an error.',
		retryAfter: optionalNumber(details['retryAfterSeconds']) || undefined,
		causes: list(details['causes'])
			.map(record)
			.flatMap((cause) => [text(cause['reason']), text(cause['message'])]),
	});
}
