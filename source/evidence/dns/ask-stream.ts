import {Buffer} from 'node:buffer';
import {randomInt} from 'node:crypto';
import type {Duplex} from 'node:stream';
import {decodeReply, encodeQuestion, type DnsQuestion, type DnsReply} from './message.ts';

/** Asks over a byte stream (RFC 1035 §4.2.2: each message after its length). One question at a time on one stream. */
export async function askStream(
	stream: Duplex,
	question: DnsQuestion,
	signal: AbortSignal,
): Promise<DnsReply> {
	const id = randomInt(0x1_00_00);
	const message = encodeQuestion(question, id);
	const length = Buffer.alloc(2);
	length.writeUInt16BE(message.length);
	return new Promise((resolve, reject) => {
		let received = Buffer.alloc(0);
		const finish = (act: () => void): void => {
			stream.off('data', read).off('error', fail).off('end', ended).off('close', ended);
			signal.removeEventListener('abort', abort);
			stream.pause();
			act();
		};
		const fail = (error: unknown): void => finish(() => reject(error));
		const ended = (): void => fail(new Error('the connection was closed without an answer'));
		const abort = (): void => fail(signal.reason);
		const read = (chunk: Buffer): void => {
			received = Buffer.concat([received, chunk]);
			try {
				const reply = readReply(received, question, id);
				if (reply) {
					finish(() => resolve(reply));
				}
			} catch (error) {
				fail(error);
			}
		};
		stream.on('data', read).on('error', fail).on('end', ended).on('close', ended);
		signal.addEventListener('abort', abort, {once: true});
		if (signal.aborted) {
			abort();
		} else {
			stream.resume();
			stream.write(Buffer.concat([length, message]));
		}
	});
}

function readReply(received: Buffer, question: DnsQuestion, id: number): DnsReply | undefined {
	if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) {
		return undefined;
	}

	const reply = decodeReply(received.subarray(2, 2 + received.readUInt16BE(0)), question, id);
	if (!reply) {
		throw new Error('the answer is to another question');
	}

	return reply;
}
