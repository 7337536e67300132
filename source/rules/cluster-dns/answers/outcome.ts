import type {Found, ZoneContext} from '../found.ts';
import type {DnsOutcome, DnsRecord} from '../record.ts';

export function negative(kind: 'NODATA' | 'NXDOMAIN', zone: string): DnsOutcome {
	const rcode = kind === 'NODATA' ? 'NOERROR' : kind;
	return {kind, rcode, answers: [], additional: [], authority: zone};
}

/** Without records it is NODATA: the name exists. */
export function positive(
	{zone}: Pick<ZoneContext, 'zone'>,
	answers: readonly DnsRecord[],
	additional: readonly DnsRecord[] = [],
): DnsOutcome {
	return answers.length === 0
		? negative('NODATA', zone)
		: {kind: 'ANSWER', rcode: 'NOERROR', answers, additional};
}

/** The answer where no item was found: there is no such name, or whether there is one is not known. */
export function unanswered(found: Exclude<Found, {readonly items: unknown}>, zone: string): DnsOutcome {
	return 'none' in found ? negative('NXDOMAIN', zone) : unpredictable(found);
}

export function unpredictable(found: Extract<Found, {unknown: unknown} | {unassigned: unknown}>): DnsOutcome {
	return {
		kind: 'UNKNOWN',
		answers: [],
		additional: [],
		unknown: 'unknown' in found ? found.unknown : undefined,
		unassigned: 'unassigned' in found ? found.unassigned : undefined,
	};
}
