import {PassThrough} from 'node:stream';
import {PortForward} from '@kubernetes/client-node';
import {streamDecode, streamEncode, type Answer, type DecodedPacket, type RecordType} from 'dns-packet';
import {config} from './objects.ts';

export type DnsQuery = {readonly name: string; readonly type: string};
/** `answers`: `name type data` as dig prints them, in lower case, sorted, for servers turn them round. */
export type DnsReply = {readonly rcode: string; readonly answers: readonly string[]};

/** Asks one DNS pod, over a port-forward to its TCP port 53: all on one connection, one after the other. */
export async function askPod(
	{namespace, pod}: {readonly namespace: string; readonly pod: string},
	queries: readonly DnsQuery[],
): Promise<readonly DnsReply[]> {
	const [output, input] = [new PassThrough(), new PassThrough()];
	const socket = await new PortForward(config).portForward(namespace, pod, [53], output, null, input);
	const replies: DnsReply[] = [];
	try {
		const read = packetsOf(output);
		for (const [index, {name, type}] of queries.entries()) {
			input.write(
				streamEncode({
					type: 'query',
					id: index + 1,
					flags: 0x01_00,
					questions: [{name, type: type as RecordType}],
				}),
			);
			const {value} = await read.next();
			replies.push(replyOf(value as DecodedPacket));
		}
	} finally {
		input.end();
		(socket as {readonly close?: () => void}).close?.();
	}

	return replies;
}

/** Messages of a DNS stream: two bytes of length before each (RFC 1035 4.2.2). */
async function* packetsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<DecodedPacket, void, void> {
	let held = Buffer.alloc(0);
	for await (const chunk of stream) {
		held = Buffer.concat([held, chunk]);
		while (held.length >= 2 && held.length >= held.readUInt16BE(0) + 2) {
			const end = held.readUInt16BE(0) + 2;
			yield streamDecode(held.subarray(0, end)) as DecodedPacket;
			held = held.subarray(end);
		}
	}
}

function replyOf(packet: DecodedPacket): DnsReply {
	const {rcode} = packet as unknown as {readonly rcode: string};
	return {rcode, answers: (packet.answers ?? []).map(answerText).toSorted()};
}

function answerText(answer: Answer): string {
	// The cache plugin keeps the case of whoever asked first.
	return `${answer.name} ${answer.type} ${dataText(answer)}`.toLowerCase();
}

function dataText(answer: Answer): string {
	if (answer.type === 'SRV') {
		const {priority = 0, weight = 0, port, target} = answer.data;
		return `${priority} ${weight} ${port} ${target}`;
	}

	if (answer.type === 'TXT') {
		return [answer.data].flat().map(String).join('');
	}

	return String((answer as {readonly data?: unknown}).data);
}
