/** Details of a refusal, as in the API's `Status` object. */
type ApiErrorDetails = {
	readonly status: number;
	/** Machine reason: `Forbidden`, `Expired`, `NotFound`, `TooManyRequests`; may be empty. */
	readonly reason: string;
	readonly message: string;
	/** Seconds of the `Retry-After` header or of `details.retryAfterSeconds`. */
	readonly retryAfter?: number;
	/** Machine reasons of `details.causes`: `ResourceVersionTooLarge` and the like. */
	readonly causes?: readonly string[];
};

/** The API server answered, and the answer is no. The message is the server's own. */
export class ApiError extends Error {
	override readonly name = 'ApiError';
	readonly status: number;
	readonly reason: string;
	readonly retryAfter: number | undefined;
	readonly causes: readonly string[];

	constructor(details: ApiErrorDetails) {
		super(details.message);
		this.status = details.status;
		this.reason = details.reason;
		this.retryAfter = details.retryAfter;
		this.causes = details.causes ?? [];
	}
}

/** Where a request died. `idle`: the server fell silent. `timeout`: the time for the whole request ran out. */
export type Phase = 'connect' | 'proxy' | 'tls' | 'request' | 'response' | 'idle' | 'timeout' | 'aborted';

type TransportErrorDetails = {
	readonly code: string;
	readonly phase: Phase;
	/** URL of the API server, or of the proxy in phase `proxy`, without credentials. */
	readonly server?: string;
	/** Milliseconds since the last byte, where it was silence that ended it. */
	readonly silence?: number;
};

/** The API server could not be asked, or stopped answering. Never carries headers, tokens or kubeconfig content. */
export class TransportError extends Error {
	override readonly name = 'TransportError';
	/** Node's or OpenSSL's code: `ECONNREFUSED`, `ENOTFOUND`, `DEPTH_ZERO_SELF_SIGNED_CERT`; `ABORTED` after the signal. */
	readonly code: string;
	readonly phase: Phase;
	readonly server: string | undefined;
	readonly silence: number | undefined;

	constructor(message: string, details: TransportErrorDetails) {
		super(message);
		this.code = details.code;
		this.phase = details.phase;
		this.silence = details.silence;
		this.server = details.server;
	}
}

/** No credential could be had: the exec plugin failed, the token file is gone. Says what to do, quotes no secret. */
export class AuthError extends Error {
	override readonly name = 'AuthError';
	/** What to do about it: an install hint, a command. */
	readonly next: string | undefined;

	constructor(message: string, next?: string) {
		super(message);
		this.next = next;
	}
}

export type ClusterError = ApiError | TransportError | AuthError;

/** Whether an error is about the cluster and not a fault of knet. */
export function isClusterError(error: unknown): error is ClusterError {
	return error instanceof ApiError || error instanceof TransportError || error instanceof AuthError;
}

/** Node's error as ours: its message names hosts and certificates, never headers. Our own errors pass through. */
export function toTransportError(error: unknown, phase: Phase, server: string): Error {
	if (isClusterError(error)) {
		return error;
	}

	const code = codeOf(error);
	const message = error instanceof Error && error.message !== '' ? error.message : code;
	return new TransportError(message, {code, phase, server});
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

/** What a request fails with when its own signal ends it. */
export function abortError(signal: AbortSignal, server: string): TransportError {
	const isTimeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
	return isTimeout
		? new TransportError('the time for the request ran out', {code: 'ETIMEDOUT', phase: 'timeout', server})
		: new TransportError('the request was cancelled', {code: 'ABORTED', phase: 'aborted', server});
}

/** What a request fails with when no head of an answer has come in time. */
export function noAnswer(headTimeout: number, server: string): TransportError {
	return new TransportError(`no answer within ${headTimeout / 1000} s`, {
		code: 'ETIMEDOUT',
		phase: 'idle',
		server,
		silence: headTimeout,
	});
}
