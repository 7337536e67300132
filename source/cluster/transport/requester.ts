import {timeoutSignal} from '../../clock.ts';
import type {Connection, Request} from '../connection.ts';
import type {Credential, CredentialSource} from '../credentials/credential.ts';
import {authorized} from './authorized.ts';
import {type BodyOptions, readBody} from './body.ts';
import {openChannel} from './channel.ts';
import {type Endpoint, originOf} from './endpoint.ts';
import type {Answer, Exchange, Headers} from './exchange.ts';
import {apiErrorOf} from './status.ts';
import type {Transport} from './transport.ts';
import {definedFields} from '../defined-fields.ts';

type RequesterOptions = {
	readonly endpoint: Endpoint;
	readonly transport: Transport;
	readonly source: CredentialSource;
	/** Sent with every request: User-Agent, impersonation. */
	readonly headers: Headers;
	/** Milliseconds of `--request-timeout`; 0 is none. */
	readonly timeout: number;
};

/** Silence, in milliseconds, after which a response counts as dead. */
const listSilence = 40_000;
/**
A watch over HTTP/1.1 has no PING, and bookmarks come about once a minute: after this silence it ends as if the server
had closed it, and is opened again from where it was. The head of the new one must come soon: dead is known in 40 s.
*/
const watchSilence = 25_000;
const watchHead = 15_000;

/** Requests with credentials, refusals as errors, and bodies under observation. */
export function createRequester(options: RequesterOptions): Connection['request'] {
	const {source, transport, endpoint} = options;
	return async (request) => {
		const signal = signalOf(request, options.timeout);
		let sent: Credential | undefined;
		const answer = await authorized({
			source,
			server: originOf(endpoint.url),
			signal,
			attempt: async (credential): Promise<Answer> => {
				sent = credential;
				return transport.send(exchangeOf(request, {credential, signal, options}));
			},
			answerOf: (result) => result,
		});
		let silence: number | undefined;
		const onSilentEnd = (): void => {
			silence = watchSilence;
		};
		const body = readBody(answer, bodyOptions(request, signal, {...options, onSilentEnd}));
		const {status, headers} = answer;
		if (request.anyStatus || (status >= 200 && status < 300)) {
			return {status, headers, body, silence: () => silence};
		}

		throw await apiErrorOf(status, headers, body, sent?.authorization);
	};
}

/** WebSockets with credentials, each on a connection of its own; a refused upgrade is the server's error. */
export function createChannels(options: RequesterOptions): Connection['webSocket'] {
	const {source, transport, endpoint} = options;
	const server = originOf(endpoint.url);
	return async (path, query, {protocols, signal}) => {
		let sent: Credential | undefined;
		const outcome = await authorized({
			source,
			server,
			signal,
			attempt: async (credential) => {
				sent = credential;
				return openChannel({
					server,
					socket: await transport.dial(),
					target: targetOf(endpoint.url, path, query),
					protocols,
					headers: definedFields({...options.headers, authorization: credential.authorization}),
					signal,
				});
			},
			answerOf: (result) => ('refusal' in result ? result.refusal : undefined),
		});
		if ('channel' in outcome) {
			return outcome.channel;
		}

		const {status, headers} = outcome.refusal;
		const body = readBody(outcome.refusal, {server, signal, ...listIdle});
		throw await apiErrorOf(status, headers, body, sent?.authorization);
	};
}

function isWatch({query}: Request): boolean {
	return query?.['watch'] === 'true' || query?.['watch'] === '1';
}

function signalOf(request: Request, requestTimeout: number): AbortSignal | undefined {
	const timeout = timeoutSignal(request.timeout ?? (isWatch(request) ? 0 : requestTimeout));
	return timeout && request.signal ? AbortSignal.any([request.signal, timeout]) : (timeout ?? request.signal);
}

type Sending = {
	readonly credential: Credential;
	readonly signal: AbortSignal | undefined;
	readonly options: RequesterOptions;
};

function exchangeOf(request: Request, {credential, signal, options}: Sending): Exchange {
	return {
		method: 'GET',
		target: targetOf(options.endpoint.url, request.path, request.query ?? {}),
		headers: definedFields({
			...options.headers,
			accept: request.accept ?? 'application/json',
			'accept-encoding': options.endpoint.compress ? 'gzip' : undefined,
			authorization: credential.authorization,
		}),
		signal,
		headTimeout: request.idleTimeout ?? (isWatch(request) ? watchHead : listSilence),
	};
}

/** The server's URL may have a path of its own (a proxy for many clusters): it comes first. */
function targetOf(
	server: URL,
	path: string,
	query: URLSearchParams | Readonly<Record<string, string>>,
): string {
	const search = new URLSearchParams(query).toString();
	return `${server.pathname.replace(/\/$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}

const listIdle = {idle: {after: listSilence, outcome: 'fail'}} as const;

function bodyOptions(
	request: Request,
	signal: AbortSignal | undefined,
	{endpoint, transport, onSilentEnd}: RequesterOptions & {readonly onSilentEnd: () => void},
): BodyOptions {
	const server = originOf(endpoint.url);
	if (request.idleTimeout !== undefined) {
		return {server, signal, idle: {after: request.idleTimeout, outcome: 'fail'}};
	}

	if (!isWatch(request)) {
		return {server, signal, ...listIdle};
	}

	return transport.isObserved()
		? {server, signal}
		: {server, signal, idle: {after: watchSilence, outcome: 'end', onEnd: onSilentEnd}};
}
