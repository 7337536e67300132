/** A GET to the API server. Everything knet sends goes through it, so it changes nothing. */
export type Request = {
	/** Path on the server, without a query: `/api/v1/pods`. */
	readonly path: string;
	/** `watch: 'true'` makes the response a watch: it may be silent as long as its connection answers. */
	readonly query?: Readonly<Record<string, string>>;
	/** `application/json` when absent. */
	readonly accept?: string;
	readonly signal?: AbortSignal;
	/**
	Milliseconds without a byte, before or within the body, after which the response counts as dead. Absent: 40 s for a
	list. A watch needs none: over HTTP/2 its connection is under observation by PING and breaks within 30 s of dying; over
	HTTP/1.1 it ends in good order after 25 s of silence, to be opened again.
	*/
	readonly idleTimeout?: number;
	/** Milliseconds for the whole request, body included. Absent: `--request-timeout`, which never bounds a watch. */
	readonly timeout?: number;
	/** Resolve whatever the status is: for what a pod answers through the API server's proxy. */
	readonly anyStatus?: boolean;
};

export type Response = {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Decoded bytes. Must be read to its end, or left by `break` or the signal: that frees the connection. */
	readonly body: AsyncIterable<Uint8Array>;
	/** After the end of a watch: how many milliseconds of silence knet ended it for. Undefined: the server ended it. */
	readonly silence?: () => number | undefined;
};

/** An open WebSocket of the API server: port-forward, exec. */
export type Channel = {
	/** The sub-protocol that the server chose. */
	readonly protocol: string;
	/** One binary message after the other; ends with the socket, throws `TransportError` when it breaks. To be read once. */
	readonly messages: AsyncIterable<Uint8Array>;
	/** Resolves when the message left this process: awaiting it is the backpressure. */
	send(message: Uint8Array): Promise<void>;
	close(): void;
};

/**
One cluster, as one user. Safe to share between everything that reads; credentials are fetched once for all.
Failures are `ApiError` (the server said no), `TransportError` (it could not be asked) and `AuthError` (no credential);
`describeFailure` puts each into a sentence.
*/
export type Connection = {
	readonly context: string;
	readonly cluster: string;
	readonly user: string;
	/** URL without a trailing slash. */
	readonly server: string;
	/** The namespace when none is named. */
	readonly namespace: string;
	/** TLS is not verified, because the kubeconfig or a flag says so: to be shown all the time. */
	readonly insecure: boolean;
	/** Fetches the credential now. An exec plugin may ask on this terminal: call it before the screen opens. */
	authenticate(): Promise<void>;
	/** Resolves when the response's head arrived; the body streams. */
	request(request: Request): Promise<Response>;
	webSocket(
		path: string,
		query: URLSearchParams | Readonly<Record<string, string>>,
		options: {readonly protocols: readonly string[]; readonly signal?: AbortSignal},
	): Promise<Channel>;
	/** Milliseconds since the last byte of a server that was asked by PING and has not answered; 0 otherwise. */
	silence(): number;
	close(): Promise<void>;
};
