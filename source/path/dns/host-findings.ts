import type {DnsObservation} from '../../model/evidence.ts';
import {isInsideAddress, isPublicAddress, parseIp, sameIp} from '../../model/ip.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {type EvidenceField, type Finding, finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {sameName} from '../../rules/cluster-dns/name.ts';
import {addressesIn, couldNotAsk, isNegative, isNxdomain, observationsOf, seenOf} from './observations.ts';
import type {StopReason} from '../../rules/stop.ts';
import {hostFindings} from './catalogue.ts';

/** Addresses that a client of the entry should be led to. */
export type EntryAddress = {readonly ip?: string; readonly hostname?: string};

/** What the clients of an entry should be led to, and where that stands. */
export type Entry = {
	readonly addresses: readonly EntryAddress[];
	readonly stated: readonly EvidenceField[];
};

/** Look-ups this close together count as one moment: cloud load balancers change their addresses. Milliseconds. */
const sameMoment = 60_000;

type Evaluated = {readonly observations: readonly DnsObservation[]; readonly entry: Entry};

/** KNET101 to 107: the host as this machine resolved it, beside the addresses of the entry. */
export function evaluateHost(
	snapshot: Snapshot,
	host: string,
	{observations, entry: {addresses: entry, stated}}: Evaluated,
): {
	readonly findings: readonly Finding[];
	readonly stop?: StopReason;
	readonly addresses: readonly string[];
} {
	const addresses = addressesIn(observations);
	const broken = brokenHostname(snapshot, entry);
	if (addresses.length === 0) {
		// First what the record leads to: fixing that fixes the host.
		const failed = isShutOut(snapshot, entry)
			? notFoundHere(host, observations)
			: notFound(host, observations);
		return {...failed, addresses, findings: [...broken, ...failed.findings]};
	}

	const wanted = entryAddresses(snapshot, entry, observations);
	return {
		addresses,
		findings: [
			...broken,
			...(wanted ? elsewhere(host, {addresses, wanted, observations, stated}) : []),
			...privateHost(host, addresses, observations),
			...missingFamily(host, addresses, {entry, observations}),
		],
		stop: broken.length > 0 ? 'no-address' : undefined,
	};
}

/** An error code or a time-out says that the resolver is in trouble, not that the name is missing. */
function notFound(
	host: string,
	observations: readonly DnsObservation[],
): {readonly findings: readonly Finding[]; readonly stop?: StopReason} {
	if (observations.some(isNxdomain)) {
		return {findings: [absent(host, 'NXDOMAIN', observations)], stop: 'nxdomain'};
	}

	const trouble = observations.find((item) => !isNegative(item) && !couldNotAsk(item));
	if (trouble) {
		return {findings: [failed(host, trouble)]};
	}

	const negative = observations.filter(isNegative);
	return negative.length > 0
		? {findings: [absent(host, 'no A or AAAA record', negative)], stop: 'no-address'}
		: {findings: []};
}

/**
A name of a private network has its record in that network's DNS. A machine that was seen not to reach the entry's addresses,
none of them public, is in another network, and what its resolver does not know proves nothing.
*/
function isShutOut(snapshot: Snapshot, entry: readonly EntryAddress[]): boolean {
	const ips = entry.flatMap(({ip}) => parseIp(ip ?? '') ?? []);
	const tried = snapshot.evidence
		.list('connect')
		.filter(
			({vantage, subject}) =>
				vantage.type === 'machine' && entry.some(({ip}) => ip !== undefined && sameIp(ip, subject.address)),
		);
	return (
		tried.length > 0 &&
		ips.length === entry.length &&
		!ips.some(isPublicAddress) &&
		!tried.some(({result}) => 'outcome' in result && result.outcome === 'connected')
	);
}

function notFoundHere(
	host: string,
	observations: readonly DnsObservation[],
): {readonly findings: readonly Finding[]} {
	return observations.some(isNegative)
		? {
				findings: [
					finding(hostFindings.hostDoesNotResolve, {
						undecided: true,
						message: `${host} does not resolve on this machine, which does not reach the entry's address either: what clients see cannot be told from here.`,
						evidence: fields(observations),
						remedy: 'Ask from the network that the clients are in.',
						command: `dig ${host} A`,
					}),
				],
			}
		: notFound(host, observations);
}

function absent(host: string, what: string, observations: readonly DnsObservation[]): Finding {
	return finding(hostFindings.hostDoesNotResolve, {
		message: `${host} does not resolve: ${what}.`,
		evidence: fields(observations),
		remedy: `Create a record for ${host} that points to the load balancer.`,
		command: `dig ${host} A`,
	});
}

function failed(host: string, observation: DnsObservation): Finding {
	const seen = seenOf(observation);
	const what = seen.type === 'answer' ? seen.rcode : 'no answer in time';
	return finding(hostFindings.hostLookupFailed, {
		message: `The resolver could not look up ${host}: ${what}. The name may exist.`,
		evidence: fields([observation]),
		remedy: 'Ask another resolver; if it answers, this one is in trouble.',
		command: `dig ${host} A`,
	});
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

/** What the entry's addresses are; undefined where a hostname among them was not resolved at the same moment. */
function entryAddresses(
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

function elsewhere(
	host: string,
	{
		addresses,
		wanted,
		observations,
		stated,
	}: {
		readonly addresses: readonly string[];
		readonly wanted: readonly string[];
		readonly observations: readonly DnsObservation[];
		readonly stated: readonly EvidenceField[];
	},
): readonly Finding[] {
	const outside = addresses.filter((address) => !wanted.some((item) => sameIp(item, address)));
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
					remedy: 'Nothing, if that is meant.',
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

function fields(observations: readonly DnsObservation[]): readonly EvidenceField[] {
	return observations.map((item) => {
		const seen = seenOf(item);
		const {subject} = item;
		return {
			object: subject.resolver === 'machine' ? 'resolver of this machine' : `DNS pod ${subject.resolver}`,
			path: `${subject.name} ${subject.recordType}`,
			value:
				seen.type === 'failure'
					? seen.failure.message
					: [seen.rcode, ...seen.answers.map(({data}) => data)].join(' '),
		};
	});
}
