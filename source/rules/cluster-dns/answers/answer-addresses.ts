import {findServices, recordType, type AnswerContext} from '../find-services.ts';
import type {Found} from '../found.ts';
import {fqdn, isWithin, sameName} from '../name.ts';
import {parseName} from '../parse-name.ts';
import {isPartOfName} from './alias-target.ts';
import type {DnsQuestion, DnsRecord} from '../record.ts';

type Addresses =
	| {readonly records: readonly DnsRecord[]; readonly open?: string}
	| Exclude<Found, {items: unknown}>;

/** coredns plugin/backend_lookup.go maxCnameChainLength. */
const maxChain = 10;

/** A or AAAA records, with CNAMEs followed (coredns plugin/backend_lookup.go A and AAAA). */
export function resolveAddresses(
	context: AnswerContext,
	requested: DnsQuestion,
	previous: readonly DnsRecord[],
): Addresses {
	const found = findServices(context, requested);
	if (!('items' in found)) {
		return found;
	}

	const records: DnsRecord[] = [];
	let open: string | undefined;
	for (const host of new Set(found.items.map((item) => item.host))) {
		const type = recordType(host);
		if (type === 'CNAME') {
			const next = follow(context, requested, {host, previous});
			if (!('records' in next)) {
				return next;
			}

			records.push(...next.records);
			open ??= next.open;
		} else if (type === requested.type) {
			records.push({name: requested.name, type, ttl: context.plugin.ttl, address: host});
		}
	}

	return open === undefined ? {records} : {records, open};
}

function follow(
	context: AnswerContext,
	requested: DnsQuestion,
	{host, previous}: {readonly host: string; readonly previous: readonly DnsRecord[]},
): Addresses {
	const target = fqdn(host);
	const cname: DnsRecord = {name: requested.name, type: 'CNAME', ttl: context.plugin.ttl, target};
	const loops = previous.some(
		(record) =>
			record.type === 'CNAME' && sameName(record.name, requested.name) && sameName(record.target, target),
	);
	if (isWithin(requested.name, target) || previous.length > maxChain || loops) {
		return {records: []};
	}

	const question = {name: target, type: requested.type};
	if (!isWithin(context.zone, target)) {
		const outcome = context.lookUp(question);
		const isAsked = outcome.kind === 'FORWARDED' && !outcome.mayAnswer?.length;
		if (isAsked && isPartOfName(context.snapshot, target, namespaceOf(context, requested))) {
			return {records: []};
		}

		const open = outcome.kind === 'FORWARDED' || outcome.kind === 'UNKNOWN' ? target : outcome.open;
		return {records: [cname, ...outcome.answers], open};
	}

	const next = resolveAddresses(context, question, [...previous, cname]);
	if (!('records' in next)) {
		// A target that does not exist leaves the name without records, not without existence.
		return 'none' in next ? {records: []} : next;
	}

	return next.records.length === 0 ? {records: []} : {...next, records: [cname, ...next.records]};
}

/** Of the Service whose name was asked. */
function namespaceOf({zone}: AnswerContext, {name}: DnsQuestion): string {
	const parsed = parseName(name.toLowerCase(), zone);
	return parsed?.type === 'svc' ? parsed.namespace : '';
}
