import {findServices, recordType, type AnswerContext} from '../find-services.ts';
import type {Item} from '../found.ts';
import {positive, unanswered} from './outcome.ts';
import type {DnsOutcome, DnsQuestion, DnsRecord} from '../record.ts';

/** SRV records, with the addresses of their targets (coredns plugin/backend_lookup.go SRV). */
export function answerSrv(context: AnswerContext, requested: DnsQuestion): DnsOutcome {
	const found = findServices(context, requested);
	if (!('items' in found)) {
		return unanswered(found, context.zone);
	}

	const {ttl} = context.plugin;
	const withPort = found.items.filter((item): item is Item & {port: number} => item.port !== undefined);
	const weight = weightOf(found.items.length);
	const records = withPort.map(({port, owner}): DnsRecord => ({
		name: requested.name,
		type: 'SRV',
		ttl,
		priority: 0,
		weight,
		port,
		target: owner,
	}));
	const additional = withPort.map(({host, owner}): DnsRecord => ({
		name: owner,
		type: recordType(host) === 'AAAA' ? 'AAAA' : 'A',
		ttl,
		address: host,
	}));
	return positive(context, distinct(records), distinct(additional));
}

/** Shares of 100 over all items, those without a port and duplicates counted; the same arithmetic as CoreDNS. */
function weightOf(count: number): number {
	return Math.max(1, Math.floor((100 / (count * 100)) * 100));
}

function distinct(records: readonly DnsRecord[]): readonly DnsRecord[] {
	return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
}
