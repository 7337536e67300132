import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Service} from '../../model/services/service.ts';
import {dnsConfigOf} from '../../rules/cluster-dns/corefile/dns-config-of.ts';
import {isWithin, labelsOf} from '../../rules/cluster-dns/name.ts';
import type {StopReason} from '../../rules/stop.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {clusterDnsFindings} from './cluster-dns/cluster-dns-catalogue.ts';
import {externalNameFinding} from './external-name.ts';
import {lookUpName, type NameLookup} from './names/name-lookup.ts';

type LookedUp = {
	readonly findings: readonly Finding[];
	readonly stop?: StopReason;
	/** The name that has an address, after the search list. */
	readonly found?: string;
};

/**
KNET129: an ExternalName backend. Controllers look the name up themselves, as any process of their pods does (ingress-nginx
util/dns.lua, HAProxy Ingress ExternalNameLookup, Envoy's and Go's resolvers); what a name outside leads to is not looked at.
*/
export function aliasBehind(hopContext: HopContext, service: Service, by: string): LookedUp {
	const {snapshot, source, detail} = hopContext;
	const name = service.externalName ?? '';
	const seen = externalNameFinding(snapshot, service, name);
	const isOurs = isOfCluster(name, dnsConfigOf(snapshot).domain) || namesService(snapshot, name);
	if (seen || !isOurs) {
		return seen ? {findings: [seen], stop: 'unresolved'} : {findings: []};
	}

	const {namespace} = service;
	const found = lookUpName({snapshot, name, source, namespace, detail, intent: 'service'});
	const {nameDoesNotResolve, externalNameDoesNotResolve} = clusterDnsFindings;
	const findings = found.findings.map((each) =>
		each.code === nameDoesNotResolve.code && !each.undecided
			? finding(externalNameDoesNotResolve, {
					message: `externalName ${name} of Service ${namespace}/${service.name} has no record for ${by}.`,
					evidence: [objectField(refOf('Service', service), 'spec.externalName', name), ...each.evidence],
					remedy: each.remedy,
					command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
				})
			: each,
	);
	return {
		findings: findings.filter((each) => each.severity !== 'info' || leavesOpen(found, each)),
		stop: found.stop && 'unresolved',
		found: found.final?.name,
	};
}

/** What keeps the name from being known; the health of the cluster's DNS is no part of it. */
export function leavesOpen({resolution, health}: NameLookup, each: Finding): boolean {
	return resolution.end === 'unknown' && each.undecided === true && !health.findings.includes(each);
}

/** `web.shop`: a client inside gets it as an alias and asks no search list again; a controller that looks it up itself does. */
function namesService(snapshot: Snapshot, name: string): boolean {
	const [service = '', namespace = '', ...more] = labelsOf(name);
	return more.length === 0 && snapshot.get('Service', namespace, service) !== undefined;
}

/** `web.shop.svc` is found by a search list, too. */
function isOfCluster(name: string, domain: string): boolean {
	return isWithin(domain, name) || labelsOf(name).at(-1)?.toLowerCase() === 'svc';
}
