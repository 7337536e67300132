import type {DnsObservation} from '../../model/evidence.ts';
import {isInsideAddress, parseIp, sameIp} from '../../model/matching/ip.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {type EvidenceField, type Finding, finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {addressesIn, isNegative, isNxdomain, observationsOf, seenOf} from './observations.ts';
import type {StopReason} from '../../rules/stop.ts';
import {hostFindings} from './catalogue.ts';
import {type EntryAddress, type Entry, entryAddresses} from './host-addresses.ts';
import {notFound, isShutOut, notFoundHere, fields} from './host-not-found.ts';

type Evaluated = {readonly observations: readonly DnsObservation[]; readonly entry: Entry};

/** KNET101 to 107: the host as this machine resolved it, beside the addresses of the entry. */
export function evaluateHost(
	snapshot: Snapshot,
	host: string,
	{observations, entry: {addresses: entry, stated, alternatives}}: Evaluated,
): {
	readonly findings: readonly Finding[];
	readonly stop?: StopReason;
	readonly addresses: readonly string[];
} {
	const addresses = addressesIn(observations);
	const broken = alternatives ? [] : brokenHostname(snapshot, entry);
	if (addresses.length === 0) {
		// First what the record leads to: fixing that fixes the host.
		const failed = isShutOut(snapshot, entry)
			? notFoundHere(host, observations)
			: notFound(host, observations);
		return {...failed, addresses, findings: [...broken, ...failed.findings]};
	}

	const wanted = entryAddresses(snapshot, entry, observations);
	const right = alternatives ? entryAddresses(snapshot, [...entry, ...alternatives], observations) : wanted;
	return {
		addresses,
		findings: [
			...broken,
			...(wanted && right ? elsewhere(host, {addresses, wanted, right, observations, stated}) : []),
			...privateHost(host, addresses, observations),
			...(alternatives ? [] : missingFamily(host, addresses, {entry, observations})),
		],
		stop: broken.length > 0 ? 'no-address' : undefined,
	};
}

/** KNET105: a hostname that the load balancer's own status gives. */
function brokenHostname(snapshot: Snapshot, entry: readonly EntryAddress[]): readonly Finding[] {
	return entry
		.map(({hostname}) => hostname)
		.filter((hostname) => hostname !== undefined)
		.filter((hostname) => {
			const seen = observationsOf(snapshot, hostname, 'machine');
			return seen.length > 0 && (seen.some(isNxdomain) || seen.every(isNegative));
		})
		.map((hostname) =>
			finding(hostFindings.lbHostnameDoesNotResolve, {
				message: `The load balancer's hostname ${hostname} does not resolve.`,
				evidence: fields(observationsOf(snapshot, hostname, 'machine')),
				remedy: 'Wait a few minutes if it is new; else the load balancer is gone: recreate its Service.',
				command: `dig ${hostname}`,
			}),
		);
}

function elsewhere(
	host: string,
	{
		addresses,
		wanted,
		right,
		observations,
		stated,
	}: {
		readonly addresses: readonly string[];
		readonly wanted: readonly string[];
		readonly right: readonly string[];
		readonly observations: readonly DnsObservation[];
		readonly stated: readonly EvidenceField[];
	},
): readonly Finding[] {
	const outside = addresses.filter((address) => !right.some((item) => sameIp(item, address)));
	if (outside.length === 0) {
		return [];
	}

	const all = outside.length === addresses.length;
	return [
		finding(all ? hostFindings.dnsPointsElsewhere : hostFindings.dnsPartlyStale, {
			message: all
				? `${host} resolves to ${namesOf(outside)}, the entry has ${namesOf(wanted)}. Only a CDN or firewall in front makes that right.`
				: `${outside.length} of ${addresses.length} addresses of ${host} are not the entry's: ${namesOf(outside)}.`,
			evidence: [...fields(observations), ...stated],
			remedy: `Point ${host} to ${namesOf(wanted)}, unless something in front is meant.`,
			command: `dig +short ${host}`,
		}),
	];
}

function privateHost(
	host: string,
	addresses: readonly string[],
	observations: readonly DnsObservation[],
): readonly Finding[] {
	const inside = addresses.every((address) => {
		const ip = parseIp(address);
		return ip !== undefined && isInsideAddress(ip);
	});
	return inside
		? [
				finding(hostFindings.hostIsPrivate, {
					message: `${host} has private addresses only (${namesOf(addresses)}): it is reachable from inside.`,
					evidence: fields(observations),
					remedy: 'Leave it if that is intended.',
					command: `dig +short ${host}`,
				}),
			]
		: [];
}

function missingFamily(
	host: string,
	addresses: readonly string[],
	{
		entry,
		observations,
	}: {readonly entry: readonly EntryAddress[]; readonly observations: readonly DnsObservation[]},
): readonly Finding[] {
	const requested = (type: string): boolean =>
		observations.some((item) => item.subject.recordType === type && seenOf(item).type === 'answer');
	const offered = new Set(entry.map(({ip}) => ip && parseIp(ip)?.family));
	const given = new Set(addresses.map((address) => parseIp(address)?.family));
	const missing = (['IPv4', 'IPv6'] as const).find((family) => !given.has(family));
	return missing && offered.has('IPv4') && offered.has('IPv6') && requested('A') && requested('AAAA')
		? [
				finding(hostFindings.familyMissingInDns, {
					message: `The load balancer has IPv4 and IPv6 addresses, ${host} has no ${missing} address.`,
					evidence: fields(observations),
					remedy: `Add ${missing === 'IPv6' ? 'an AAAA' : 'an A'} record for ${host}.`,
					command: `dig +short ${host} ${missing === 'IPv6' ? 'AAAA' : 'A'}`,
				}),
			]
		: [];
}
