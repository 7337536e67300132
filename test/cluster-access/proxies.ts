import {createServer, type Server} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {type AddressInfo, connect, createServer as createTcpServer, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';
import type {Issued} from '../helpers/certificates.ts';

export type TestProxy = {
	readonly port: number;
	/** Where tunnels were asked for: `host:port`. */
	readonly tunnels: string[];
	/** User names and passwords that were given. */
	readonly logins: string[];
	close(): Promise<void>;
};

type Options = {readonly port?: number; readonly certificate?: Issued; readonly login?: string};

/** An HTTP proxy that makes tunnels; over TLS with a certificate. */
export async function httpProxy({port, certificate, login}: Options = {}): Promise<TestProxy> {
	const server: Server = certificate ? createHttpsServer(certificate) : createServer();
	const tunnels: string[] = [];
	const logins: string[] = [];
	const sockets = track(server);
	server.on('connect', (request, socket: Socket) => {
		tunnels.push(request.url ?? '');
		const given = request.headers['proxy-authorization'];
		if (given) {
			logins.push(Buffer.from(given.replace('Basic ', ''), 'base64').toString());
		}

		if (login !== undefined && logins.at(-1) !== login) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
			return;
		}

		const [, host = '', target = ''] = /^(.*):(\d+)$/.exec(request.url ?? '') ?? [];
		join(socket, connect(Number(target), host), 'HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
	});
	return listening(server, {port, tunnels, logins, sockets});
}

/** A SOCKS5 proxy (RFC 1928), with a login by RFC 1929 when one is asked for. */
export async function socksProxy({port, login}: Options = {}): Promise<TestProxy> {
	const tunnels: string[] = [];
	const logins: string[] = [];
	const server = createTcpServer((socket) => {
		void runExchange(socket, {tunnels, logins, login});
	});
	return listening(server as Server, {port, tunnels, logins, sockets: track(server as Server)});
}

async function runExchange(
	socket: Socket,
	{tunnels, logins, login}: {tunnels: string[]; logins: string[]; login: string | undefined},
): Promise<void> {
	const next = async (): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve));
	const methods = await next();
	if (login === undefined) {
		socket.write(Buffer.from([5, 0]));
	} else if (methods.subarray(2).includes(2)) {
		socket.write(Buffer.from([5, 2]));
		const given = await next();
		const user = given.subarray(2, 2 + (given[1] ?? 0)).toString();
		const password = given.subarray(3 + (given[1] ?? 0)).toString();
		logins.push(`${user}:${password}`);
		socket.write(Buffer.from([1, logins.at(-1) === login ? 0 : 1]));
	} else {
		socket.write(Buffer.from([5, 255]));
		return;
	}

	const request = await next();
	const host = request.subarray(5, 5 + (request[4] ?? 0)).toString();
	const target = request.readUInt16BE(5 + (request[4] ?? 0));
	tunnels.push(`${host}:${target}`);
	const far = connect(target, host);
	far.once('error', () => socket.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])));
	join(socket, far, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
}

function join(near: Socket, far: Socket, greeting: string | Buffer): void {
	near.on('error', () => far.destroy());
	far.on('error', () => near.destroy());
	far.once('connect', () => {
		near.write(greeting);
		near.pipe(far);
		far.pipe(near);
	});
}

function track(server: Server): Set<Socket> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
	});
	return sockets;
}

async function listening(
	server: Server,
	{
		port,
		tunnels,
		logins,
		sockets,
	}: {port?: number; tunnels: string[]; logins: string[]; sockets: Set<Socket>},
): Promise<TestProxy> {
	await new Promise<void>((resolve) => server.listen(port ?? 0, '127.0.0.1', resolve));
	const close = async (): Promise<void> => {
		sockets.forEach((socket) => socket.destroy());
		await new Promise((resolve) => server.close(resolve));
	};
	onTestFinished(close);
	return {port: (server.address() as AddressInfo).port, tunnels, logins, close};
}
