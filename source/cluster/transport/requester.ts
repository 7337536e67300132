import type {Request, Response} from '../connection.ts';
import type {Credential, CredentialSource} from '../credentials/credential.ts';
import {readBody, type BodyOptions} from './body.ts';
import {type Endpoint, originOf} from './endpoint.ts';
import {abortError, toTransportError} from './errors.ts';
import type {Answer, Exchange, Headers} from './exchange.ts';
import {apiErrorOf} from './status.ts';
import type {Transport} from './transport.ts';

export type RequesterOptions = {
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

const reviews = new Set([
	'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
	'/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
]);

/** Requests with credentials, refusals as errors, and bodies under observation. */
export function createRequester(options: RequesterOptions): (request: Request) => Promise<Response> {
	return async (request) => {
		verifyReads(request);
		const signal = signalOf(request, options.timeout);
		const answer = await authorized(request, signal, options);
		const body = readBody(answer, bodyOptions(request, signal, options));
		const {status, headers} = answer;
		if (request.anyStatus || (status >= 200 && status < 300)) {
			return {status, headers, body};
		}

		throw await apiErrorOf(status, headers, body);
	};
}

/** knet never changes a cluster: not by mistake either. */
function verifyReads(request: Request): void {
	if (request.method === 'POST' && !reviews.has(request.path)) {
		throw new Error(`knet only reads: POST ${request.path} is not an access review`);
	}
}

function isWatch(request: Request): boolean {
	return request.query?.['watch'] === 'true' || request.query?.['watch'] === '1';
}

function signalOf(request: Request, requestTimeout: number): AbortSignal | undefined {
	const timeout = request.timeout ?? (isWatch(request) ? 0 : requestTimeout);
	const signals = [
		...(request.signal ? [request.signal] : []),
		...(timeout > 0 ? [AbortSignal.timeout(timeout)] : []),
	];
	return signals.length > 1 ? AbortSignal.any(signals) : signals[0];
}

/** A 401 is answered with one other credential, if there is one (client-go refreshes exec credentials likewise). */
async function authorized(
	request: Request,
	signal: AbortSignal | undefined,
	options: RequesterOptions,
): Promise<Answer> {
	const credential = await unlessAborted(options.source.current(), signal, options);
	const answer = await options.transport.send(exchangeOf(request, {credential, signal, options}));
	if (answer.status !== 401) {
		return answer;
	}

	const renewed = await unlessAborted(options.source.renew(credential), signal, options);
	if (!renewed) {
		return answer;
	}

	answer.stream.destroy();
	return options.transport.send(exchangeOf(request, {credential: renewed, signal, options}));
}

type Sending = {
	readonly credential: Credential;
	readonly signal: AbortSignal | undefined;
	readonly options: RequesterOptions;
};

function exchangeOf(request: Request, {credential, signal, options}: Sending): Exchange {
	const silence = request.idleTimeout ?? (isWatch(request) ? watchHead : listSilence);
	return {
		method: request.method ?? 'GET',
		target: targetOf(options.endpoint.url, request.path, request.query ?? {}),
		headers: {
			...options.headers,
			accept: request.accept ?? 'application/json',
			...(options.endpoint.compress && {'accept-encoding': 'gzip'}),
			...(request.body !== undefined && {'content-type': 'application/json'}),
			...(credential.authorization !== undefined && {authorization: credential.authorization}),
		},
		body: request.body,
		signal,
		headTimeout: silence,
	};
}

/** The server's URL may have a path of its own (a proxy for many clusters): it comes first. */
export function targetOf(
	server: URL,
	path: string,
	query: URLSearchParams | Readonly<Record<string, string>>,
): string {
	const search = new URLSearchParams(query).toString();
	return `${server.pathname.replace(/\/$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}

function bodyOptions(
	request: Request,
	signal: AbortSignal | undefined,
	{endpoint, transport}: RequesterOptions,
): BodyOptions {
	const server = originOf(endpoint.url);
	if (request.idleTimeout !== undefined || !isWatch(request)) {
		return {server, signal, idle: {after: request.idleTimeout ?? listSilence, outcome: 'fail'}};
	}

	return transport.isObserved()
		? {server, signal}
		: {server, signal, idle: {after: watchSilence, outcome: 'end'}};
}

/** Waiting for a credential ends with the request's signal; fetching it goes on, for others. */
async function unlessAborted<T>(
	promise: Promise<T>,
	signal: AbortSignal | undefined,
	{endpoint}: RequesterOptions,
): Promise<T> {
	if (!signal) {
		return promise;
	}

	return new Promise((resolve, reject) => {
		const abort = (): void => {
			reject(abortError(signal, originOf(endpoint.url)));
		};
		signal.addEventListener('abort', abort, {once: true});
		if (signal.aborted) {
			abort();
		}

		promise
			.then(resolve, (error: unknown) => {
				reject(toTransportError(error, 'request', originOf(endpoint.url)));
			})
			.finally(() => {
				signal.removeEventListener('abort', abort);
			});
	});
}
