import {Buffer} from 'node:buffer';
import {
	decode,
	encode,
	RECURSION_DESIRED,
	type Answer,
	type DecodedPacket,
	type RecordType,
	type StringAnswer,
} from 'dns-packet';
import type {DnsAnswer} from '../../model/evidence.ts';
import {safe} from '../../model/safe-text/safe.ts';

export type DnsQuestion = {
	/** Absolute, with or without the dot at the end. */
	readonly name: string;
	/** `A`, `AAAA`, `SRV` … */
	readonly type: string;
};

export type DnsReply = {
	readonly rcode: string;
	readonly answers: readonly DnsAnswer[];
	/** It did not fit into the datagram: ask over TCP. */
	readonly isTruncated: boolean;
};

export function encodeQuestion({name, type}: DnsQuestion, id: number): Buffer {
	return encode({
		type: 'query',
		id,
		flags: RECURSION_DESIRED,
		questions: [{type: type as RecordType, name: plain(name)}],
	});
}

/** Undefined for what does not answer this question: a stray or forged datagram. Throws for what is no DNS message. */
export function decodeReply(bytes: Uint8Array, question: DnsQuestion, id: number): DnsReply | undefined {
	const message = decode(Buffer.from(bytes)) as DecodedPacket & {readonly rcode?: string};
	const [requested] = message.questions ?? [];
	const isOurs =
		message.type === 'response' &&
		message.id === id &&
		(requested === undefined || plain(requested.name).toLowerCase() === plain(question.name).toLowerCase());
	return isOurs
		? {
				rcode: message.rcode ?? 'NOERROR',
				answers: (message.answers ?? []).flatMap(toAnswer),
				isTruncated: message.flag_tc,
			}
		: undefined;
}

function plain(name: string): string {
	return name.endsWith('.') ? name.slice(0, -1) : name;
}

function toAnswer(answer: Answer): readonly DnsAnswer[] {
	const data = dataOf(answer);
	const ttl = 'ttl' in answer && typeof answer.ttl === 'number' ? {ttl: answer.ttl} : {};
	return data === undefined ? [] : [{name: safe(answer.name), type: answer.type, data: safe(data), ...ttl}];
}

/** As `dig` prints it; undefined for types that no hop asks for. */
function dataOf(answer: Answer): string | undefined {
	if (answer.type === 'SRV') {
		const {priority = 0, weight = 0, port, target} = answer.data;
		return `${priority} ${weight} ${port} ${target}`;
	}

	if (answer.type === 'TXT') {
		return [answer.data].flat().map(String).join('');
	}

	return isNameOrAddress(answer) ? answer.data : undefined;
}

function isNameOrAddress(answer: Answer): answer is StringAnswer {
	return ['A', 'AAAA', 'CNAME', 'NS', 'PTR'].includes(answer.type);
}
