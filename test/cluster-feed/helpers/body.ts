import {TransportError} from '../../../source/cluster/transport/errors.ts';

/** A response body that a test writes while it is read. */
export type Body = {
	readonly bytes: AsyncIterable<Uint8Array>;
	write(chunk: string | Uint8Array): void;
	end(): void;
	fail(error: Error): void;
	readonly isOver: boolean;
};

export function createBody(signal: AbortSignal | undefined): Body {
	const chunks: Uint8Array[] = [];
	let over: {readonly error?: Error} | undefined;
	let wake: () => void = () => undefined;

	const finish = (how: {readonly error?: Error}): void => {
		over ??= how;
		wake();
	};
	signal?.addEventListener('abort', () => finish({error: aborted()}));
	if (signal?.aborted) {
		finish({error: aborted()});
	}

	async function* read(): AsyncGenerator<Uint8Array> {
		for (;;) {
			const chunk = chunks.shift();
			if (chunk) {
				yield chunk;
			} else if (over) {
				if (over.error) {
					throw over.error;
				}

				return;
			} else {
				await new Promise<void>((resolve) => (wake = resolve));
			}
		}
	}

	return {
		bytes: read(),
		write(chunk) {
			if (!over) {
				chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
				wake();
			}
		},
		end: () => finish({}),
		fail: (error) => finish({error}),
		get isOver() {
			return over !== undefined;
		},
	};
}

function aborted(): TransportError {
	return new TransportError('The request was given up.', {code: 'ABORTED', phase: 'aborted'});
}
