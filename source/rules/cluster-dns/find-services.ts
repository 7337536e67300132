import {parseIp} from '../../model/matching/ip.ts';
import {findItems} from './find-items.ts';
import {none, nodata, type Found, type ZoneContext} from './found.ts';
import {nameServers} from './name-servers.ts';
import {parseName} from './parse-name.ts';
import type {DnsOutcome, DnsQuestion} from './record.ts';
import {isReverseName} from './reverse-name.ts';

/** A zone of the `kubernetes` plugin, and a way to ask the whole server again for the target of a CNAME. */
export type AnswerContext = ZoneContext & {readonly lookUp: (question: DnsQuestion) => DnsOutcome};

/** What a name stands for, for a record type (plugin/kubernetes Services). */
export function findServices(context: AnswerContext, requested: DnsQuestion): Found {
	const name = requested.name.toLowerCase();
	if (name === `ns.dns.${context.zone}`) {
		return {items: nameServers(context).filter(({host}) => recordType(host) === requested.type)};
	}

	const found = findRecords(context, requested);
	// The plugin makes no SRV records of ExternalName Services.
	return requested.type === 'SRV' && 'items' in found
		? {items: found.items.filter(({host}) => parseIp(host) !== undefined)}
		: found;
}

/** What a name of the cluster's schema stands for (plugin/kubernetes Records). */
export function findRecords(context: ZoneContext, requested: DnsQuestion): Found {
	const name = requested.name.toLowerCase();
	const request = parseName(name, context.zone, context.plugin.zonal);
	if (!request) {
		return none;
	}

	if (isReverseName(name)) {
		return request.type === '' ? nodata : none;
	}

	return findItems(context, request);
}

export function recordType(host: string): 'A' | 'AAAA' | 'CNAME' {
	const ip = parseIp(host);
	return ip ? (ip.family === 'IPv4' ? 'A' : 'AAAA') : 'CNAME';
}
