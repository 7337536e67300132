import type {Credential, CredentialSource} from '../credentials/credential.ts';
import {abortError, toTransportError} from './errors.ts';
import type {Answer} from './exchange.ts';

export type Authorization<T> = {
	readonly source: CredentialSource;
	readonly server: string;
	readonly signal?: AbortSignal;
	attempt(credential: Credential): Promise<T>;
	/** The answer of a result that is one; its body is left unread when another attempt follows. */
	answerOf(result: T): Answer | undefined;
};

/** Attempts with the credential at hand, and after a 401 once more with another, if there is one to be had. */
export async function authorized<T>(authorization: Authorization<T>): Promise<T> {
	const {source} = authorization;
	const credential = await unlessAborted(source.current(), authorization);
	const result = await unlessAborted(authorization.attempt(credential), authorization);
	const answer = authorization.answerOf(result);
	if (answer?.status !== 401) {
		return result;
	}

	const renewed = await unlessAborted(source.renew(credential), authorization);
	if (!renewed) {
		return result;
	}

	answer.stream.destroy();
	return unlessAborted(authorization.attempt(renewed), authorization);
}

/** Waiting for a credential or a connection ends with the request's signal; getting it goes on, for others. */
async function unlessAborted<V>(
	promise: Promise<V>,
	{signal, server}: {readonly signal?: AbortSignal; readonly server: string},
): Promise<V> {
	if (!signal) {
		return promise;
	}

	return new Promise((resolve, reject) => {
		const abort = (): void => {
			reject(abortError(signal, server));
		};
		const settle = (act: () => void): void => {
			signal.removeEventListener('abort', abort);
			act();
		};
		signal.addEventListener('abort', abort);
		if (signal.aborted) {
			abort();
		}

		promise.then(
			(value) => {
				settle(() => {
					resolve(value);
				});
			},
			(error: unknown) => {
				settle(() => {
					reject(toTransportError(error, 'request', server));
				});
			},
		);
	});
}
