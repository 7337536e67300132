import {parseIp} from '../../model/ip.ts';
import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import type {DnsDetails} from '../details.ts';
import {addressAsName, externalNameFinding} from './external-name.ts';
import {evaluateHost, type Entry, type EntryAddress} from './host-findings.ts';
import {serviceAdvice} from './service-advice.ts';
import {lookUpName, type NameLookup} from './name-lookup.ts';
import type {DnsObservation} from '../../model/evidence.ts';
import {addressesIn, couldNotAsk, isNegative, observationsOf, observedDetails} from './observations.ts';
import type {Finding} from '../finding.ts';
import {statusOf} from '../hop-status.ts';
import type {HopStatus} from '../hop.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import {namesOf} from '../words.ts';
import type {StopReason} from '../../rules/stop.ts';

export type DnsInput =
	/** The host of an entry, and the addresses that its clients should be led to. */
	| ({readonly type: 'host'; readonly host: string} & Entry)
	/** A Service, by the name that its clients use. */
	| {readonly type: 'service'; readonly service: Service}
	/** Any name, as typed in the client. */
	| {readonly type: 'name'; readonly name: string};

/**
How the client finds the address. Public DNS is not the cluster's: without a look-up a host is predicted, never blamed.
Names of the cluster follow from the objects and from the health of its DNS.
*/
export const dnsEvaluator: HopEvaluator<'dns', DnsInput> = {
	kind: 'dns',
	evaluate(hopContext, input) {
		switch (input.type) {
			case 'host':
				return resolveHost(hopContext, input);
			case 'service':
				return resolveService(hopContext, input.service);
			case 'name':
				return parseIp(input.name)
					? hopOf({status: 'skipped', summary: 'an address: no name to look up'})
					: resolveName(hopContext, input.name, 'name');
		}
	},
};

function resolveHost(
	hopContext: HopContext,
	{host, ...entry}: Extract<DnsInput, {type: 'host'}>,
): HopEvaluation<'dns'> {
	if (host === '' || host.startsWith('*.')) {
		return hopOf({
			status: 'skipped',
			summary: host === '' ? 'any host' : 'a wildcard: ask for a concrete host',
		});
	}

	if (parseIp(host)) {
		return hopOf({status: 'skipped', summary: 'an address: no name to look up'});
	}

	return hopContext.source.kind === 'pod'
		? resolveName(hopContext, host, 'host')
		: resolveOutside(hopContext, host, entry);
}

function resolveOutside({snapshot}: HopContext, host: string, entry: Entry): HopEvaluation<'dns'> {
	const {addresses} = entry;
	const observations = observationsOf(snapshot, host, 'machine');
	const expected = [...new Set(addresses.map(({ip, hostname}) => ip ?? hostname ?? ''))].filter(Boolean);
	if (observations.length === 0) {
		return hopOf({
			// Nothing to point to is neither right nor wrong.
			status: expected.length > 0 ? 'ok' : 'skipped',
			summary:
				expected.length > 0
					? `${host} → expected ${namesOf(expected)}`
					: `${host}: no address to point to yet`,
			details: {queries: hostQueries(host, addresses, [])},
		});
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

function resolveService(hopContext: HopContext, service: Service): HopEvaluation<'dns'> {
	const {source, snapshot} = hopContext;
	if (source.kind !== 'pod') {
		return resolveAlias(hopContext, service) ?? hopOf({status: 'skipped', summary: 'asked for by address'});
	}

	const name = source.namespace === service.namespace ? service.name : `${service.name}.${service.namespace}`;
	const ask = (requested: string): NameLookup =>
		lookUpName({
			snapshot,
			name: requested,
			source,
			namespace: source.namespace,
			detail: hopContext.detail,
			intent: 'service',
			advice: serviceAdvice(snapshot, service),
		});
	const found = withFullName(ask(name), (domain) =>
		ask(`${service.name}.${service.namespace}.svc.${domain}.`),
	);
	const full = `${service.name}.${service.namespace}.svc.${found.config.domain}`;
	const alias = externalNameFinding(snapshot, service, full);
	const hop = nameHop(found, {name: full, alias});
	// The name is there and leads to one that is not: CoreDNS answers no error and no record, and clients call the look-up failed.
	return service.type === 'ExternalName' && hop.stop === 'no-address' ? {...hop, stop: 'dns-failure'} : hop;
}

/** Clients with a search list of their own may still use the full name: then the short one is worth a remark. */
function withFullName(short: NameLookup, ask: (domain: string) => NameLookup): NameLookup {
	const {searches} = short.client.resolvConf;
	if (short.stop === undefined || (searches.length > 0 && short.client.resolver !== 'windows')) {
		return short;
	}

	const full = ask(short.config.domain);
	const remarks = short.findings.map((item) => ({...item, severity: 'info' as const}));
	return full.stop === undefined ? {...full, findings: [...full.findings, ...remarks]} : short;
}

/** An ExternalName Service is nothing but a name: whoever the client is, its target has to resolve. */
function resolveAlias({snapshot}: HopContext, service: Service): HopEvaluation<'dns'> | undefined {
	const target = service.type === 'ExternalName' ? (service.externalName ?? '') : '';
	if (parseIp(target)) {
		return hopOf({
			status: 'broken',
			summary: `${target} is an address, not a name`,
			findings: [addressAsName(service, target)],
			stop: 'nxdomain',
		});
	}

	const seen = target === '' ? [] : observationsOf(snapshot, target, 'pods');
	if (seen.length === 0) {
		return undefined;
	}

	const found = externalNameFinding(snapshot, service, target);
	const addresses = addressesIn(seen);
	return hopOf({
		status: found ? 'broken' : 'ok',
		summary: found ? `${target} does not resolve` : `${target} → ${namesOf(addresses) || 'not known'}`,
		findings: found ? [found] : [],
		basis: 'evidence',
		stop: found ? 'dns-failure' : undefined,
		details: {
			queries: [...Map.groupBy(seen, ({subject}) => subject.recordType)].map(([type, items]) => ({
				name: target,
				type,
				observed: observedDetails(items),
			})),
		},
	});
}

function resolveName(
	{snapshot, source, detail}: HopContext,
	name: string,
	intent: 'host' | 'name',
): HopEvaluation<'dns'> {
	const namespace = source.kind === 'pod' ? source.namespace : 'default';
	return nameHop(lookUpName({snapshot, name, source, namespace, detail, intent}), {name});
}

/** The hop of a look-up at the cluster's DNS. */
export function nameHop(
	found: NameLookup,
	{name, alias}: {readonly name: string; readonly alias?: Finding},
): HopEvaluation<'dns'> {
	const findings = [...found.findings, ...(alias ? [alias] : [])];
	const {service} = found.health;
	const status = statusOf(findings);
	return hopOf({
		status,
		summary: summaryOf(found, name),
		findings,
		basis: found.observed ? 'evidence' : 'objects',
		// The name is there and leads to one that is not: look-ups of it fail.
		stop: status === 'broken' ? (found.stop ?? (alias ? 'dns-failure' : 'no-address')) : undefined,
		details: {queries: found.queries, search: found.client.resolvConf.searches},
		subject: service && refOf('Service', service),
	});
}

function summaryOf({final, client, resolution, stop, failure}: NameLookup, name: string): string {
	if (failure) {
		return failure;
	}

	if (client.asks !== 'cluster') {
		return `${name}: the pod asks ${client.resolvConf.nameservers[0] ?? "its node's DNS"}`;
	}

	const [server] = client.servers;
	if (server?.type === 'other' || server?.type === 'cloud-dns') {
		return `${name}: what ${server.address} answers is not known`;
	}

	if (final) {
		const open = final.outcome?.open;
		return open === undefined || final.data.length > 0
			? `${final.name} → ${namesOf(final.data.slice(0, 3))}`
			: `${final.name} → ${open.replace(/\.$/u, '')}, outside the cluster`;
	}

	if (stop) {
		return `${name} does not resolve`;
	}

	return resolution.end === 'forwarded' ? `${name}: a DNS outside answers` : `${name}: not known`;
}

function hopOf(parts: {
	readonly status: HopStatus;
	readonly summary: string;
	readonly findings?: readonly Finding[];
	readonly details?: DnsDetails;
	readonly basis?: 'objects' | 'evidence';
	readonly stop?: StopReason;
	readonly subject?: HopEvaluation<'dns'>['hop']['subject'];
}): HopEvaluation<'dns'> {
	const {status, summary, findings = [], details, basis = 'objects', stop, subject} = parts;
	return {hop: {kind: 'dns', status, basis, subject, summary, findings, details}, stop};
}
