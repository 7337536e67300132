import type {HopContext, HopEvaluation} from '../hop-evaluator.ts';
import {evaluateHost} from './host-findings.ts';
import {observationsOf, isNegative, couldNotAsk, observedDetails} from './observations.ts';
import {hopOf} from './dns-hop.ts';
import {namesOf} from '../words.ts';
import {statusOf} from '../hop-status.ts';
import type {DnsObservation} from '../../model/evidence.ts';
import type {DnsDetails} from '../details.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {Entry, EntryAddress} from './host-addresses.ts';

export function resolveOutside({snapshot}: HopContext, host: string, entry: Entry): HopEvaluation<'dns'> {
	const {addresses} = entry;
	const observations = observationsOf(snapshot, host, 'machine');
	const expected = [...new Set(addresses.map(({ip, hostname}) => ip ?? hostname ?? ''))].filter(Boolean);
	if (observations.length === 0) {
		return notAsked(host, addresses, expected);
	}

	const evaluated = evaluateHost(snapshot, host, {observations, entry});
	const hostnames = addresses.flatMap(({hostname}) =>
		hostname ? observationsOf(snapshot, hostname, 'machine') : [],
	);
	return hopOf({
		status: statusOf(evaluated.findings),
		summary:
			evaluated.addresses.length > 0
				? `${host} → ${namesOf(evaluated.addresses)}`
				: `${host} ${observations.some(isNegative) ? 'does not resolve' : 'could not be looked up'}`,
		findings: evaluated.findings,
		basis: observations.every(couldNotAsk) ? 'objects' : 'evidence',
		stop: evaluated.stop,
		details: {
			queries: [
				...hostQueries(host, addresses, observations),
				...[...new Set(hostnames.map(({subject}) => subject.name))].map((name) => ({
					name,
					type: 'A',
					observed: observedDetails(hostnames.filter(({subject}) => subject.name === name)),
				})),
			],
		},
	});
}

function notAsked(
	host: string,
	addresses: readonly EntryAddress[],
	expected: readonly string[],
): HopEvaluation<'dns'> {
	// Nothing to point to is neither right nor wrong.
	const isKnown = expected.length > 0;
	return hopOf({
		status: isKnown ? 'ok' : 'skipped',
		summary: isKnown ? `${host} → expected ${namesOf(expected)}` : `${host}: no address to point to yet`,
		details: {queries: hostQueries(host, addresses, [])},
	});
}

/** What the host should resolve to, a query for each record type: addresses of the entry, or a CNAME to the load balancer's hostname. */
function hostQueries(
	host: string,
	addresses: readonly EntryAddress[],
	observations: readonly DnsObservation[],
): DnsDetails['queries'] {
	const expected = addresses.flatMap((address) => recordOf(host, address) ?? []);
	const observed = Map.groupBy(observations, ({subject}) => subject.recordType);
	const types = new Set(['A', ...observed.keys(), ...expected.map(({asked}) => asked)]);
	return [...types].map((type) => {
		const answers = expected.filter(({asked}) => asked === type).map(({answer}) => answer);
		const seen = observed.get(type);
		return {
			name: host,
			type,
			expected: answers.length > 0 ? {rcode: 'NOERROR', answers} : undefined,
			observed: seen && observedDetails(seen),
		};
	});
}

/** A CNAME answers a query for A. */
function recordOf(host: string, {ip, hostname}: EntryAddress) {
	const family = ip && parseIp(ip)?.family;
	if (family) {
		const type = family === 'IPv4' ? 'A' : 'AAAA';
		return {asked: type, answer: {name: host, type, data: ip}};
	}

	return hostname ? {asked: 'A', answer: {name: host, type: 'CNAME', data: hostname}} : undefined;
}
