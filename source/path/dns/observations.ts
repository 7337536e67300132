import {isFailure, type DnsAnswer, type DnsObservation, type Failure} from '../../model/evidence.ts';
import {currentEvidence} from '../../model/current-evidence.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {DnsQueryDetails} from '../details.ts';
import {plainName, sameName} from '../../rules/cluster-dns/name.ts';

/** Observations of a name that still hold, newest first. `resolver`: `machine`, or anything else for the DNS pods. */
export function observationsOf(
	snapshot: Snapshot,
	name: string,
	resolver: 'machine' | 'pods',
): readonly DnsObservation[] {
	return currentEvidence(snapshot, 'dns', ['Service', 'EndpointSlice', 'Pod']).filter(
		({subject}) =>
			sameName(subject.name, name) && (subject.resolver === 'machine') === (resolver === 'machine'),
	);
}

/** What a look-up showed, apart from whether it could be made. */
export type Seen =
	| {readonly type: 'answer'; readonly rcode: string; readonly answers: readonly DnsAnswer[]}
	| {readonly type: 'failure'; readonly failure: Failure};

export function seenOf({result}: DnsObservation): Seen {
	return isFailure(result)
		? {type: 'failure', failure: result}
		: {type: 'answer', rcode: result.rcode.toUpperCase(), answers: result.answers};
}

/** Addresses among the answers of several observations. */
export function addressesIn(observations: readonly DnsObservation[]): readonly string[] {
	const answers = observations.flatMap((item) => {
		const seen = seenOf(item);
		return seen.type === 'answer' ? seen.answers : [];
	});
	return [...new Set(answers.filter(({type}) => type === 'A' || type === 'AAAA').map(({data}) => data))];
}

/** Data of the records of the type that was asked for: a CNAME alone is no address. */
export function dataIn(observation: DnsObservation): readonly string[] {
	const seen = seenOf(observation);
	return seen.type === 'answer'
		? seen.answers.filter(({type}) => type === observation.subject.recordType).map(plainData)
		: [];
}

/** NXDOMAIN, or NOERROR without a record of the type. */
export function isNegative(observation: DnsObservation): boolean {
	const seen = seenOf(observation);
	return (
		seen.type === 'answer' &&
		(seen.rcode === 'NXDOMAIN' || (seen.rcode === 'NOERROR' && dataIn(observation).length === 0))
	);
}

/** The name does not exist, whatever the type. */
export function isNxdomain(observation: DnsObservation): boolean {
	const seen = seenOf(observation);
	return seen.type === 'answer' && seen.rcode === 'NXDOMAIN';
}

/** The probe was refused or impossible: nothing was learnt. */
export function couldNotAsk(item: DnsObservation): boolean {
	const seen = seenOf(item);
	return seen.type === 'failure' && seen.failure.failed !== 'timeout';
}

/** As a report shows it; a look-up that failed shows its failure in place of the rcode. */
export function observedDetails(
	observations: readonly DnsObservation[],
): NonNullable<DnsQueryDetails['observed']> {
	return observations.map((item) => {
		const seen = seenOf(item);
		return {
			resolver: item.subject.resolver,
			rcode: seen.type === 'answer' ? seen.rcode : seen.failure.failed.toUpperCase(),
			answers: seen.type === 'answer' ? seen.answers.map(plainAnswer) : [],
			ms: item.ms,
			at: item.at,
		};
	});
}

function plainAnswer(item: DnsAnswer): DnsAnswer {
	return {...item, name: plainName(item.name), data: plainData(item)};
}

/** Data without the dots at the end of names and without quotes, so that answers of different tools compare. */
export function plainData({type, data}: DnsAnswer): string {
	return type === 'TXT' ? data.replace(/^"(.*)"$/u, '$1') : plainName(data.trim().replace(/\s+/gu, ' '));
}
