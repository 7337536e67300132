import type {Service} from '../../model/services/service.ts';
import type {DnsAnswer} from '../../model/evidence.ts';
import type {Kind} from '../../model/kinds.ts';
import type {KindState} from '../../model/snapshot.ts';
import {plainName} from './name.ts';

export type DnsQuestion = {
	/** Taken as absolute, with or without the dot at the end. */
	readonly name: string;
	/** `A`, `AAAA`, `SRV` …, in upper case. */
	readonly type: string;
};

/** A record of an answer. Names are absolute and keep the case of the question. */
export type DnsRecord = {readonly name: string; readonly ttl: number} & (
	| {readonly type: 'A' | 'AAAA'; readonly address: string}
	| {readonly type: 'CNAME' | 'NS' | 'PTR'; readonly target: string}
	| {
			readonly type: 'SRV';
			readonly priority: number;
			readonly weight: number;
			readonly port: number;
			readonly target: string;
	  }
	| {readonly type: 'TXT'; readonly text: string}
	| {readonly type: 'SOA'; readonly mname: string; readonly rname: string}
);

/** What the cluster's DNS answers, as far as objects tell. */
export type DnsOutcome = {
	/**
	`FORWARDED`: not the cluster's own name, another server answers. `UNKNOWN`: objects that decide it may not be read.
	*/
	readonly kind: 'ANSWER' | 'NODATA' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'FORWARDED' | 'UNKNOWN';
	/** Absent where nothing can be predicted. */
	readonly rcode?: string;
	readonly answers: readonly DnsRecord[];
	readonly additional: readonly DnsRecord[];
	/** Zone of the SOA record in the authority section of a negative answer. */
	readonly authority?: string;
	/** Target of a CNAME that another server answers: what follows it is not known. */
	readonly open?: string;
	/** The name that CoreDNS asked for in its place (plugin rewrite). */
	readonly rewritten?: string;
	/** Where a FORWARDED name goes: addresses as the Corefile has them. */
	readonly forwardedTo?: readonly string[];
	/** Plugins that may answer where nothing forwards it. */
	readonly mayAnswer?: readonly string[];
	readonly unknown?: UnknownKind;
	/** A Service that no server has given a cluster IP yet. */
	readonly unassigned?: Service;
};

/** A kind without which something cannot be told. */
export type UnknownKind = {
	readonly kind: Kind;
	readonly namespace?: string;
	readonly state: KindState;
};

/** A record as a report shows it: names without the dot at the end, data as `dig` prints it. */
export function toAnswer(record: DnsRecord): DnsAnswer {
	return {name: plainName(record.name), type: record.type, data: dataText(record), ttl: record.ttl};
}

function dataText(record: DnsRecord): string {
	switch (record.type) {
		case 'A':
		case 'AAAA':
			return record.address;
		case 'CNAME':
		case 'NS':
		case 'PTR':
			return plainName(record.target);
		case 'SRV':
			return `${record.priority} ${record.weight} ${record.port} ${plainName(record.target)}`;
		case 'TXT':
			return record.text;
		case 'SOA':
			return `${plainName(record.mname)} ${plainName(record.rname)}`;
	}
}
