import type {Socket} from 'node:net';
import {type Endpoint, hostOf, originOf, portOf, type Pem} from './endpoint.ts';
import {knownAuthorities, openSocket, secure} from './socket.ts';
import {openTunnel} from './tunnel.ts';

/** A client certificate and its key. */
export type ClientCertificate = {readonly cert: Pem; readonly key: Pem};

type DialOptions = {
	readonly certificate?: ClientCertificate;
	/** Application protocols to offer; the server's choice is the socket's `alpnProtocol`. */
	readonly protocols: readonly string[];
	/** Ends the opening. */
	readonly signal?: AbortSignal;
};

/** Opens one connection to the API server, through the proxy when there is one, TLS verified. */
export async function dial(endpoint: Endpoint, options: DialOptions): Promise<Socket> {
	const server = originOf(endpoint.url);
	const {signal} = options;
	const socket = await (endpoint.proxy
		? openTunnel(endpoint.proxy, endpoint.url, signal)
		: openSocket(hostOf(endpoint.url), portOf(endpoint.url), {server, phase: 'connect', signal}));
	if (endpoint.url.protocol !== 'https:') {
		return socket;
	}

	const authorities = await readAuthorities(endpoint, socket);
	return secure(socket, {
		server,
		phase: 'tls',
		signal,
		tls: {
			host: hostOf(endpoint.url),
			servername: endpoint.serverName,
			ca: authorities,
			...options.certificate,
			ALPNProtocols: [...options.protocols],
			// Set explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not switch verification off unnoticed.
			rejectUnauthorized: !endpoint.insecure,
		},
	});
}

async function readAuthorities({authorities, insecure}: Endpoint, socket: Socket): Promise<Pem | string[]> {
	try {
		// An insecure connection verifies nothing, so it needs none.
		return authorities ? await authorities() : insecure ? [] : knownAuthorities();
	} catch (error) {
		socket.destroy();
		throw error;
	}
}
