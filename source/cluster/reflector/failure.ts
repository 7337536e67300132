/** Why a list or watch did not go on, as far as it decides what to do next. `message` is for people. */
export type Failure = {
	readonly type: FailureType;
	readonly message: string;
	/** Seconds the server asks to wait. */
	readonly retryAfter?: number;
	/** Milliseconds since the last byte, where it was silence that ended it. */
	readonly silence?: number;
};

export type FailureType =
	/** 410 Expired or Gone: the server no longer knows this resourceVersion or continue token. */
	| 'expired'
	/** The server does not know this resourceVersion yet: a replica that lags behind. */
	| 'too-large'
	/** 429. */
	| 'throttled'
	/** 403, by the API server's own word. */
	| 'forbidden'
	/** The API is not installed. */
	| 'absent'
	/** 406: the server cannot answer in this wire format. */
	| 'not-acceptable'
	/** 400, 422: the server does not take these parameters. */
	| 'rejected'
	/** No connection: refused, no route, no name, TLS. */
	| 'unreachable'
	/** 401, or no credential to be had. */
	| 'unauthorized'
	/** 5xx and what else a server may say. */
	| 'server'
	/** Cut in the middle, or bytes that make no sense. */
	| 'broken'
	/** No byte for too long. */
	| 'silent';

/** Failures of the way to the server, not of the request: once the server is reached again, the wait is over. */
export function isOfTheWay(type: FailureType): boolean {
	return type === 'unreachable' || type === 'silent' || type === 'unauthorized' || type === 'broken';
}
