import type {DnsObservation} from '../../model/evidence.ts';
import {type Finding, finding, type EvidenceField} from '../finding.ts';
import type {StopReason} from '../../rules/stop.ts';
import {isNxdomain, isNegative, couldNotAsk, seenOf} from './observations.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {EntryAddress} from './host-addresses.ts';
import {parseIp, sameIp, isPublicAddress} from '../../model/matching/ip.ts';
import {hostFindings} from './catalogue.ts';

/** An error code or a time-out says that the resolver is in trouble, not that the name is missing. */
export function notFound(
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
export function isShutOut(snapshot: Snapshot, entry: readonly EntryAddress[]): boolean {
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

export function notFoundHere(
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

export function fields(observations: readonly DnsObservation[]): readonly EvidenceField[] {
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
