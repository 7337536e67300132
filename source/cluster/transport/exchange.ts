import type {Readable} from 'node:stream';

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** One request on the wire, headers complete. */
export type Exchange = {
	readonly method: 'GET' | 'POST';
	/** Path with its query. */
	readonly target: string;
	readonly headers: Headers;
	readonly body?: string;
	readonly signal?: AbortSignal;
	/** Milliseconds to wait for the head, once sent; absent: no limit of its own. */
	readonly headTimeout?: number;
};

/** The head of an answer, and its bytes as they come, still encoded. */
export type Answer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly stream: Readable;
	/** After the stream's end: whether it is not the end of the body. */
	isCut(): boolean;
};

/** HTTP over connections that are kept. */
export type Client = {
	send(exchange: Exchange): Promise<Answer>;
	/** Milliseconds without a byte on a connection that was asked and has not answered; 0 on none. */
	silence(): number;
	/** No request uses the connections there are any more; over HTTP/1.1 running ones break, to be asked again. */
	retire(): void;
	/** Ends everything at once. */
	destroy(): void;
};

/** Header values as one string each; repeated ones joined as RFC 9110 §5.3 allows. */
export function flatHeaders(
	headers: Readonly<Record<string, number | string | readonly string[] | undefined>>,
): Record<string, string> {
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined && !name.startsWith(':')) {
			flat[name] = typeof value === 'object' ? value.join(', ') : String(value);
		}
	}

	return flat;
}
