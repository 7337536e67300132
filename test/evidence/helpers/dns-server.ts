import {Buffer} from 'node:buffer';
import {createSocket} from 'node:dgram';
import {createServer, type AddressInfo} from 'node:net';
import {decode, encode, type Answer} from 'dns-packet';
import {onTestFinished} from 'vitest';
import type {DnsServer} from '../../../source/evidence/dns/ask-udp.ts';

export type Reply = {
	/** 3 is NXDOMAIN, 2 SERVFAIL. */
	readonly rcode?: number;
	readonly answers?: readonly Answer[];
	readonly truncated?: boolean;
	/** Another id than asked for comes first. */
	readonly forged?: boolean;
};

/** A DNS server on loopback, over UDP and TCP; `undefined` is silence. Remembers what it was asked. */
export async function serveDns(
	answer: (question: {
		readonly name: string;
		readonly type: string;
		readonly over: 'udp' | 'tcp';
	}) => Reply | undefined,
): Promise<DnsServer & {readonly requested: string[]}> {
	const requested: string[] = [];
	const replies = (bytes: Buffer, over: 'udp' | 'tcp'): readonly Buffer[] => {
		const {id = 0, questions = []} = decode(bytes);
		const [{name, type} = {name: '', type: ''}] = questions;
		requested.push(`${over} ${type} ${name}`);
		const reply = answer({name, type, over});
		const message = (each: number, {rcode = 0, answers = [], truncated = false}: Reply): Buffer =>
			encode({
				type: 'response',
				id: each,
				flags: rcode | (truncated ? 0x02_00 : 0),
				questions,
				answers: [...answers],
			});
		return reply
			? [
					...(reply.forged ? [Buffer.from('no message'), message(id ^ 1, {rcode: 5})] : []),
					message(id, reply),
				]
			: [];
	};

	const tcp = createServer((socket) => {
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			for (const reply of replies(bytes.subarray(2), 'tcp')) {
				const length = Buffer.alloc(2);
				length.writeUInt16BE(reply.length);
				// Cut, as a network may.
				socket.write(Buffer.concat([length, reply.subarray(0, 5)]));
				socket.write(reply.subarray(5));
			}
		});
	});
	await new Promise<void>((resolve) => {
		tcp.listen(0, '127.0.0.1', resolve);
	});
	const {port} = tcp.address() as AddressInfo;
	const udp = createSocket('udp4');
	udp.on('message', (bytes, {port: to, address}) => {
		replies(bytes, 'udp').forEach((reply) => udp.send(reply, to, address));
	});
	await new Promise<void>((resolve) => {
		udp.bind(port, '127.0.0.1', resolve);
	});
	onTestFinished(() => {
		udp.close();
		tcp.close();
	});
	return {address: '127.0.0.1', port, requested};
}
