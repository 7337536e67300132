import {Buffer} from 'node:buffer';
import type {Socket} from 'node:net';
import {readUntil} from './read-until.ts';

/** RFC 1928 §6, reply field. */
const replies: Readonly<Record<number, string>> = {
	1: 'general failure',
	2: 'not allowed by its rules',
	3: 'network unreachable',
	4: 'host unreachable',
	5: 'connection refused',
	6: 'time to live expired',
	7: 'command not supported',
	8: 'address type not supported',
};

type Credentials = {readonly username: string; readonly password: string};

/** Asks a SOCKS5 proxy for a connection (RFC 1928; user and password by RFC 1929). The proxy resolves the name. */
export async function negotiateSocks(
	socket: Socket,
	destination: {readonly host: string; readonly port: number},
	credentials: Credentials,
): Promise<void> {
	await greet(socket, credentials);
	const host = Buffer.from(destination.host);
	const port = Buffer.alloc(2);
	port.writeUInt16BE(destination.port);
	socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, host.length]), host, port]));
	const reply = await readUntil(socket, replyLength);
	if (reply[0] !== 5 || reply[1] !== 0) {
		throw failure(`the SOCKS proxy answers: ${replies[reply[1] ?? 1] ?? 'unknown failure'}`);
	}
}

async function greet(socket: Socket, credentials: Credentials): Promise<void> {
	const methods = credentials.username === '' ? [0] : [0, 2];
	socket.write(Buffer.from([5, methods.length, ...methods]));
	const choice = await readUntil(socket, () => 2);
	if (choice[0] !== 5) {
		throw failure('the proxy does not speak SOCKS5');
	}

	if (choice[1] === 2) {
		await logIn(socket, credentials);
	} else if (choice[1] !== 0) {
		throw failure('the SOCKS proxy wants a user name and password');
	}
}

async function logIn(socket: Socket, credentials: Credentials): Promise<void> {
	const username = Buffer.from(credentials.username);
	const password = Buffer.from(credentials.password);
	socket.write(
		Buffer.concat([Buffer.from([1, username.length]), username, Buffer.from([password.length]), password]),
	);
	const answer = await readUntil(socket, () => 2);
	if (answer[1] !== 0) {
		throw failure('the SOCKS proxy refuses the user name and password');
	}
}

/** The reply ends with an address whose length its type says, and a port. */
function replyLength(received: Buffer): number | undefined {
	const type = received[3];
	if (type === undefined) {
		return undefined;
	}

	if (type === 3) {
		const length = received[4];
		return length === undefined ? undefined : 7 + length;
	}

	return type === 4 ? 22 : 10;
}

function failure(message: string): Error {
	return Object.assign(new Error(message), {code: 'EPROXY'});
}
