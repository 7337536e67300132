import type {Kind} from '../../model/kinds.ts';
import type {Codec} from '../codec/codec.ts';
import {jsonCodec} from '../codec/json-codec.ts';
import type {Connection} from '../connection.ts';
import {pathOf, type Resource} from '../kinds.ts';
import type {Clock} from '../../clock.ts';
import type {Failure} from '../reflector/failure.ts';
import type {Effect, Input} from '../reflector/types.ts';
import {ApiError} from '../transport/errors.ts';
import type {ApiSurface} from './api-surface.ts';
import type {Counters} from './counters.ts';
import {readList, readWatch, type Exchange} from './exchange.ts';
import {failureOf} from './failure-of.ts';
import {inputOf, objectOf} from './input-of.ts';
import {createBookmarkTimeout} from './bookmark-timeout.ts';
import {listQuery, watchQuery} from './query.ts';
import type {Selection} from '../../model/kind-facts.ts';

type Listen = (input: Input) => void;

/** Lists and watches of one selection of one kind, as inputs for a reflector. Failures are inputs too: nothing rejects. */
export type Source = {
	list(effect: Extract<Effect, {type: 'list'}>, listen: Listen, signal: AbortSignal): Promise<void>;
	watch(effect: Extract<Effect, {type: 'watch'}>, listen: Listen, signal: AbortSignal): Promise<void>;
};

type SourceOptions = {
	readonly kind: Kind;
	readonly resource: Resource;
	readonly namespace?: string;
	readonly selection?: Selection;
	readonly codec: Codec;
	readonly connection: Connection;
	readonly surface: ApiSurface;
	readonly clock: Clock;
	readonly counters: Counters;
};

/** A list that has not begun by then is reported. It is given up much later, since a server may take long. Milliseconds. */
const slowAfter = 8000;

export function createSource(options: SourceOptions): Source {
	const {kind, resource, clock, counters, selection} = options;
	const attempt = createAttempts(options);

	const list: Source['list'] = async (effect, listen, signal) => {
		counters.lists++;
		const cancelSlow = clock.after(slowAfter, () => listen({type: 'slow', milliseconds: slowAfter}));
		try {
			await attempt(listQuery(effect, selection), signal, async (exchange) => {
				const meta = await readList(exchange, (item) => {
					cancelSlow();
					counters.items++;
					const object = objectOf(kind, item);
					if (object) {
						listen({type: 'item', object});
					}
				});
				listen({type: 'page', ...meta});
			});
		} catch (error) {
			listen({type: 'failed', failure: failureFor(resource, error)});
		} finally {
			cancelSlow();
		}
	};

	const watch: Source['watch'] = async (effect, listen, signal) => {
		counters.watches++;
		const timeout = createBookmarkTimeout(clock, () =>
			listen({type: 'failed', failure: {type: 'silent', message: 'The server sends no closing bookmark.'}}),
		);
		if (!effect.withInitialEvents) {
			timeout.end();
		}

		const onEvent = (event: Parameters<typeof inputOf>[1]): void => {
			counters.events++;
			const input = inputOf(kind, event);
			timeout.note(input);
			if (input) {
				listen(input);
			}
		};

		try {
			let silence: number | undefined;
			await attempt(watchQuery(effect, selection), signal, async (exchange) => {
				silence = await readWatch(exchange, {onOpen: () => listen({type: 'opened'}), onEvent});
			});
			listen({type: 'ended', silence});
		} catch (error) {
			listen({type: 'failed', failure: failureFor(resource, error)});
		} finally {
			timeout.end();
		}
	};

	return {list, watch};
}

type Attempt = (
	query: Exchange['query'],
	signal: AbortSignal,
	run: (exchange: Exchange) => Promise<void>,
) => Promise<void>;

/** Tries the APIs of a kind in turn: a server that lacks one answers 404, one that lacks a wire format 406. */
function createAttempts({resource, connection, counters, ...options}: SourceOptions): Attempt {
	const namespace = options.selection?.namespace ?? options.namespace;
	let codec = options.codec;

	return async (query, signal, run) => {
		const exchange = {
			connection,
			query,
			signal,
			onBytes: (length: number) => void (counters.bytes += length),
		};
		const inAnyFormat = async (path: string): Promise<void> => {
			try {
				await run({...exchange, codec, path});
			} catch (error) {
				if (!isFormatRefused(error) || resource.codec !== 'protobuf' || codec === jsonCodec) {
					throw error;
				}

				codec = jsonCodec;
				await run({...exchange, codec, path});
			}
		};

		let failure: unknown = notInstalled;
		for (const api of await options.surface.locate(resource)) {
			try {
				return await inAnyFormat(pathOf(resource, api, namespace));
			} catch (error) {
				failure = error;
				if (!(error instanceof ApiError && error.status === 404)) {
					break;
				}
			}
		}

		throw failure;
	};
}

const notInstalled = new ApiError({
	status: 404,
	reason: 'NotFound',
	message: 'The server has no such API.',
});

function isFormatRefused(error: unknown): boolean {
	return error instanceof ApiError && (error.status === 406 || error.status === 415);
}

/** Every API server has the built-in kinds: what does not know them is no API server, or is not ready yet. */
function failureFor(resource: Resource, error: unknown): Failure {
	const failure = failureOf(error);
	return failure.type === 'absent' && resource.builtIn ? {...failure, type: 'server'} : failure;
}
