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
	const alias = externalNameFinding(snapshot, service, full) ?? partAsName(snapshot, service, 'leave-out');
	const hop = nameHop(found, {name: full, alias});
	return aliasStop(service, hop);
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
	const found = target === '' ? undefined : partAsName(snapshot, service, 'say');
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
		return partHop(snapshot, service, target) ?? predictedAlias(hopContext, service, target);
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
function predictedAlias(
	{snapshot, source, detail}: HopContext,
	service: Service,
	target: string,
): HopEvaluation<'dns'> | undefined {
	const {namespace, name} = service;
	const full = `${name}.${namespace}.svc.${dnsConfigOf(snapshot).domain}`;
	const found =
		target === ''
			? undefined
			: lookUpName({
					snapshot,
					name: `${full}.`,
					source,
					namespace,
					detail,
					intent: 'service',
					advice: serviceAdvice(snapshot, service),
				});
	if (found === undefined || found.failure !== undefined) {
		return undefined;
	}

	const {code} = clusterDnsFindings.nameDoesNotResolve;
	const findings = found.findings.filter((each) => each.code === code || leavesOpen(found, each));
	const alias = externalNameFinding(snapshot, service, full);
	return aliasStop(service, nameHop({...found, findings}, {name: full, alias}));
}
