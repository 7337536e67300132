/** Details of a refusal, as in the API's `Status` object. */
export type ApiErrorDetails = {
	readonly status: number;
	/** Machine reason: `Forbidden`, `Expired`, `NotFound`, `TooManyRequests`; may be empty. */
	readonly reason: string;
	readonly message: string;
	/** Seconds of the `Retry-After` header or of `details.retryAfterSeconds`. */
	readonly retryAfter?: number;
	/** The text of `details.causes`: `ResourceVersionTooLarge` and the like. */
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

/** The API server could not be asked, or stopped answering. Never carries headers, tokens or kubeconfig content. */
export class TransportError extends Error {
	override readonly name = 'TransportError';
	/** Node's or OpenSSL's code: `ECONNREFUSED`, `ENOTFOUND`, `DEPTH_ZERO_SELF_SIGNED_CERT`; `ABORTED` after the signal. */
	readonly code: string;
	readonly phase: Phase;

	constructor(message: string, details: {readonly code: string; readonly phase: Phase}) {
		super(message);
		this.code = details.code;
		this.phase = details.phase;
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
