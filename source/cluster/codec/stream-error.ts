/** The bytes are not what the API promises: garbage, cut short, too large. Says what, never quotes the bytes. */
export class StreamError extends Error {
	override readonly name = 'StreamError';
}
