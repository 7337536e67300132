import {createServer, type IncomingHttpHeaders, type RequestListener} from 'node:http';
import {createSecureServer, type ServerHttp2Session} from 'node:http2';
import {createServer as createHttpsServer} from 'node:https';
import type {AddressInfo, Server, Socket} from 'node:net';
import type {Readable, Writable} from 'node:stream';
import {type SecureContextOptions, type TlsOptions, TLSSocket} from 'node:tls';
import {onTestFinished} from 'vitest';
import {createAuthority, type Issued} from '../helpers/certificates.ts';

/** What a handler sees of a request, the same for HTTP/1.1 and HTTP/2. */
type Seen = {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly stream: Readable;
};

export type Reply = Writable & {
	writeHead(status: number, headers?: Readonly<Record<string, string>>): unknown;
	flushHeaders(): void;
};

export type Handler = (request: Seen, reply: Reply) => void;

export type TestServer = {
	readonly url: string;
	readonly port: number;
	readonly authority: Issued;
	readonly requests: Seen[];
	/** Connections (with their TLS handshakes) ever made, and those open now. */
	readonly sockets: Socket[];
	open(): number;
	/** Common names of the client certificates, one a connection. */
	readonly peers: string[];
	/** HTTP/2 sessions ever made. */
	readonly sessions: ServerHttp2Session[];
	close(): Promise<void>;
};

export type ServerOptions = {
	/** `h2` offers HTTP/2 and HTTP/1.1; `https` HTTP/1.1 alone. */
	readonly protocol: 'http' | 'https' | 'h2';
	readonly handler: Handler;
	readonly authority?: Issued;
	/** Names of the certificate; 127.0.0.1 and localhost when absent. */
	readonly certificate?: Issued;
	readonly tls?: TlsOptions;
	readonly port?: number;
};

/** A server on loopback, closed after the test. */
export async function serve(options: ServerOptions): Promise<TestServer> {
	const authority = options.authority ?? createAuthority();
	const leaf = options.certificate ?? authority.issue('server', {names: ['127.0.0.1', 'localhost']});
	const requests: Seen[] = [];
	const sockets: Socket[] = [];
	const sessions: ServerHttp2Session[] = [];
	const peers: string[] = [];
	const listener = ((request, reply) => {
		const seen = {
			method: request.method ?? '',
			url: request.url ?? '',
			headers: request.headers,
			stream: request,
		};
		requests.push(seen);
		options.handler(seen, reply);
	}) as RequestListener;
	const server = create(options, {cert: leaf.cert, key: leaf.key, ...options.tls}, listener);
	server.on(options.protocol === 'http' ? 'connection' : 'secureConnection', (socket: Socket) => {
		sockets.push(socket);
		peers.push(peerOf(socket));
		socket.on('error', () => undefined);
	});
	server.on('session', (session: ServerHttp2Session) => {
		sessions.push(session);
		session.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
	const close = async (): Promise<void> => {
		sockets.forEach((socket) => socket.destroy());
		await new Promise((resolve) => server.close(resolve));
	};
	onTestFinished(close);
	const {port} = server.address() as AddressInfo;
	return {
		url: `${options.protocol === 'http' ? 'http' : 'https'}://127.0.0.1:${port}`,
		port,
		authority,
		requests,
		sockets,
		sessions,
		peers,
		open: () => sockets.filter((socket) => !socket.destroyed).length,
		close,
	};
}

function peerOf(socket: Socket): string {
	return socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject?.CN ?? '') : '';
}

function create(
	{protocol}: ServerOptions,
	tls: TlsOptions & SecureContextOptions,
	listener: RequestListener,
): Server {
	switch (protocol) {
		case 'http': {
			return createServer(listener);
		}

		case 'https': {
			return createHttpsServer(tls, listener);
		}

		case 'h2': {
			return createSecureServer({...tls, allowHTTP1: true}, listener as never);
		}
	}
}

/** Answers with JSON. */
export function json(reply: Reply, value: unknown, status = 200): void {
	reply.writeHead(status, {'content-type': 'application/json'});
	reply.end(JSON.stringify(value));
}
