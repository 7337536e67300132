import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {isPartOfName, serviceLikeName} from '../../rules/cluster-dns/answers/alias-target.ts';
import {answer} from '../../rules/cluster-dns/answers/answer.ts';
import {dnsConfigOf} from '../../rules/cluster-dns/corefile/dns-config-of.ts';
import {fqdn} from '../../rules/cluster-dns/name.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {clusterDnsFindings} from './cluster-dns/cluster-dns-catalogue.ts';
import {observationsOf} from './observations.ts';

/**
KNET129: an externalName such as `db.shop` or `db.shop.svc`. A server outside may know the first. The second has no record; a pod's
own look-up already says so, and 'leave-out' keeps it from being said twice.
*/
export function partAsName(
	snapshot: Snapshot,
	service: Service,
	sure: 'say' | 'leave-out',
): Finding | undefined {
	const {namespace, name, externalName = ''} = service;
	const config = dnsConfigOf(snapshot);
	const isPart = isPartOfName(snapshot, externalName, namespace);
	const like = serviceLikeName(snapshot, externalName);
	const isSeen = observationsOf(snapshot, externalName, 'pods').length > 0;
	if (service.type !== 'ExternalName' || isSeen || !(isPart ? sure === 'say' : like)) {
		return undefined;
	}

	const {kind, mayAnswer} = answer(snapshot, config, {question: {name: fqdn(externalName), type: 'A'}});
	// Hosts and templates of the Corefile may have the name.
	return kind !== 'FORWARDED' || mayAnswer?.length
		? undefined
		: finding(clusterDnsFindings.externalNameDoesNotResolve, {
				undecided: isPart ? undefined : true,
				message: isPart
					? `externalName ${externalName} of Service ${namespace}/${name} is looked up as it stands, without a search list.`
					: `externalName ${externalName} of Service ${namespace}/${name} is no name of the cluster: a server outside has to know it.`,
				evidence: [
					objectField(refOf('Service', service), 'spec.externalName', externalName),
					...(like ? [objectField(refOf('Service', like), 'metadata.name', like.name)] : []),
				],
				remedy: like
					? `Write ${externalName}.svc.${config.domain}, unless a name outside is meant.`
					: `Write the whole name, as in SERVICE.NAMESPACE.svc.${config.domain}.`,
				command: kubectl(service, 'get', 'service', name, '-o', 'yaml'),
			});
}
