import type {HopContext, HopEvaluation} from '../hop-evaluator.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Service} from '../../model/services/service.ts';
import {hopOf, nameHop} from './dns-hop.ts';
import {type NameLookup, lookUpName} from './names/name-lookup.ts';
import {serviceAdvice} from './names/service-advice.ts';
import {externalNameFinding, addressAsName} from './external-name.ts';
import {partAsName} from './part-as-name.ts';
import {statusOf} from '../hop-status.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {observationsOf, addressesIn, observedDetails} from './observations.ts';
import {namesOf} from '../words.ts';
import {clusterDnsFindings} from './cluster-dns/cluster-dns-catalogue.ts';
import {leavesOpen} from './alias-behind.ts';
import {dnsConfigOf} from '../../rules/cluster-dns/corefile/dns-config-of.ts';

export function resolveService(hopContext: HopContext, service: Service): HopEvaluation<'dns'> {
	const {source, snapshot} = hopContext;
	if (source.kind !== 'pod') {
		const summary =
			service.type === 'ExternalName' ? 'an alias, which is not looked up' : 'asked for by address';
		return resolveAlias(hopContext, service) ?? hopOf({status: 'skipped', summary});
	}

	const name = source.namespace === service.namespace ? service.name : `${service.name}.${service.namespace}`;
	const {namespace} = source;
	const found = withFullName(lookUp(hopContext, service, {name, namespace}), (domain) =>
		lookUp(hopContext, service, {name: `${fullName(service, domain)}.`, namespace}),
	);
	const full = fullName(service, found.config.domain);
	const alias = externalNameFinding(snapshot, service, full) ?? partAsName(snapshot, service, 'leave-out');
	return aliasStop(service, nameHop(found, {name: full, alias}));
}

function fullName({namespace, name}: Service, domain: string): string {
	return `${name}.${namespace}.svc.${domain}`;
}

/** `namespace`: that of the client, whose search list is used. */
function lookUp(
	{snapshot, source, detail}: HopContext,
	service: Service,
	{name, namespace}: {readonly name: string; readonly namespace: string},
): NameLookup {
	const advice = serviceAdvice(snapshot, service);
	return lookUpName({snapshot, name, source, namespace, detail, intent: 'service', advice});
}

/** The name is there and leads to one that is not: CoreDNS answers no error and no record, and clients call the look-up failed. */
function aliasStop(service: Service, hop: HopEvaluation<'dns'>): HopEvaluation<'dns'> {
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

function partHop(snapshot: Snapshot, service: Service, target: string): HopEvaluation<'dns'> | undefined {
	const found = partAsName(snapshot, service, 'say');
	return (
		found &&
		hopOf({
			status: statusOf([found]),
			summary: found.undecided ? `${target}: a DNS outside answers` : `${target} does not resolve`,
			findings: [found],
			stop: found.undecided ? undefined : 'dns-failure',
		})
	);
}

/** An ExternalName Service is nothing but a name: whoever the client is, its target has to resolve. */
function resolveAlias(hopContext: HopContext, service: Service): HopEvaluation<'dns'> | undefined {
	const {snapshot} = hopContext;
	const target = service.type === 'ExternalName' ? service.externalName : undefined;
	if (!target) {
		return undefined;
	}

	if (parseIp(target)) {
		return hopOf({
			status: 'broken',
			summary: `${target} is an address, not a name`,
			findings: [addressAsName(service, target)],
			stop: 'nxdomain',
		});
	}

	const seen = observationsOf(snapshot, target, 'pods');
	if (seen.length === 0) {
		return partHop(snapshot, service, target) ?? predictedAlias(hopContext, service);
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

/**
The cluster's DNS follows the alias itself, as far as the target is a name of its own (coredns plugin/backend_lookup.go). No client
is named: whether the DNS is well, and what a client's settings make of the name, is left out.
*/
function predictedAlias(hopContext: HopContext, service: Service): HopEvaluation<'dns'> | undefined {
	const {snapshot} = hopContext;
	const full = fullName(service, dnsConfigOf(snapshot).domain);
	const found = lookUp(hopContext, service, {name: `${full}.`, namespace: service.namespace});
	if (found.failure !== undefined) {
		return undefined;
	}

	const {code} = clusterDnsFindings.nameDoesNotResolve;
	const findings = found.findings.filter((each) => each.code === code || leavesOpen(found, each));
	const alias = externalNameFinding(snapshot, service, full);
	return aliasStop(service, nameHop({...found, findings}, {name: full, alias}));
}
