import type {EvidenceField} from '../finding.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {DnsObservation} from '../../model/evidence.ts';
import {observationsOf, addressesIn, seenOf} from './observations.ts';
import {sameName} from '../../rules/cluster-dns/name.ts';

/** Addresses that a client of the entry should be led to. */
export type EntryAddress = {readonly ip?: string; readonly hostname?: string};

/** What the clients of an entry should be led to, and where that stands. */
export type Entry = {
	readonly addresses: readonly EntryAddress[];
	readonly stated: readonly EvidenceField[];
	/** The load balancer's own, where `addresses` are what an annotation asks for: whether anybody follows it is not known. */
	readonly alternatives?: readonly EntryAddress[];
};

/** Look-ups this close together count as one moment: cloud load balancers change their addresses. Milliseconds. */
const sameMoment = 60_000;

/** What the entry's addresses are; undefined where a hostname among them was not resolved at the same moment. */
export function entryAddresses(
	snapshot: Snapshot,
	entry: readonly EntryAddress[],
	observations: readonly DnsObservation[],
): readonly string[] | undefined {
	const wanted: string[] = entry.flatMap(({ip}) => (ip ? [ip] : []));
	const at = observations[0]?.at ?? 0;
	for (const {ip, hostname} of entry) {
		if (ip || !hostname) {
			continue;
		}

		const seen = observationsOf(snapshot, hostname, 'machine').filter(
			(item) => Math.abs(item.at - at) <= sameMoment,
		);
		const found = addressesIn(seen);
		// A CNAME to the load balancer is right, whichever of its addresses were given this time.
		if (found.length === 0 && !aliasOf(observations, hostname)) {
			return undefined;
		}

		wanted.push(...found, ...(aliasOf(observations, hostname) ? addressesIn(observations) : []));
	}

	return wanted.length > 0 ? wanted : undefined;
}

function aliasOf(observations: readonly DnsObservation[], hostname: string): boolean {
	return observations.some((item) => {
		const seen = seenOf(item);
		return (
			seen.type === 'answer' &&
			seen.answers.some(({type, data}) => type === 'CNAME' && sameName(data, hostname))
		);
	});
}
