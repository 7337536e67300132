import {messageOf} from '../../errors.ts';
import {StreamError} from '../codec/stream-error.ts';
import type {Failure, FailureType} from '../reflector/failure.ts';
import {describeFailure} from '../transport/describe.ts';
import {ApiError, AuthError, TransportError, isClusterError} from '../transport/errors.ts';

/** What a thrown error means for a list-watch. Source: apimachinery's api/errors and client-go's reflector. */
export function failureOf(error: unknown): Failure {
	if (!(error instanceof ApiError)) {
		const silence = error instanceof TransportError ? error.silence : undefined;
		return {type: ofWay(error), message: sentenceOf(error), silence};
	}

	const type = ofStatus(error);
	// What is forbidden is said with its kind; here the server's own sentence is enough.
	const message = type === 'forbidden' ? error.message : sentenceOf(error);
	return {type, message, retryAfter: error.retryAfter};
}

function sentenceOf(error: unknown): string {
	return isClusterError(error) ? (describeFailure(error).split('\n', 1)[0] ?? '') : messageOf(error);
}

function ofWay(error: unknown): FailureType {
	if (error instanceof StreamError) {
		return 'broken';
	}

	if (error instanceof AuthError) {
		return 'unauthorized';
	}

	return error instanceof TransportError ? ofTransport(error) : 'server';
}

function ofTransport({phase}: TransportError): FailureType {
	switch (phase) {
		case 'connect':
		case 'proxy':
		case 'tls':
			return 'unreachable';
		case 'idle':
		case 'timeout':
			return 'silent';
		case 'request':
		case 'response':
		case 'aborted':
			return 'broken';
	}
}

function ofStatus(error: ApiError): FailureType {
	if (isTooLarge(error)) {
		return 'too-large';
	}

	switch (error.status) {
		case 400:
		case 405:
		case 422:
			return 'rejected';
		case 401:
			return 'unauthorized';
		// Without the API server's own reason it is the word of a proxy in between, which knows nothing of RBAC.
		case 403:
			return error.reason === 'Forbidden' ? 'forbidden' : 'server';
		case 404:
			return 'absent';
		case 406:
		case 415:
			return 'not-acceptable';
		case 410:
			return 'expired';
		case 429:
			return 'throttled';
		default:
			return error.reason === 'Expired' || error.reason === 'Gone' ? 'expired' : 'server';
	}
}

// The cause's type since 1.18.6; before, its message, or only the error's.
function isTooLarge({causes, message}: ApiError): boolean {
	return (
		causes.some((cause) => cause === 'ResourceVersionTooLarge' || cause === 'Too large resource version') ||
		message.includes('Too large resource version')
	);
}
