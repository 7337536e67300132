import {Buffer} from 'node:buffer';
import type {Socket} from 'node:net';
import {isIPv6} from 'node:net';
import {readUntil} from './read-until.ts';

/** Head of a proxy's answer that is taken to be one; no proxy sends more. */
const maximumHead = 64 * 1024;

/** Asks an HTTP proxy for a tunnel (RFC 9110 §9.3.6). A refusal is an error with the proxy's status. */
export async function requestTunnel(
	socket: Socket,
	destination: {readonly host: string; readonly port: number},
	credentials: {readonly username: string; readonly password: string},
): Promise<void> {
	const host = isIPv6(destination.host) ? `[${destination.host}]` : destination.host;
	const authority = `${host}:${destination.port}`;
	const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
	if (credentials.username !== '') {
		const token = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
		lines.push(`Proxy-Authorization: Basic ${token}`);
	}

	socket.write(`${lines.join('\r\n')}\r\n\r\n`);
	const head = await readUntil(socket, headLength);
	const status = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1'))?.[1];
	if (status === undefined || !status.startsWith('2')) {
		throw Object.assign(new Error(refusal(status)), {code: 'EPROXY'});
	}
}

function headLength(received: Buffer): number | undefined {
	const end = received.indexOf('\r\n\r\n');
	if (end !== -1) {
		return end + 4;
	}

	return received.length > maximumHead ? received.length : undefined;
}

function refusal(status: string | undefined): string {
	return status === undefined
		? 'the proxy does not speak HTTP'
		: status === '407'
			? 'the proxy wants a user name and password (status 407)'
			: `the proxy refuses the tunnel (status ${status})`;
}
