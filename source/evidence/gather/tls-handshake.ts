import {isIP} from 'node:net';
import type {Duplex} from 'node:stream';
import {checkServerIdentity, connect, type PeerCertificate, type TLSSocket} from 'node:tls';
import {knownAuthorities} from '../../cluster/transport/socket.ts';
import type {Handshake} from '../../model/evidence.ts';
import {safe} from '../../model/safe-text/safe.ts';

/** A TLS handshake that accepts any certificate, to tell what is served. Rejects where none is completed. */
export async function shakeHands(
	stream: Duplex,
	serverName: string,
	signal: AbortSignal,
): Promise<{readonly socket: TLSSocket; readonly result: Handshake}> {
	const socket = connect({
		socket: stream,
		rejectUnauthorized: false,
		// Names are compared below: here only the chain counts.
		checkServerIdentity: () => undefined,
		ca: knownAuthorities(),
		ALPNProtocols: ['http/1.1'],
		// RFC 6066 §3: an address is no server name.
		servername: isIP(serverName) === 0 && serverName !== '' ? serverName : undefined,
	});
	return new Promise((resolve, reject) => {
		const fail = (error: unknown): void => {
			signal.removeEventListener('abort', abort);
			socket.on('error', () => {}).destroy();
			reject(error);
		};
		const abort = (): void => fail(signal.reason);
		signal.addEventListener('abort', abort, {once: true});
		socket.once('error', fail);
		stream.once('error', fail);
		socket.once('close', () => fail(closed));
		socket.once('secureConnect', () => {
			signal.removeEventListener('abort', abort);
			// Until the request listens: an unheard error would end knet.
			socket.off('error', fail).on('error', () => {});
			resolve({socket, result: resultOf(socket, serverName)});
		});
	});
}

/** The other end said something, though not what TLS wants to hear. */
export function isAlert(error: unknown): boolean {
	return codeOf(error).startsWith('ERR_SSL_');
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** In words, why no handshake came of it; undefined for errors that are not the other end's. */
export function refusalOf(error: unknown): string | undefined {
	const code = codeOf(error);
	if (notTls.has(code)) {
		return 'it does not speak TLS';
	}

	// OpenSSL names alerts of the other end so: ERR_SSL_TLSV1_UNRECOGNIZED_NAME, ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE.
	if (isAlert(error)) {
		return safe(
			code
				.replace(/^ERR_SSL_(?:(?:TLS|SSL)V\d+_)?/u, '')
				.replaceAll('_', ' ')
				.toLowerCase(),
		);
	}

	return error === closed || code === 'ECONNRESET' ? 'it closed the connection' : undefined;
}

const notTls = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO']);
const closed = new Error('the connection was closed during the TLS handshake');

function resultOf(socket: TLSSocket, serverName: string): Handshake {
	const certificate = socket.getPeerCertificate();
	const {code} = (socket.authorizationError ?? {}) as {readonly code?: string};
	return {
		protocol: socket.getProtocol() ?? '',
		names: namesOf(certificate),
		issuer: commonName(certificate.issuer),
		subject: commonName(certificate.subject),
		notBefore: Date.parse(certificate.valid_from),
		notAfter: Date.parse(certificate.valid_to),
		coversHost: serverName !== '' && checkServerIdentity(serverName, certificate) === undefined,
		trusted: socket.authorized,
		error: socket.authorized ? undefined : (code ?? String(socket.authorizationError)),
	};
}

/** `DNS:a.example.com, DNS:*.b.example.com, IP Address:192.0.2.1` */
function namesOf({subjectaltname = ''}: PeerCertificate): readonly string[] {
	return subjectaltname
		.split(', ')
		.map((entry) => safe(entry.slice(entry.indexOf(':') + 1)))
		.filter(Boolean);
}

function commonName(name: PeerCertificate['subject'] | undefined): string {
	return safe([name?.CN, name?.O].flat().find((text) => text !== undefined) ?? '');
}
