import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {DnsObservation} from '../../model/evidence.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {plainName} from '../../rules/cluster-dns/name.ts';
import {isNegative, observationsOf, seenOf} from './observations.ts';
import {clusterDnsFindings} from './cluster-dns/cluster-dns-catalogue.ts';

/** KNET129: the DNS pods were asked for the Service, or for its target, and found no address. */
export function externalNameFinding(snapshot: Snapshot, service: Service, name: string): Finding | undefined {
	const target = service.externalName;
	if (service.type !== 'ExternalName' || !target) {
		return undefined;
	}

	const seen = [...observationsOf(snapshot, target, 'pods'), ...observationsOf(snapshot, name, 'pods')]
		.filter(({subject}) => subject.recordType === 'A' || subject.recordType === 'AAAA')
		// A DNS pod that could not be asked says nothing of the name.
		.filter((observation) => seenOf(observation).type === 'answer');
	return seen.length > 0 && seen.every(isNegative)
		? finding(clusterDnsFindings.externalNameDoesNotResolve, {
				message: `${plainName(target)}, which ExternalName Service ${service.namespace}/${service.name} stands for, does not resolve.`,
				evidence: [
					objectField(refOf('Service', service), 'spec.externalName', target),
					...seen.map(evidenceOf),
				],
				remedy: 'Correct spec.externalName, or the servers that the cluster DNS forwards to.',
				command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
			})
		: undefined;
}

/** KNET129: CoreDNS makes no record of an ExternalName that is an address (plugin/kubernetes findServices). */
export function addressAsName(service: Service, target: string): Finding {
	return finding(clusterDnsFindings.externalNameDoesNotResolve, {
		message: `externalName ${target} of Service ${service.namespace}/${service.name} is an address: its name has no record.`,
		evidence: [objectField(refOf('Service', service), 'spec.externalName', target)],
		remedy: 'Make a Service without selector and an EndpointSlice with the address.',
		command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
	});
}

function evidenceOf({subject, result}: DnsObservation): Finding['evidence'][number] {
	return {
		object: `DNS pod ${subject.resolver}`,
		path: `${plainName(subject.name)} ${subject.recordType}`,
		value: 'rcode' in result ? result.rcode : result.failed,
	};
}
