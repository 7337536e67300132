import {parseIp} from '../../../model/matching/ip.ts';
import {resolveAddresses} from './answer-addresses.ts';
import {answerPtr} from './answer-ptr.ts';
import {answerSrv} from './answer-srv.ts';
import {answerTxt} from './answer-txt.ts';
import {findServices, type AnswerContext} from '../find-services.ts';
import {fqdn} from '../name.ts';
import {nameServers} from '../name-servers.ts';
import {negative, positive, unanswered} from './outcome.ts';
import type {DnsOutcome, DnsQuestion, DnsRecord} from '../record.ts';

/** Answers a name in a zone of the `kubernetes` plugin, by record type (plugin/kubernetes ServeDNS). */
export function answerZone(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const name = requested.name.toLowerCase();
	switch (requested.type) {
		case 'A':
		case 'AAAA':
			return answerAddress(context, requested);
		case 'CNAME':
			return answerCname(context, requested);
		case 'TXT':
			return answerTxt(context, requested);
		case 'PTR':
			return answerPtr(context, requested);
		case 'SRV':
			return answerSrv(context, requested);
		case 'SOA':
			return requested.name === context.zone
				? positive(context, [soa(context)])
				: negative('NODATA', context.zone);
		case 'AXFR':
		case 'IXFR':
			return {kind: 'REFUSED', rcode: 'REFUSED', answers: [], additional: []};
		case 'NS':
			return name === context.zone ? answerNs(context, requested) : withoutRecords(context, requested);
		default:
			return withoutRecords(context, requested);
	}
}

function answerAddress(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const found = resolveAddresses(context, requested, []);
	if (!('records' in found)) {
		return unanswered(found, context.zone);
	}

	const outcome = positive(context, found.records);
	return found.open === undefined ? outcome : {...outcome, open: found.open};
}

/** A type that the plugin has no records of: the address look-up tells NODATA from NXDOMAIN. */
function withoutRecords(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const outcome = answerAddress(context, {...requested, type: 'A'});
	return outcome.kind === 'ANSWER' ? negative('NODATA', context.zone) : outcome;
}

function answerCname(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const found = findServices(context, requested);
	if (!('items' in found)) {
		return unanswered(found, context.zone);
	}

	const [item] = found.items;
	return item && !parseIp(item.host)
		? positive(context, [
				{name: requested.name, type: 'CNAME', ttl: context.plugin.ttl, target: fqdn(item.host)},
			])
		: negative('NODATA', context.zone);
}

function answerNs(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const servers = nameServers(context);
	const records = [...new Set(servers.map(({owner}) => owner))].map((target): DnsRecord => ({
		name: requested.name,
		type: 'NS',
		ttl: context.plugin.ttl,
		target,
	}));
	const additional = servers.map(({owner, host}): DnsRecord => ({
		name: owner,
		type: parseIp(host)?.family === 'IPv6' ? 'AAAA' : 'A',
		ttl: context.plugin.ttl,
		address: host,
	}));
	return positive(context, records, additional);
}

function soa({zone, plugin}: AnswerContext): DnsRecord {
	return {
		name: zone,
		type: 'SOA',
		ttl: Math.min(plugin.ttl, 300),
		mname: `ns.dns.${zone}`,
		rname: `hostmaster.${zone}`,
	};
}
