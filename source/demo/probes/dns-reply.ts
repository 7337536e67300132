import {Buffer} from 'node:buffer';
import {
	AUTHORITATIVE_ANSWER,
	decode,
	encode,
	RECURSION_AVAILABLE,
	type Answer,
	type Question,
} from 'dns-packet';
import type {DnsAnswer} from '../../model/evidence.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {answer} from '../../rules/cluster-dns/answers/answer.ts';
import {dnsConfigOf} from '../../rules/cluster-dns/corefile/dns-config-of.ts';
import {toAnswer, type DnsRecord} from '../../rules/cluster-dns/record.ts';

const rcodes: Readonly<Record<string, number>> = {NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5};

export type Zone = (name: string, type: string) => readonly DnsRecord[] | undefined;

/** The answer of a simulated CoreDNS: by the objects, else from the simulated outside. */
export function insideReply(message: Uint8Array, snapshot: Snapshot, machine: Zone): Buffer {
	return reply(message, ({name, type}) => {
		const outcome = answer(snapshot, dnsConfigOf(snapshot), {question: {name, type}, upstream: machine});
		return outcome.kind === 'FORWARDED'
			? outsideAnswer(machine, name, type)
			: {rcode: outcome.rcode ?? 'SERVFAIL', records: outcome.answers};
	});
}

/** What the world's DNS answers. */
export function outsideReply(message: Uint8Array, machine: Zone): Buffer {
	return reply(message, ({name, type}) => outsideAnswer(machine, name, type));
}

type Outcome = {readonly rcode: string; readonly records: readonly DnsRecord[]};

function outsideAnswer(machine: Zone, name: string, type: string): Outcome {
	const records = machine(name, type);
	return records ? {rcode: 'NOERROR', records} : {rcode: 'NXDOMAIN', records: []};
}

function reply(message: Uint8Array, resolve: (question: Question) => Outcome): Buffer {
	const {id, questions = []} = decode(Buffer.from(message));
	const [question] = questions;
	const {rcode, records} = question ? resolve(question) : {rcode: 'SERVFAIL', records: []};
	return encode({
		type: 'response',
		id,
		flags: AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | (rcodes[rcode] ?? 2),
		questions,
		answers: records.map((record) => toPacket(toAnswer(record))),
	});
}

function toPacket({name, type, data, ttl}: DnsAnswer): Answer {
	if (type === 'SRV') {
		const [priority, weight, port, target = ''] = data.split(' ');
		return {
			type,
			name,
			ttl,
			data: {priority: Number(priority), weight: Number(weight), port: Number(port), target},
		};
	}

	return {type: type as 'A', name, ttl, data};
}
