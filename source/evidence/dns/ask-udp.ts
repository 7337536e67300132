import type {Buffer} from 'node:buffer';
import {randomInt} from 'node:crypto';
import {createSocket} from 'node:dgram';
import {isIPv6} from 'node:net';
import {decodeReply, encodeQuestion, type DnsQuestion, type DnsReply} from './message.ts';

export type DnsServer = {readonly address: string; readonly port: number};

/** Asks over UDP, once. Rejects when the server's host refuses, or with the signal's reason. */
export async function askUdp(
	{address, port}: DnsServer,
	question: DnsQuestion,
	signal: AbortSignal,
): Promise<DnsReply> {
	const id = randomInt(0x1_00_00);
	const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
	const abort = Promise.withResolvers<never>();
	const onAbort = (): void => abort.reject(signal.reason);
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		signal.throwIfAborted();
		return await Promise.race([abort.promise, exchange()]);
	} finally {
		signal.removeEventListener('abort', onAbort);
		socket.close();
	}

	function exchange(): Promise<DnsReply> {
		return new Promise((resolve, reject) => {
			socket.once('error', reject);
			socket.on('message', (bytes: Buffer) => {
				const reply = decoded(bytes);
				if (reply) {
					resolve(reply);
				}
			});
			// Connected: datagrams of others are dropped, and ICMP "port unreachable" is heard.
			socket.connect(port, address, () => {
				socket.send(encodeQuestion(question, id));
			});
		});
	}

	/** A datagram that cannot be read is none of ours; the answer may still come. */
	function decoded(bytes: Buffer): DnsReply | undefined {
		try {
			return decodeReply(bytes, question, id);
		} catch {
			return undefined;
		}
	}
}
